"""Whom of the office a tenant's words are about, as surely as the roster and their own tickets can tell."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.complaints.concerns import ABOVE
from handlers.scene import Scene
from handlers.understanding.complaining import Role, blame_in, tells_of_conduct
from handlers.understanding.normal_form import normal_form
from handlers.understanding.understanding import Understanding
from storage.models import Concern, Member, Ticket
from storage.repositories.rosters import SiteRoster
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, Trade, Urgency

CAME_LATELY = timedelta(days=7)
"""How long "the plumber who came" is whoever had the ticket."""
SHORTEST_NAME = 3
"""Letters of a first name that is looked for by itself: fewer are in too many words."""
_TITLES = (
    "师傅",
    "师",
    "工",
    "经理",
    "主任",
    "主管",
    "队长",
    "班长",
    "姐",
    "哥",
    "阿姨",
    "先生",
    "小姐",
    "女士",
    "组长",
)
_OF_OTHERS = (Trade.NOISE, Trade.NEIGHBOUR, Trade.SECURITY)
"""What other people do: after it "he" is one of them."""
_NAMES = "names people use"
_NOT_NAMES = frozenset({"old", "new", "miss", "security", "front", "desk", "guard", "manager", "cleaner", "plumber"})


def is_blame(scene: Scene, words: str) -> bool:
    """Whether words are a complaint about somebody of ours: by their work, by their name, or by having come lately."""
    blame = blame_in(words)
    if blame.is_plain or (blame.is_of_whoever and _list_meant(scene.unit, scene.person.id)):
        return True
    roster = scene.unit.rosters.recall(scene.site.id)
    return bool(roster.members) and tells_of_conduct(words) and bool(_named(roster, words))


def as_complaint(scene: Scene, reading: Understanding, words: str) -> Understanding:
    """Such words are a complaint, whatever else they sounded like; in danger help comes first."""
    is_open_to_it = reading.kind is not Kind.PRAISE and reading.urgency is not Urgency.EMERGENCY
    if not is_open_to_it or reading.kind is Kind.COMPLAINT or not is_blame(scene, words):
        return reading
    return replace(reading, kind=Kind.COMPLAINT, trade=Trade.STAFF, confidence=1.0)


def concerns_in(unit: UnitOfWork, ticket: Ticket, words: str) -> Sequence[Concern]:
    """Whom a complaint's words are about; nobody where they speak of no one of ours, or only of sending for somebody.

    `ticket.id` need not be known yet.
    """
    if ticket.kind is not Kind.COMPLAINT or ticket.urgency is Urgency.EMERGENCY:
        return ()
    blame = blame_in(words)
    roster = unit.rosters.recall(ticket.site_id)
    named = _named(roster, words) if roster.members else []
    if named:
        return [Concern(ticket_id=0, member_id=member.id) for member in named]
    is_staff = ticket.trade is Trade.STAFF
    meant = _list_meant(unit, ticket.reporter_id) if blame.is_of_whoever and is_staff else ()
    if not blame.roles or not (blame.is_plain or is_staff):
        return [_concern_of_person(unit, roster, person_id) for person_id in meant]
    came = meant or (_list_who_came(unit, ticket.reporter_id) if Role.SENT in blame.roles else ())
    vague = (Role.ANYONE, Role.SENT)
    nearer = tuple(role for role in blame.roles if role not in vague)
    by_role = [_concern_of(unit, roster, ticket, role) for role in nearer or (() if came else (Role.ANYONE,))]
    known = {concern.person_id for concern in by_role}
    return by_role + [_concern_of_person(unit, roster, person_id) for person_id in came if person_id not in known]


def _list_who_came(unit: UnitOfWork, reporter_id: int) -> Sequence[int]:
    """Who had a tenant's tickets lately, but for those who look into what they complain of."""
    lately = unit.tickets.list_of(reporter_id, unit.now - CAME_LATELY)
    sent = (each.assignee_id for each in lately if each.kind is not Kind.COMPLAINT)
    return list(dict.fromkeys(person_id for person_id in sent if person_id is not None))


def _list_meant(unit: UnitOfWork, reporter_id: int) -> Sequence[int]:
    """Whom "he" or "that person" means: who came, unless the tenant last told us of somebody else."""
    lately = unit.tickets.list_of(reporter_id, unit.now - CAME_LATELY)
    return () if lately and lately[0].trade in _OF_OTHERS else _list_who_came(unit, reporter_id)


def _concern_of(unit: UnitOfWork, roster: SiteRoster, ticket: Ticket, role: Role) -> Concern:
    if role is Role.ABOVE:
        above = [m for m in roster.members if list(MemberRole).index(m.role) >= ABOVE]
        return Concern(ticket_id=0, member_id=above[0].id) if len(above) == 1 else Concern(ticket_id=0, is_above=True)
    if role.group is None:
        return Concern(ticket_id=0)
    lately = unit.tickets.list_of(ticket.reporter_id, unit.now - CAME_LATELY)
    came = {each.assignee_id for each in lately if each.group is role.group and each.assignee_id is not None}
    if len(came) != 1:
        return Concern(ticket_id=0, group=role.group)
    return _concern_of_person(unit, roster, *came)


def _concern_of_person(unit: UnitOfWork, roster: SiteRoster, person_id: int) -> Concern:
    member = roster.find_by_person(person_id) or roster.find_by_name(unit.people.get(person_id).name)
    return Concern(ticket_id=0, member_id=member.id if member is not None else None, person_id=person_id)


def _named(roster: SiteRoster, words: str) -> list[Member]:
    plain = normal_form(words).text
    return [member for member, names in _names(roster) if any(_stands_in(plain, name) for name in names)]


def _names(roster: SiteRoster) -> list[tuple[Member, tuple[str, ...]]]:
    """What each is called: worked out once a roster, as it is asked for with every complaint."""
    known: list[tuple[Member, tuple[str, ...]]] | None = roster.derived.get(_NAMES)
    if known is None:
        known = roster.derived[_NAMES] = [(member, _names_of(member)) for member in roster.members]
    return known


def _names_of(member: Member) -> tuple[str, ...]:
    """The name the roster has, a Chinese surname with a title, a first name of more than two letters."""
    name = normal_form(member.name).text.strip()
    if not name:
        return ()
    if name.isascii():
        return (name, *(part for part in name.split() if len(part) >= SHORTEST_NAME and part not in _NOT_NAMES))
    surname = name.removeprefix("老").removeprefix("小")[0]
    return (name, *(f"{surname}{title}" for title in _TITLES), f"老{surname}", f"小{surname}")


def _stands_in(plain: str, name: str) -> bool:
    return _has_word(plain, name) if name.isascii() else name in plain


def _has_word(plain: str, word: str) -> bool:
    at = plain.find(word)
    while at >= 0:
        before, after = plain[at - 1 : at], plain[at + len(word) : at + len(word) + 1]
        if not before.isalpha() and not after.isalpha():
            return True
        at = plain.find(word, at + 1)
    return False
