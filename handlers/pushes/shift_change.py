"""A shift begins or ends: whoever comes is offered what waits, and is asked who goes on with what was begun."""

from datetime import UTC, datetime, timedelta

from handlers import cards, ladder
from handlers.notifications.to_duty import ComesOnDuty, ShiftEnds
from handlers.pushes.push import ScheduledPush
from handlers.roster.turns import DAY, Turn, on_duty, turns_between
from handlers.roster.words import plain
from handlers.scene import Desk
from handlers.speaking import language_of, tell
from storage.models import Member, Push, Site, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, TicketState

KIND = "shift_change"


def plan_next(unit: UnitOfWork, site: Site) -> None:
    """The next moment at which anybody's turn begins or ends, or tomorrow's look for one."""
    roster = unit.rosters.recall(site.id)
    if not roster.shifts:
        return
    turns = turns_between(roster, site, unit.now - 2 * DAY, unit.now + 2 * DAY)
    moments = {moment for turn in turns for moment in (turn.start, turn.end) if moment > unit.now}
    due = min(moments, default=unit.now + DAY)
    unit.pushes.plan(KIND, f"{KIND}:{site.id}:{int(due.timestamp())}", due, subject_id=site.id)


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """All changes since this was due, which are several after a time of being down."""
    site = next((one for one in unit.sites.list_all() if one.id == push.subject_id), None)
    if site is None:
        return
    since = datetime.fromtimestamp(int(push.key.rpartition(":")[2]), UTC)
    roster = unit.rosters.recall(site.id)
    turns = turns_between(roster, site, since - 2 * DAY, unit.now + timedelta(seconds=1))
    tickets = [ticket for ticket in unit.tickets.list_open(site.id) if ticket.incident_id is None]
    for group in Group:
        begun = [turn for turn in turns if turn.group is group and since <= turn.start <= unit.now < turn.end]
        ended = [turn for turn in turns if turn.group is group and since <= turn.end <= unit.now]
        of_group = [ticket for ticket in tickets if ticket.group is group]
        if begun:
            _welcome(unit, site, group, begun, of_group, push)
        if ended:
            _ask_who_goes_on(unit, site, group, ended, of_group, push)
            _leave_to_nobody(unit, site, group, of_group)
    plan_next(unit, site)


def _welcome(unit: UnitOfWork, site: Site, group: Group, begun: list[Turn], tickets: list[Ticket], push: Push) -> None:
    """What nobody has taken is theirs to take now, unless somebody else on duty has been offered it."""
    there = {turn.member.id for turn in on_duty(unit.rosters.recall(site.id), site, unit.now, group)}
    waiting = [ticket for ticket in tickets if ticket.state is TicketState.ASSIGNED]
    for ticket in waiting:
        if ticket.offered_to_id not in there:
            ladder.offer_to_somebody(unit, ticket)
            cards.refresh(unit, ticket)
    if not waiting:
        return
    names = tuple(dict.fromkeys(turn.member.name for turn in begun))
    said = ComesOnDuty(names, max(turn.end for turn in begun), tuple(ticket.number for ticket in waiting))
    for chat in unit.chats.list_by_role(site.id, ChatRole.DUTY, group):
        tell(unit, chat, said, language_of(unit, chat), key=f"{push.key}:{group}:{chat.id}")


def _leave_to_nobody(unit: UnitOfWork, site: Site, group: Group, tickets: list[Ticket]) -> None:
    """The last one goes and nobody comes: what waits is nobody's turn now, and that is an alarm."""
    if on_duty(unit.rosters.recall(site.id), site, unit.now, group):
        return
    for ticket in tickets:
        if ticket.state is TicketState.ASSIGNED:
            ladder.offer_to_somebody(unit, ticket)
            cards.refresh(unit, ticket)


def _ask_who_goes_on(
    unit: UnitOfWork, site: Site, group: Group, ended: list[Turn], tickets: list[Ticket], push: Push
) -> None:
    """Each job of somebody who goes home: kept by them, or taken over by whoever taps."""
    there = {turn.member.id for turn in on_duty(unit.rosters.recall(site.id), site, unit.now, group)}
    leaving = [turn.member for turn in ended if turn.member.id not in there]
    for ticket in tickets:
        member = _whose(unit, ticket, leaving)
        if ticket.state is TicketState.ACCEPTED and member is not None:
            key = f"{push.key}:{ticket.id}"
            cards.say_under(unit, ticket, ShiftEnds(ticket.number, ticket.trade, member.name), key=key)


def _whose(unit: UnitOfWork, ticket: Ticket, leaving: list[Member]) -> Member | None:
    """Whoever of them has it: by their account, or as long as that is not known by their name."""
    if ticket.assignee_id is None:
        return None
    person = unit.people.get(ticket.assignee_id)
    for member in leaving:
        is_named_so = member.person_id is None and plain(member.name) == plain(person.name)
        if member.person_id == person.id or is_named_so:
            return member
    return None


SHIFT_CHANGE = ScheduledPush(KIND, fire)
