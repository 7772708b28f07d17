"""A ticket's own topic in a duty chat that is a forum: opened before its card, closed and reopened with the ticket.

The row that opens it stands in the queue before the card, and whatever goes into it names that row. Where none can be
had, everything stands in the chat itself, as in one that is no forum.
"""

from datetime import timedelta

from handlers.complaints import concerns
from handlers.notifications import pack
from handlers.notifications.to_duty import TicketTopic
from handlers.sight import without_phones
from handlers.speaking import change, withdraw
from storage.models import Chat, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Lane, Operation, OutboxState, TicketState

TOPIC = TicketTopic.__name__
GONE = "topic gone"
"""A channel's reason when somebody has deleted the topic, or closed it to us."""
LOST = (OutboxState.REFUSED, OutboxState.DEAD)
WORDS = 80


def topic_of(ticket: Ticket, place: str | None, *, is_ours: bool = True) -> TicketTopic:
    """What the topic is called now, and whether anybody need write in it; `is_ours` until it is handed over."""
    is_over = ticket.state in (TicketState.CLOSED, TicketState.CANCELLED) or ticket.incident_id is not None
    return TicketTopic(
        ticket.number,
        ticket.kind,
        ticket.urgency,
        without_phones(place) if place else None,
        _few_words(ticket),
        is_done=ticket.state in (TicketState.DONE, TicketState.CLOSED),
        is_open=is_ours and not is_over,
    )


def open_for(unit: UnitOfWork, ticket: Ticket, chat: Chat, wanted: TicketTopic, lane: Lane, language: str) -> None:
    """See to it that there is a topic for the ticket's card, as far as one can be had."""
    standing = unit.outbox.find_topic(ticket.id, chat.id)
    if standing is not None and (standing.state not in LOST or standing.reason == GONE):
        return
    is_refused = chat.no_topics_until is not None and chat.no_topics_until > unit.now
    if is_refused or concerns.is_hidden(unit, chat, ticket.id):
        return
    unit.outbox.add(
        chat_id=chat.id,
        notification=TOPIC,
        payload=pack(wanted),
        language=language,
        created_at=unit.now,
        due_at=unit.now,
        lane=lane,
        operation=Operation.OPEN_TOPIC,
        ticket_id=ticket.id,
    )


def keep(unit: UnitOfWork, topic_id: int, wanted: TicketTopic) -> None:
    """Let it have the ticket's name of now, and be open or closed with it."""
    row = unit.outbox.get(topic_id)
    if row.state not in LOST and pack(wanted) != row.payload:
        change(unit, row.id, wanted, row.language)
        row.payload = pack(wanted)


def empty(unit: UnitOfWork, row: OutboxRow, number: int) -> None:
    """Nothing may be told of its ticket in this chat any more: only the number is left, and nobody writes there."""
    stub = TicketTopic(number, is_open=False)
    if row.payload != pack(stub):
        withdraw(unit, row, stub)


def leave_in_peace(unit: UnitOfWork, chat_id: int, how_long: timedelta) -> None:
    """The platform would not open one here: no other is asked for meanwhile. Made an admin, the desk asks at once."""
    unit.chats.get(chat_id).no_topics_until = unit.now + how_long


def _few_words(ticket: Ticket) -> str:
    """How it was told, without the place, which stands before it, and without phones."""
    words = ticket.words.replace(ticket.place, " ", 1) if ticket.place else ticket.words
    return " ".join(without_phones(words).split())[:WORDS].strip(" ,，。;；:：、")
