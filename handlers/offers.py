"""Who is offered a ticket: the group's duty chat, the desk in its place, in an emergency everybody at once."""

from dataclasses import dataclass
from datetime import datetime

from handlers import cards
from handlers.kinds import KINDS
from handlers.notifications.notification import Notification
from handlers.notifications.to_duty.card import WORTH_TELLING, TicketCard
from handlers.notifications.to_manager import EmergencyPaged, NobodyTakes
from handlers.pushes import reminding
from handlers.speaking import language_of, tell
from storage.models import Chat, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, TicketState, Urgency


@dataclass(frozen=True, slots=True)
class Alerted:
    """Who was told of a ticket at once."""

    groups: tuple[Group, ...] = ()
    has_manager: bool = False


def find_group(unit: UnitOfWork, ticket: Ticket) -> Group | None:
    """Whose hands it needs, else the customer desk, in an emergency anybody, as far as they have a duty chat."""
    wanted = KINDS[ticket.kind].group_for(ticket.trade)
    others = tuple(Group) if ticket.urgency is Urgency.EMERGENCY else ()
    for group in dict.fromkeys((wanted, Group.DESK, *others)):
        if unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, group):
            return group
    return None


def offer(
    unit: UnitOfWork, ticket: Ticket, group: Group | None, reporter: str, written_at: datetime, files: int
) -> Alerted:
    """A new ticket to its group's duty chat; an emergency to security and the managers too; to nobody is an alarm."""
    card = cards.new_card(unit, ticket, reporter, written_at, files)
    is_emergency = ticket.urgency is Urgency.EMERGENCY
    wanted = dict.fromkeys((group, Group.SECURITY) if is_emergency else (group,))
    told = tuple(each for each in wanted if each and _post(unit, ticket, each, card))
    if ticket.state is TicketState.ASSIGNED:
        reminding.plan(unit, ticket)
    if is_emergency:
        return Alerted(told, _page_managers(unit, ticket, told, written_at))
    if not told and ticket.is_open:
        tell_managers(unit, ticket, NobodyTakes(ticket.number, None, None))
    return Alerted(told)


def offer_what_waits(unit: UnitOfWork, chat: Chat) -> None:
    """A duty chat was linked or let us in again: open tickets of its group that it has no card of."""
    if chat.site_id is None:
        return
    for ticket in unit.tickets.list_open(chat.site_id):
        if ticket.state is TicketState.RECEIVED and (group := find_group(unit, ticket)) is not None:
            ticket.assign(group)
            reminding.plan(unit, ticket)
        if ticket.group is chat.group and all(seen_in.id != chat.id for _, seen_in in cards.standing(unit, ticket)):
            cards.post(unit, ticket, chat, cards.card_of(unit, ticket))


def post_to_group(unit: UnitOfWork, ticket: Ticket, group: Group) -> None:
    """A fresh card into each duty chat of a group."""
    _post(unit, ticket, group, cards.card_of(unit, ticket))


def _post(unit: UnitOfWork, ticket: Ticket, group: Group, card: TicketCard) -> bool:
    chats = unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, group)
    for chat in chats:
        cards.post(unit, ticket, chat, card)
    return bool(chats)


def tell_managers(unit: UnitOfWork, ticket: Ticket, said: Notification, key: str | None = None) -> bool:
    """To every manager chat of the site; False when there is none."""
    managers = unit.chats.list_by_role(ticket.site_id, ChatRole.MANAGER)
    for manager in managers:
        tell(
            unit,
            manager,
            said,
            language_of(unit, manager),
            ticket_id=ticket.id,
            key=f"{key}:{manager.id}" if key else None,
        )
    return bool(managers)


def _page_managers(unit: UnitOfWork, ticket: Ticket, told: tuple[Group, ...], written_at: datetime) -> bool:
    building = unit.sites.find_building(ticket.building_id)
    is_old = ticket.opened_at - written_at >= WORTH_TELLING
    place = building.name if building else None
    return tell_managers(
        unit, ticket, EmergencyPaged(ticket.number, ticket.trade, place, told, written_at if is_old else None)
    )
