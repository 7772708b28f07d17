"""What became of words sent to somebody: cards show it, and what did not arrive finds another way."""

from dataclasses import replace

from handlers import cards, gathering, incidents, offers, replies, topics, undoing
from handlers.complaints import concerns, guarding
from handlers.notifications import NOTIFICATIONS, pack, unpack
from handlers.notifications.to_duty import NotDelivered
from handlers.notifications.to_manager import CardLost, DutyChatClosed
from handlers.notifications.to_tenant import VisitProposed
from handlers.scene import Desk
from handlers.speaking import DELIVERED, react
from handlers.visits import agreeing
from storage.models import Chat, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, Operation, OutboxState, TicketState, Urgency

LOST = (OutboxState.REFUSED, OutboxState.DEAD)
ONLY_LOST = agreeing.TOLD | {cards.CARD, offers.PAGE, gathering.SUMMARY}
"""Of these nobody asks whether they arrived, as long as they do."""
MESSAGE_GONE = "message gone"
"""A channel's reason when what we wanted to change has been deleted."""
MOST_RETURNS = 3
"""How often a card comes back into one chat; where it vanishes each time, it only makes noise."""


def hear_of(unit: UnitOfWork, desk: Desk, outbox_id: int) -> None:
    """A row has ended: staff see it where it carried their words, and a lost card is an alarm."""
    row = unit.outbox.get(outbox_id)
    if row.notification == gathering.SUMMARY and row.operation is Operation.SEND and row.state in LOST:
        for card in unit.outbox.list_gathered(row.id):
            hear_of(unit, desk, card.id)
    if row.ticket_id is None:
        return
    if row.operation is Operation.EDIT:
        _put_again(unit, row)
    elif row.operation is Operation.DELETE:
        undoing.hear_of(unit, row)
    elif row.operation is Operation.SEND and row.notification in (cards.CARD, offers.PAGE):
        if row.state in LOST:
            _find_other_hands(unit, unit.tickets.get(row.ticket_id), row)
    elif row.operation is Operation.SEND and row.entry_id is not None:
        ticket = unit.tickets.get(row.ticket_id)
        if row.state in LOST:
            _find_another_way(unit, desk, row, ticket)
        elif row.notification in replies.CARRIERS:
            _confirm(unit, row)
        cards.renew(unit, ticket)
    elif row.operation is Operation.SEND and row.notification in agreeing.TOLD and row.state in LOST:
        is_question = row.notification == VisitProposed.__name__
        ticket = unit.tickets.get(row.ticket_id)
        agreeing.say_untold(unit, ticket, is_question=is_question, key=f"untold:{row.id}")


def is_awaited(notification: str, entry_id: int | None, state: OutboxState) -> bool:
    """Whether anybody wants to hear how such a row ended; of alarms and cards only that they are lost."""
    return entry_id is not None or (state in LOST and notification in ONLY_LOST)


def close_chat(unit: UnitOfWork, desk: Desk, chat: Chat, reason: str) -> None:
    """Nothing more can be said here: what waits is refused, and whoever waits for it hears so."""
    chat.close(reason, unit.now)
    unit.flush()
    refused = unit.outbox.refuse_waiting(chat.id, reason, unit.now)
    if chat.role is ChatRole.DUTY:
        _move_cards_away(unit, chat)
    for outbox_id in refused:
        hear_of(unit, desk, outbox_id)
        forget_secret(unit, outbox_id, unit.outbox.get(outbox_id).notification)


def lose_topic(unit: UnitOfWork, topic_id: int) -> None:
    """Somebody deleted it: once it is opened anew, with the card first; after that the chat itself has to do.

    The rows are the same ones, so whatever waits behind them, or goes under them, still finds them.
    """
    topic = unit.outbox.get(topic_id)
    if topic.state is not OutboxState.SENT or topic.ticket_id is None:
        return  # another message has found out before
    if topic.is_repeat:
        topic.state, topic.reason = OutboxState.REFUSED, topics.GONE
        return
    ticket = unit.tickets.get(topic.ticket_id)
    standing = [row for row in unit.outbox.list_messages(ticket.id, cards.CARD) if row.topic_id == topic_id]
    for row in (topic, *standing[-1:]):
        row.state, row.receipt, row.reason, row.ended_at = OutboxState.PENDING, None, None, None
        row.attempts, row.due_at = 0, unit.now
    topic.is_repeat = True
    topic.payload = pack(topics.topic_of(ticket, cards.place_of(unit, ticket)))
    unit.flush()
    for row in standing[-1:]:
        cards.refresh(unit, ticket, only=row.id)


def forget_secret(unit: UnitOfWork, outbox_id: int, notification: str) -> None:
    """What opens something is not kept once its row has ended, whichever way."""
    kind = NOTIFICATIONS.get(notification)
    if kind is not None and kind.forgets is not None:
        said = unpack(notification, unit.outbox.get(outbox_id).payload)
        unit.outbox.wipe(outbox_id, pack(replace(said, **{kind.forgets: ""})))


def _move_cards_away(unit: UnitOfWork, chat: Chat) -> None:
    """A duty chat is shut: its open tickets that no other chat shows go to the desk, and the managers hear of it."""
    if chat.site_id is None or chat.group is None:
        return
    stranded = [
        ticket
        for ticket in unit.tickets.list_open(chat.site_id)
        if ticket.group is chat.group
        and ticket.incident_id is None
        and ticket.state is not TicketState.RECEIVED
        and _needs_another(unit, ticket)
    ]
    if not stranded:
        return
    told = [offers.post_to_group(unit, ticket, Group.DESK) for ticket in stranded]
    numbers = tuple(ticket.number for ticket in stranded)
    offers.tell_managers_of(unit, chat.site_id, DutyChatClosed(chat.group, numbers, all(told)))


def _needs_another(unit: UnitOfWork, ticket: Ticket) -> bool:
    """No chat shows it; or it is an emergency that its own group can take no more, and the desk does not know yet."""
    seen_in = {chat.group for _, chat in cards.standing(unit, ticket)}
    is_pressing = ticket.urgency is Urgency.EMERGENCY and ticket.state is TicketState.ASSIGNED
    return not seen_in or (is_pressing and Group.DESK not in seen_in)


def _put_again(unit: UnitOfWork, row: OutboxRow) -> None:
    """Somebody deleted the card in the chat: it is put there again, or its buttons would be lost with it."""
    if row.notification != cards.CARD or row.reason != MESSAGE_GONE or row.target_id is None:
        return
    gone = unit.outbox.get(row.target_id)
    if gone.state is not OutboxState.SENT:
        return  # another edit has found out before
    gone.state, gone.reason = OutboxState.REFUSED, MESSAGE_GONE
    unit.flush()
    ticket, chat = unit.tickets.get(row.ticket_id or 0), unit.chats.get(row.chat_id)
    said = unit.outbox.list_by_ticket(ticket.id)
    if sum(other.chat_id == chat.id and _is_gone(other) for other in said) > MOST_RETURNS:
        return
    if ticket.is_open and chat.is_open and all(seen_in.id != chat.id for _, seen_in in cards.standing(unit, ticket)):
        cards.post(unit, ticket, chat, cards.card_of(unit, ticket))


def _is_gone(row: OutboxRow) -> bool:
    is_card = row.notification == cards.CARD and row.operation is Operation.SEND
    return is_card and row.reason == MESSAGE_GONE


def _find_another_way(unit: UnitOfWork, desk: Desk, row: OutboxRow, ticket: Ticket) -> None:
    is_noticed = row.notification in replies.CARRIERS and replies.notify_in_room(unit, desk, ticket)
    delivery = ({"unknown": "unknown"} | cards.REFUSED_WHY).get(row.reason or "", "refused")
    said = NotDelivered(ticket.number, delivery, is_noticed, ticket.phone)
    cards.say_under(unit, ticket, said, key=f"undelivered:{row.id}")


def _confirm(unit: UnitOfWork, row: OutboxRow) -> None:
    """👌 on staff's own message, where 👀 said that it was on its way."""
    first = incidents.first_of(unit, unit.tickets.get(row.ticket_id or 0))
    states = cards.reply_states(unit, first, unit.incidents.list_members(first.id), row.entry_id)
    if set(states) - {"sent"}:
        return  # more of it is still on its way, or it has not reached everybody
    entries = {entry.id: entry for entry in unit.tickets.list_entries(row.ticket_id or 0)}
    entry = entries.get(row.entry_id or 0)
    if entry is None or entry.inbox_id is None:
        return
    written = unit.inbox.get(entry.inbox_id)
    if written.event == "MessageReceived" and written.chat_id is not None and written.message_id is not None:
        react(unit, unit.chats.get(written.chat_id), written.message_id, DELIVERED)


def _find_other_hands(unit: UnitOfWork, ticket: Ticket, row: OutboxRow) -> None:
    """A card nobody sees goes to other hands and the managers know; an emergency's even where another card stands."""
    is_emergency = ticket.urgency is Urgency.EMERGENCY
    if concerns.is_guarded(unit, ticket.id):
        if ticket.is_open:
            guarding.offer_above(unit, ticket)
        return
    group = unit.chats.get(row.chat_id).group or ticket.group
    if not ticket.is_open or (not is_emergency and (ticket.group is None or cards.standing(unit, ticket))):
        return
    if row.notification == cards.CARD and group is not None:
        _post_elsewhere(unit, ticket)
        offers.tell_managers(unit, ticket, CardLost(ticket.number, group), key=f"lost:{row.id}")
    if is_emergency:
        offers.correct_claims(unit, ticket)


def _post_elsewhere(unit: UnitOfWork, ticket: Ticket) -> None:
    """To the desk, an emergency to anybody rather than to nobody; to no chat that has had the card before."""
    said = unit.outbox.list_by_ticket(ticket.id)
    tried = {unit.chats.get(row.chat_id).group for row in said if row.notification == cards.CARD}
    others = tuple(Group) if ticket.urgency is Urgency.EMERGENCY else ()
    for group in dict.fromkeys((Group.DESK, *others)):
        if group not in tried and offers.post_to_group(unit, ticket, group):
            return
