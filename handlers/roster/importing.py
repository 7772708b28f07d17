"""Puts a plan in the place of the roster there was: people stay who they are, shifts and hours are the plan's."""

from dataclasses import dataclass
from datetime import date

from handlers import cards, promises
from handlers.notifications.to_duty import ShiftEnds
from handlers.pushes import public_days, shift_change
from handlers.roster.reading import Plan
from handlers.roster.sheets import SHEETS
from storage.models import Absence, Member, Shift, Site, SpecialDay, WorkingHours
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import TicketState


@dataclass(frozen=True, slots=True)
class Imported:
    """How many of each there are now, and who is there no more."""

    members: int
    shifts: int
    left: tuple[str, ...]
    has_hours: bool
    """Whether promises count in hours of the groups' own."""
    kept: tuple[str, ...]
    """The sheets that were not there, whose part of the roster stays as it was."""


def put_in_place(unit: UnitOfWork, site: Site, plan: Plan, today: date) -> Imported:
    """Everything of the plan, in this one act. Members are known by name and keep their account and their past."""
    kept = _list_kept(unit, site, plan, today)
    left = _put_members(unit, site, plan)
    ids = {member.name: member.id for member in unit.rosters.list_members(site.id)}
    if plan.shifts is not None:
        _clear(unit, Shift, site.id)
        for s in plan.shifts:
            unit.rosters.add(
                Shift(
                    site_id=site.id,
                    member_id=ids[s.name],
                    days=s.days,
                    on_day=s.on_day,
                    starts_at=s.start,
                    ends_at=s.end,
                    since=s.since,
                    until=s.until,
                )
            )
    if plan.absences is not None:
        _put_absences(unit, site, plan, ids, today)
    if plan.hours is not None:
        _clear(unit, WorkingHours, site.id)
        for h in plan.hours:
            row = WorkingHours(site_id=site.id, group=h.group, days=h.days, starts_at=h.start, ends_at=h.end)
            unit.rosters.add(row)
    if plan.special_days is not None:
        _clear(unit, SpecialDay, site.id)
        for d in plan.special_days:
            unit.rosters.add(SpecialDay(site_id=site.id, group=d.group, day=d.day, starts_at=d.start, ends_at=d.end))
    promises.count_all(unit, site)
    public_days.plan(unit, site)
    shift_change.plan_next(unit, site)
    return Imported(
        len(plan.members),
        len(unit.rosters.list_rows(Shift, site.id)),
        left,
        bool(unit.rosters.list_rows(WorkingHours, site.id)),
        kept,
    )


def _list_kept(unit: UnitOfWork, site: Site, plan: Plan, today: date) -> tuple[str, ...]:
    before = unit.rosters.recall(site.id)
    untouched = {
        "shifts": plan.shifts is None and before.shifts,
        "absences": plan.absences is None and any(row.day >= today for row in before.absences),
        "hours": plan.hours is None and before.hours,
        "special_days": plan.special_days is None and any(row.day >= today for row in before.special_days),
    }
    return tuple(sheet.names[0] for sheet in SHEETS if untouched.get(sheet.field))


def _put_members(unit: UnitOfWork, site: Site, plan: Plan) -> tuple[str, ...]:
    before = {member.name: member for member in unit.rosters.list_members(site.id)}
    for line in plan.members:
        known = before.get(line.name)
        if known is None:
            member = Member(site_id=site.id, name=line.name, role=line.role, group=line.group, phone=line.phone)
            unit.rosters.add(member)
        else:
            if known.left_at is not None:
                known.person_id = None  # whoever comes back says anew which account is theirs
            known.role, known.group, known.phone, known.left_at = line.role, line.group, line.phone, None
    staying = {line.name for line in plan.members}
    left = [member for member in before.values() if member.name not in staying and member.left_at is None]
    for member in left:
        _ask_who_goes_on(unit, member)
        member.left_at, member.code_digest = unit.now, None  # the account stays known, as one that has left
    unit.flush()
    return tuple(member.name for member in left)


def _ask_who_goes_on(unit: UnitOfWork, member: Member) -> None:
    """Whoever leaves may have work in hand, which is nobody's now unless somebody is asked."""
    for ticket in unit.tickets.list_open(member.site_id):
        is_theirs = member.person_id is not None and ticket.assignee_id == member.person_id
        if is_theirs and ticket.incident_id is None and ticket.state is TicketState.ACCEPTED:
            cards.say_under(unit, ticket, ShiftEnds(ticket.number, ticket.trade, member.name))


def _put_absences(unit: UnitOfWork, site: Site, plan: Plan, ids: dict[str, int], today: date) -> None:
    """Those that are past stay; so does what colleagues have agreed among themselves, unless the plan knows better."""
    agreed = unit.rosters.list_approved_days(site.id, today)
    planned = {(ids[line.name], line.day): line.substitute for line in plan.absences or ()}
    for row in unit.rosters.list_absences(site.id, today):
        if (row.member_id, row.day) not in agreed or (row.member_id, row.day) in planned:
            unit.rosters.remove(row)
    for (member_id, day), substitute in planned.items():
        if unit.rosters.find_absence(member_id, day) is None:
            substitute_id = ids[substitute] if substitute else None
            unit.rosters.add(Absence(site_id=site.id, member_id=member_id, day=day, substitute_id=substitute_id))


def _clear(unit: UnitOfWork, model: type[Shift] | type[WorkingHours] | type[SpecialDay], site_id: int) -> None:
    for row in unit.rosters.list_rows(model, site_id):
        unit.rosters.remove(row)
