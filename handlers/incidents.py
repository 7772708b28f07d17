"""Neighbours report the same thing: the second report joins the first, staff see one card, each keeps a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import cards, offers
from handlers.emergency_numbers import number_for
from handlers.notifications import Notification
from handlers.notifications.to_duty import TenantSaid
from handlers.notifications.to_manager import EmergencyPaged
from handlers.notifications.to_tenant import CryJoined, Joined
from handlers.scene import Scene
from handlers.speaking import SEEN, change, react, tell
from handlers.staff_names import told_assignee
from handlers.understanding.likeness import (
    DOUBTFUL,
    OF_THE_SITE,
    OUTAGES,
    SUPPLY,
    SURE,
    Telling,
    adds_to_alarm,
    likeness,
    traits_of,
    window_of,
)
from handlers.understanding.perils import peril_in
from storage.models import OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Kind, Lane, SharedThing, Urgency

AS_LIKELY = 0.08
"""Two open tickets this close to one another in likeness: a person decides which it is."""
ONE_ALARM = timedelta(hours=2)
"""Cries about one danger; a later one is heard as a new one."""
ONE_LINE = timedelta(minutes=1)
"""A room hears of an incident's further reports at most this often; until then the last line grows."""
TALKED_OF = timedelta(minutes=10)
"""How long "same here" means what was told last in a room; a bare "+1" a third of it."""
_BEGUN_BY = (Kind.REPAIR, Kind.COMPLAINT)


@dataclass(frozen=True, slots=True)
class Match:
    """The first ticket of what a report is about, and whether that is sure enough to need nobody's word."""

    first: Ticket
    is_sure: bool


def thing_of(kind: Kind, words: str) -> SharedThing | None:
    """What the neighbours share that a ticket of this kind tells of: somebody's own leak, or a wish, is none."""
    return traits_of(words).thing if kind in _BEGUN_BY else None


def find_match(scene: Scene, kind: Kind, urgency: Urgency, words: str, building_id: int | None) -> Match | None:
    """What an open incident or ticket of the site has in common with these words; None when nothing is alike."""
    traits = traits_of(words)
    thing = traits.thing
    if thing is None or not (kind in _BEGUN_BY or _asks_about_outage(kind, thing, traits.faults)):
        return None
    is_cry = urgency is Urgency.EMERGENCY
    since = scene.now - (ONE_ALARM if is_cry else window_of(thing))
    found = scene.unit.incidents.list_candidates(scene.site.id, thing, _buildings(scene, thing, building_id), since)
    if is_cry:
        return next((Match(each, is_sure=True) for each in found if _is_same_alarm(scene, each, building_id)), None)
    telling = Telling(words, scene.now, scene.chat.id, building_id)
    alike = {each.id: likeness(telling, _telling(each)) for each in found}
    likely = sorted((each for each in found if alike[each.id] >= DOUBTFUL), key=lambda each: -alike[each.id])
    if not likely:
        return None
    best = alike[likely[0].id]
    close = [each for each in likely if alike[each.id] >= best - AS_LIKELY]
    rivals = [each for each in close if each.perhaps_same_id not in alike] or close
    alarms = [each for each in rivals if each.urgency is Urgency.EMERGENCY]  # whatever else is open, there help runs
    first = (alarms or rivals)[0]
    is_sure = best >= SURE and len(alarms or rivals) == 1
    if is_sure:
        others = scene.unit.incidents.list_members(first.id)
        is_sure = all(likeness(telling, _telling(other)) >= DOUBTFUL for other in others)
    return Match(first, is_sure) if is_sure or kind in _BEGUN_BY else None


def find_own(scene: Scene, words: str, building_id: int | None) -> Ticket | None:
    """The open ticket this person has already reported it with."""
    thing = traits_of(words).thing
    if thing is None:
        return None
    telling = Telling(words, scene.now, scene.chat.id, building_id)
    mine = (ticket for ticket in scene.unit.tickets.list_open_of(scene.person.id) if ticket.shared is thing)
    return next((ticket for ticket in mine if likeness(telling, _telling(ticket)) >= SURE), None)


def find_talked_of(scene: Scene, words: str, building_id: int | None) -> Ticket | None:
    """What "same here" means that answers nobody: the shared thing told last in this room, if it was just now."""
    said = traits_of(words)
    is_bare = not any(map(str.isalpha, said.text))
    since = scene.now - (TALKED_OF / 3 if is_bare else TALKED_OF)
    newest = scene.unit.incidents.find_newest_in(scene.site.id, scene.chat.id, since)
    if newest is None or said.thing not in (None, newest.shared):
        return None
    is_elsewhere = building_id is not None and newest.building_id not in (None, building_id)
    return None if is_elsewhere else newest


def first_of(unit: UnitOfWork, ticket: Ticket) -> Ticket:
    """The ticket that has the card."""
    return ticket if ticket.incident_id is None else unit.tickets.get(ticket.incident_id)


def join(unit: UnitOfWork, ticket: Ticket, first: Ticket) -> None:
    """From now on it is one more report of the first; the more urgent of both holds."""
    ticket.join(first)
    if ticket.kind is not Kind.COMPLAINT:
        ticket.kind = first.kind
    if ticket.urgency is Urgency.URGENT and first.urgency in (Urgency.NORMAL, Urgency.LOW):
        first.urgency = Urgency.URGENT
    unit.flush()


def tell_staff(scene: Scene, ticket: Ticket, first: Ticket) -> None:
    """The one card counts it; a further place or person in danger pages everybody again."""
    if ticket.urgency is Urgency.EMERGENCY:
        others = [first.words, *(m.words for m in scene.unit.incidents.list_members(first.id) if m.id != ticket.id)]
        if adds_to_alarm(ticket.words, others):
            _page_again(scene, ticket)
    cards.renew(scene.unit, first)


def acknowledge(scene: Scene, ticket: Ticket, first: Ticket, link: str | None, question: OutboxRow | None) -> None:
    """One short line. In a room, further reports of the same minute are added to the last one, with a 👀 each; in
    danger to life everybody who cries is answered alone.
    """
    if scene.chat.role in (ChatRole.DUTY, ChatRole.MANAGER):
        return  # registered for somebody who has no chat with us
    if question is not None:
        question.ticket_id = ticket.id
        scene.unit.flush()
        change(scene.unit, question.id, _line(scene, first, (ticket.number,), link), ticket.language)
        return
    is_gathered = scene.chat.role is ChatRole.ROOM and ticket.urgency is not Urgency.EMERGENCY
    recent = _find_recent_line(scene, first) if is_gathered else None
    if recent is not None:
        line = _line(scene, first, _told_since(scene, first, recent.created_at), link)
        change(scene.unit, recent.id, line, recent.language)
        if ticket.message_id is not None:
            react(scene.unit, scene.chat, ticket.message_id, SEEN)
        return
    line = _line(scene, first, (ticket.number,), link)
    tell(
        scene.unit,
        scene.chat,
        line,
        ticket.language,
        ticket_id=ticket.id,
        lane=Lane.EMERGENCY if ticket.urgency is Urgency.EMERGENCY else Lane.NORMAL,
        reply_to=ticket.message_id,
        key=_key(scene, first, _slot(scene.now)) if is_gathered else f"received:{ticket.id}",
    )


def _asks_about_outage(kind: Kind, thing: SharedThing, faults: frozenset[str]) -> bool:
    """ "Is the water off?" is answered by the incident; "when does the pool open?" is not."""
    return kind is Kind.INQUIRY and thing in OUTAGES | SUPPLY and (thing is not SharedThing.LIFT or "stopped" in faults)


def _buildings(scene: Scene, thing: SharedThing, building_id: int | None) -> Sequence[int | None]:
    if building_id is not None and thing not in OF_THE_SITE:
        return (building_id, None)
    return (*(building.id for building in scene.unit.sites.list_buildings(scene.site.id)), None)


def _telling(ticket: Ticket) -> Telling:
    return Telling(ticket.words, ticket.opened_at, ticket.chat_id, ticket.building_id)


def _is_same_alarm(scene: Scene, first: Ticket, building_id: int | None) -> bool:
    """A cry by the same person again is no neighbour's: it pages anew."""
    if first.urgency is not Urgency.EMERGENCY or first.reporter_id == scene.person.id:
        return False
    return first.building_id == building_id if building_id and first.building_id else first.chat_id == scene.chat.id


def _page_again(scene: Scene, ticket: Ticket) -> None:
    building = scene.unit.sites.find_building(ticket.building_id)
    groups = tuple(dict.fromkeys(chat.group for _, chat in cards.standing(scene.unit, ticket) if chat.group))
    cards.say_under(scene.unit, ticket, TenantSaid(ticket.number, scene.person.name, ticket.words))
    page = EmergencyPaged(ticket.number, ticket.trade, building.name if building else None, groups, None, ticket.words)
    offers.tell_managers(scene.unit, ticket, page)


def _line(scene: Scene, first: Ticket, numbers: tuple[int, ...], link: str | None) -> Notification:
    count = scene.unit.incidents.count_members(first.id) + 1
    if first.urgency is Urgency.EMERGENCY:
        return CryJoined(numbers, count, first.trade, number_for(scene.site, first.trade, peril_in(first.words)))
    return Joined(numbers, count, first.group, told_assignee(scene.unit, first), link)


def _told_since(scene: Scene, first: Ticket, since: datetime) -> tuple[int, ...]:
    members = scene.unit.incidents.list_members(first.id)
    here = (each for each in members if each.chat_id == scene.chat.id and each.opened_at >= since)
    return tuple(each.number for each in here if each.urgency is not Urgency.EMERGENCY)


def _find_recent_line(scene: Scene, first: Ticket) -> OutboxRow | None:
    slot, since = _slot(scene.now), scene.now - ONE_LINE
    rows = (scene.unit.outbox.find_by_key(_key(scene, first, each)) for each in (slot, slot - 1))
    return next((row for row in rows if row is not None and row.created_at > since), None)


def _slot(now: datetime) -> int:
    return int(now.timestamp() // ONE_LINE.total_seconds())


def _key(scene: Scene, first: Ticket, slot: int) -> str:
    return f"joined:{first.id}:{scene.chat.id}:{slot}"
