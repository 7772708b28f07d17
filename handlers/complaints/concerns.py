"""Which chats may hear of a complaint about somebody of ours: never one they or whoever works under them are in.

Everything that is said to staff passes here, so that no card, copy or alarm has to think of it. Who is in a chat the
desk only knows from having heard them there, and from the group the chat belongs to; of those above the groups it
takes for granted that they read the managers' chats, until somebody higher has been heard in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from storage.models import Chat, Concern, Member, Person, Ticket
from storage.repositories.rosters import SiteRoster
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group

STAFF_CHATS = (ChatRole.DUTY, ChatRole.MANAGER)
IS_STILL_THERE = timedelta(days=180)
"""How long after they were heard in a chat somebody counts as in it."""
_ORDER = list(MemberRole)
ABOVE = _ORDER.index(MemberRole.CLIENT_DIRECTOR)
"""From here on somebody stands above the groups."""


@dataclass
class Concerned:
    """Everybody who must not see it: whom it is about, and theirs."""

    members: dict[int, Member] = field(default_factory=dict)
    person_ids: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    groups: set[Group] = field(default_factory=set)
    rank: int = 0
    """How high the highest of them stands, as an index of the roles."""

    def add(self, member: Member) -> None:
        """One of them."""
        self.members[member.id] = member
        self.rank = max(self.rank, _ORDER.index(member.role))
        if member.person_id is not None:
            self.person_ids.add(member.person_id)
        else:
            self.names.add(member.name)
        if member.group is not None:
            self.groups.add(member.group)

    def has(self, roster: SiteRoster, person: Person) -> bool:
        """Whether this person is one of them; whom the roster does not bind is known by name."""
        member = roster.find_by_person(person.id)
        if member is not None and member.id in self.members:
            return True
        return person.id in self.person_ids or person.name in self.names


def is_hidden(unit: UnitOfWork, chat: Chat, ticket_id: int | None) -> bool:
    """Whether a chat may hear nothing of a ticket."""
    if ticket_id is None or chat.role not in STAFF_CHATS:
        return False
    concerns = unit.complaints.guarded().get(ticket_id)
    return concerns is not None and all(chat.id != seeing.id for seeing in _seeing(unit, chat.site_id, concerns))


def is_guarded(unit: UnitOfWork, ticket_id: int) -> bool:
    """Whether it is about somebody of ours."""
    return ticket_id in unit.complaints.guarded()


def list_hidden(unit: UnitOfWork, chat: Chat) -> Sequence[int]:
    """Every ticket a chat may hear nothing of: what it looks up, and what is counted out to it, leaves them out.

    Who may see is asked once for all that are about the same people, however many there have been over the years.
    """
    if chat.role not in STAFF_CHATS:
        return ()
    sees: dict[frozenset[tuple[object, ...]], bool] = {}
    hidden = []
    for ticket_id, about in unit.complaints.guarded().items():
        people = frozenset((each.member_id, each.person_id, each.group, each.is_above) for each in about)
        if people not in sees:
            sees[people] = any(chat.id == seeing.id for seeing in _seeing(unit, chat.site_id, about))
        if not sees[people]:
            hidden.append(ticket_id)
    return hidden


def list_seeing(unit: UnitOfWork, site_id: int, ticket_id: int) -> Sequence[Chat]:
    """The chats that look after a guarded ticket: the managers', else the customer desk's; none may be left."""
    return _seeing(unit, site_id, unit.complaints.guarded().get(ticket_id, ()))


def list_held(unit: UnitOfWork, site_id: int) -> Sequence[Ticket]:
    """Open ones that no chat may look after, since everybody who reads one may be meant."""
    guarded = unit.complaints.guarded()
    waiting = [ticket for ticket in unit.tickets.list_open(site_id) if ticket.id in guarded]
    return [ticket for ticket in waiting if not list_seeing(unit, site_id, ticket.id)]


def is_concerned(unit: UnitOfWork, site_id: int, ticket_id: int, person: Person) -> bool:
    """Whether somebody is among those it is about, or works under them: they are given nothing to do with it."""
    concerns = unit.complaints.guarded().get(ticket_id)
    if concerns is None:
        return False
    roster = unit.rosters.recall(site_id)
    return _concerned(unit, roster, concerns).has(roster, person)


def _seeing(unit: UnitOfWork, site_id: int | None, concerns: Sequence[Concern]) -> Sequence[Chat]:
    if site_id is None:
        return ()
    roster = unit.rosters.recall(site_id)
    concerned = _concerned(unit, roster, concerns)
    linked = unit.chats.list_by_role(site_id, ChatRole.MANAGER)
    managers = [chat for chat in linked if _is_free(unit, roster, chat, concerned)]
    if managers or concerned.rank >= ABOVE or Group.DESK in concerned.groups:
        return managers
    desks = unit.chats.list_by_role(site_id, ChatRole.DUTY, Group.DESK)
    return [chat for chat in desks if not _hears(unit, chat, concerned)]


def _is_free(unit: UnitOfWork, roster: SiteRoster, chat: Chat, concerned: Concerned) -> bool:
    """Whether none of them reads a managers' chat."""
    if _hears(unit, chat, concerned):
        return False
    if concerned.rank < ABOVE:
        return True
    higher = [member for member in roster.members if _ORDER.index(member.role) > concerned.rank]
    ids = [member.person_id for member in higher if member.person_id is not None]
    names = [member.name for member in higher if member.person_id is None]
    return unit.complaints.has_been_heard(chat.id, ids, names, unit.now - IS_STILL_THERE)


def _hears(unit: UnitOfWork, chat: Chat, concerned: Concerned) -> bool:
    since = unit.now - IS_STILL_THERE
    return unit.complaints.has_been_heard(chat.id, list(concerned.person_ids), list(concerned.names), since)


def _concerned(unit: UnitOfWork, roster: SiteRoster, concerns: Sequence[Concern]) -> Concerned:
    found = Concerned()
    for concern in concerns:
        _add(unit, roster, concern, found)
    for member in roster.members if found.rank else ():
        is_under = _ORDER.index(member.role) < found.rank
        if is_under and (found.rank >= ABOVE or member.group in found.groups):
            found.add(member)
    return found


def _add(unit: UnitOfWork, roster: SiteRoster, concern: Concern, found: Concerned) -> None:
    if concern.member_id is not None:
        found.add(roster.find_member(concern.member_id) or unit.rosters.get_member(concern.member_id))
    if concern.person_id is not None:
        found.person_ids.add(concern.person_id)
    if concern.member_id is not None or concern.person_id is not None:
        return
    if concern.is_above:
        found.rank, found.groups = max(found.rank, _ORDER.index(MemberRole.OFFICE_MANAGER)), set(Group)
        for member in roster.members:
            if ABOVE <= _ORDER.index(member.role) <= found.rank:
                found.add(member)
        return
    for group in (concern.group,) if concern.group is not None else tuple(Group):
        found.groups.add(group)
        of_group = [member for member in roster.members if member.group is group]
        # "The plumber" is somebody who works there; whoever leads them stands above, where there is anybody to lead.
        for member in [each for each in of_group if each.role is MemberRole.MEMBER] or of_group:
            found.add(member)
