"""Opens a ticket: number, thread, duty card, what the tenant hears, what is planned. One act, whole or not at all."""

from dataclasses import replace
from datetime import timedelta

from handlers import cards
from handlers.kinds import FLAT_TRADES, KINDS
from handlers.notifications import Notification
from handlers.notifications.to_duty import TicketCard
from handlers.notifications.to_manager import EmergencyPaged, NobodyTakes
from handlers.notifications.to_tenant import EmergencyReceived, Received, Thanked, WhichUnit
from handlers.scene import Scene
from handlers.speaking import change, find_private, language_of, tell
from handlers.understanding.understanding import Understanding
from storage.models import Asking, Chat, OutboxRow, Ticket
from storage.vocabulary import AskingKind, ChatRole, Group, Kind, Lane, Trade, Urgency

REMIND_AFTER = {
    Urgency.EMERGENCY: timedelta(minutes=3),
    Urgency.URGENT: timedelta(minutes=10),
    Urgency.NORMAL: timedelta(minutes=30),
    Urgency.LOW: timedelta(hours=2),
}
"""How long an offer may stand before the duty chat is reminded, and once more before the manager is told."""


def open_ticket(
    scene: Scene,
    reading: Understanding,
    words: str,
    message_id: str | None,
    inbox_id: int,
    files: int = 0,
    instead_of: OutboxRow | None = None,
) -> Ticket:
    """A tenant's words become a ticket, with everything that follows at once.

    `files` come with it. `instead_of` is the desk's question that the answer takes the place of.
    """
    unit, kind, trade = scene.unit, KINDS[reading.kind], reading.trade or Trade.OTHER
    ticket = Ticket(
        site_id=scene.site.id,
        number=unit.sites.take_number(scene.site.id),
        kind=reading.kind,
        trade=trade,
        urgency=reading.urgency,
        words=words,
        language=reading.language,
        reporter_id=scene.person.id,
        chat_id=scene.chat.id,
        message_id=message_id,
        opened_at=scene.now,
        building_id=_building_id(scene, reading),
        unit=reading.place.unit or _known_unit(scene, trade, reading),
        place=reading.place.words,
        phone=reading.phone or scene.person.phone,
        visit_time=reading.visit_time,
        finish_due_at=scene.now + kind.finish_within[reading.urgency] if kind.needs_work else None,
    )
    group = _find_group(scene, kind.group_for(trade))
    if not kind.needs_work:
        ticket.log(scene.now)
    elif group is not None:
        ticket.assign(group)
    unit.tickets.add(ticket)
    unit.tickets.add_words(ticket.id, scene.now, words, scene.person.id, inbox_id)
    _offer(scene, ticket, group, files)
    _answer(scene, ticket, instead_of)
    return ticket


def _find_group(scene: Scene, group: Group) -> Group | None:
    """The group itself, else the customer desk, as far as they have a duty chat."""
    for candidate in dict.fromkeys((group, Group.DESK)):
        if scene.unit.chats.list_by_role(scene.site.id, ChatRole.DUTY, candidate):
            return candidate
    return None


def _offer(scene: Scene, ticket: Ticket, group: Group | None, files: int) -> None:
    """A card in the group's duty chat; an emergency pages security and the manager too; nobody at all is an alarm."""
    unit = scene.unit
    if group is None:
        for manager in unit.chats.list_by_role(scene.site.id, ChatRole.MANAGER):
            tell(unit, manager, NobodyTakes(ticket.number, None, None), language_of(unit, manager), ticket_id=ticket.id)
        return
    card = cards.new_card(unit, ticket, scene.person.name, files)
    _post_to_group(scene, ticket, group, card)
    if ticket.urgency is Urgency.EMERGENCY:
        if group is not Group.SECURITY:
            _post_to_group(scene, ticket, Group.SECURITY, card)
        building = unit.sites.find_building(ticket.building_id)
        paged = EmergencyPaged(ticket.number, ticket.trade, building.name if building else None)
        for manager in unit.chats.list_by_role(scene.site.id, ChatRole.MANAGER):
            tell(unit, manager, paged, language_of(unit, manager), ticket_id=ticket.id)
    if ticket.is_open:
        due = scene.now + REMIND_AFTER[ticket.urgency]
        unit.pushes.plan("untaken", f"untaken:{ticket.id}:0", due, ticket_id=ticket.id)


def _post_to_group(scene: Scene, ticket: Ticket, group: Group, card: TicketCard) -> None:
    for chat in scene.unit.chats.list_by_role(scene.site.id, ChatRole.DUTY, group):
        cards.post(scene.unit, ticket, chat, card)


def _answer(scene: Scene, ticket: Ticket, instead_of: OutboxRow | None) -> None:
    """The short public line or the private one; the room's number is only ever asked for in private."""
    unit, private = scene.unit, find_private(scene.unit, scene.person.id)
    is_private = scene.chat.role is ChatRole.PRIVATE
    asks = needs_unit(ticket)
    link = None if is_private or (private and not asks) else private_link(scene)
    said: Notification
    if ticket.urgency is Urgency.EMERGENCY:
        said = EmergencyReceived(ticket.number, ticket.trade, scene.site.emergency_number, scene.site.desk_phone, link)
    elif ticket.kind in (Kind.PRAISE, Kind.SUGGESTION):
        said = Thanked(ticket.number, ticket.kind)
    else:
        said = Received(ticket.number, ticket.kind, ticket.trade, ticket.group or Group.DESK, is_private, link)
    lane = Lane.EMERGENCY if ticket.urgency is Urgency.EMERGENCY else Lane.NORMAL
    if instead_of is not None:
        instead_of.ticket_id = ticket.id
        change(unit, instead_of.id, said, ticket.language)
    else:
        tell(
            unit,
            scene.chat,
            said,
            ticket.language,
            ticket_id=ticket.id,
            lane=lane,
            reply_to=ticket.message_id,
            key=f"received:{ticket.id}",
        )
    if asks and private is not None:
        ask_unit(scene, ticket, private)


def needs_unit(ticket: Ticket) -> bool:
    """Whether somebody would have to search for the flat."""
    return (
        KINDS[ticket.kind].asks_unit
        and ticket.unit is None
        and ticket.trade in FLAT_TRADES
        and ticket.urgency is not Urgency.EMERGENCY
    )


def ask_unit(scene: Scene, ticket: Ticket, private: Chat) -> None:
    """Ask once, in private."""
    asking = Asking(
        kind=AskingKind.WHICH_UNIT,
        chat_id=private.id,
        person_id=ticket.reporter_id,
        asked_at=scene.now,
        ticket_id=ticket.id,
    )
    scene.unit.askings.add(asking)
    tell(
        scene.unit,
        private,
        WhichUnit(ticket.number),
        ticket.language,
        ticket_id=ticket.id,
        person_id=ticket.reporter_id,
        key=f"which_unit:{ticket.id}",
    )


def private_link(scene: Scene) -> str | None:
    """The deep link of this room; it says which room, never which ticket."""
    return scene.desk.deep_link(scene.chat.code) if scene.chat.code else None


def _building_id(scene: Scene, reading: Understanding) -> int | None:
    """The building named; unnamed, the room's own, else where the person lives."""
    if reading.place.building:
        for building in scene.unit.sites.list_buildings(scene.site.id):
            if building.name == reading.place.building:
                return building.id
    return scene.chat.building_id or (scene.person.building_id if reading.place.words is None else None)


def _known_unit(scene: Scene, trade: Trade, reading: Understanding) -> str | None:
    """The flat the person told us before, for work that is mostly inside flats and names no other place."""
    return scene.person.unit if trade in FLAT_TRADES and reading.place.words is None else None


def with_kind(reading: Understanding, kind: Kind) -> Understanding:
    """The reading, now that its author has said what it is."""
    return replace(reading, kind=kind, trade=reading.trade or Trade.OTHER, confidence=1.0)
