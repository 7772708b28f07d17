"""What each role may do alone: which kinds it may close, what it may charge, how far it may put a promise off.

A rule among colleagues, kindly said, and no lock: whoever may not is told who may. A site that has written nothing down
lets everybody do everything. A member whose account is not bound is known by name; a stranger of a duty chat stands
with the members, one of the managers' chat with the office manager.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from handlers import moved_on
from handlers.events import MessageReceived
from handlers.notifications.to_duty import Matter, MayNot
from handlers.roster.turns import leads_of, with_role
from handlers.scene import Outcome, Scene
from storage.models import Authority, OutboxRow, Ticket
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition

Rule = Callable[[Authority], bool]
FINISHES = frozenset({"done", "solved"})


def refuse_tap(scene: Scene, row: OutboxRow, ticket: Ticket, verb: str) -> Outcome | None:
    """A button that finishes what somebody above has to finish; the verb before its menu opens as well."""
    may_not = _refuse_to_close(scene, ticket) if verb in FINISHES and ticket.is_open else None
    return refused(ticket, may_not, row.language) if may_not is not None else None


def turn_report_away(event: MessageReceived, scene: Scene, ticket: Ticket) -> Outcome | None:
    """Somebody answers what another was asked, and may not finish it: the words stay, as a note."""
    may_not = _refuse_to_close(scene, ticket)
    if may_not is None:
        return None
    return moved_on.keep_with_staff(event, scene, ticket, may_not, "may not finish it")


def refuse_to_charge(scene: Scene, ticket: Ticket, cents: int) -> MayNot | None:
    """Whether somebody above has to agree to this amount."""
    return _refuse(scene, ticket, Matter.CHARGE, lambda rule: rule.spend_cents is None or cents <= rule.spend_cents)


def refuse_to_put_off(scene: Scene, ticket: Ticket, starts_at: datetime) -> MayNot | None:
    """Whether somebody above has to propose an hour so long after the promise."""
    due = ticket.finish_due_at
    if due is None or starts_at <= due:
        return None

    def allows(rule: Authority) -> bool:
        return rule.later_minutes is None or starts_at <= due + timedelta(minutes=rule.later_minutes)

    return _refuse(scene, ticket, Matter.PUT_OFF, allows)


def refuse_to_reclassify(scene: Scene, ticket: Ticket) -> MayNot | None:
    """Whether somebody above has to say that it is of another kind: it would be closed as that."""
    return _refuse(scene, ticket, Matter.CLOSE, lambda rule: ticket.kind not in rule.may_not_close)


def refused(ticket: Ticket, may_not: MayNot, language: str) -> Outcome:
    """The kind answer to a tap."""
    reason = f"{may_not.matter} is for {may_not.role}"[:40]
    return Outcome(Disposition.REFUSED, ticket.id, reason, may_not, language)


def _refuse_to_close(scene: Scene, ticket: Ticket) -> MayNot | None:
    """It, or a further report that would be finished with it."""
    members = scene.unit.incidents.list_members(ticket.id) if ticket.incident_id is None else ()
    found = (refuse_to_reclassify(scene, each) for each in (ticket, *members) if each.is_open)
    return next((may_not for may_not in found if may_not is not None), None)


def _refuse(scene: Scene, ticket: Ticket, matter: Matter, allows: Rule) -> MayNot | None:
    rules = {rule.role: rule for rule in scene.unit.authorities.recall(ticket.site_id)}
    mine = _role_of(scene)
    if mine not in rules or allows(rules[mine]):
        return None
    order = list(MemberRole)
    above = [role for role in order[order.index(mine) + 1 :] if role not in rules or allows(rules[role])]
    people = {role: _people(scene.unit, ticket, role) for role in above}
    role = next((role for role in above if people[role]), above[0] if above else MemberRole.OFFICE_MANAGER)
    return MayNot(ticket.number, matter, ticket.kind, role, people.get(role, ()))


def _role_of(scene: Scene) -> MemberRole:
    roster = scene.unit.rosters.recall(scene.site.id)
    named = roster.find_by_name(scene.person.name)
    member = roster.find_by_person(scene.person.id) or (named if named and named.person_id is None else None)
    if member is not None:
        return member.role
    return MemberRole.OFFICE_MANAGER if scene.chat.role is ChatRole.MANAGER else MemberRole.MEMBER


def _people(unit: UnitOfWork, ticket: Ticket, role: MemberRole) -> tuple[str, ...]:
    roster = unit.rosters.recall(ticket.site_id)
    found = leads_of(roster, ticket.group) if role is MemberRole.LEAD else with_role(roster, role)
    return tuple(member.name for member in found)
