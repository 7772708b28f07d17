"""Leaves things to say in the outbox. Handlers speak only through here, and nothing is sent before their commit."""

from datetime import datetime

from handlers.complaints import concerns
from handlers.notifications import Notification, pack
from storage.models import Chat, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Lane, Operation

SEEN = "👀"
DELIVERED = "👌"


def tell(
    unit: UnitOfWork,
    chat: Chat,
    notification: Notification,
    language: str,
    *,
    ticket_id: int | None = None,
    lane: Lane | None = None,
    reply_to: str | None = None,
    under: int | None = None,
    person_id: int | None = None,
    entry_id: int | None = None,
    attachment_id: int | None = None,
    key: str | None = None,
    due_at: datetime | None = None,
    needs_id: bool = False,
) -> int | None:
    """Say something in a chat, unless the same key was said before, or the room is in the shadow.

    `reply_to` is a platform's message id, `under` one of our own rows, which need not have been sent yet.
    Returns the outbox row's id only to one who `needs_id`: then the row cannot be written together with others.
    """
    if unit.chats.is_silent(chat, ticket_id) or concerns.is_hidden(unit, chat, ticket_id):
        return None
    topic_id = _topic_for(unit, chat, ticket_id, under) if chat.is_forum else None
    if topic_id is None and unit.asked is not None and unit.asked[0] == chat.id:
        reply_to = reply_to or unit.asked[1]
    write = unit.outbox.add if needs_id else unit.outbox.say
    return write(
        chat_id=chat.id,
        notification=type(notification).__name__,
        payload=pack(notification),
        language=language,
        created_at=unit.now,
        due_at=due_at or unit.now,
        # An upload may take as long as a call may: no emergency stands in line behind a file.
        lane=(lane or notification.lane) if attachment_id is None else Lane.NORMAL,
        ticket_id=ticket_id,
        reply_to=reply_to,
        target_id=under,
        person_id=person_id,
        entry_id=entry_id,
        attachment_id=attachment_id,
        key=key,
        topic_id=topic_id,
    )


def change(unit: UnitOfWork, outbox_id: int, notification: Notification, language: str) -> None:
    """Let a message of ours say something else: in the queue where it still waits, else by an edit."""
    row = unit.outbox.get(outbox_id)
    chat = unit.chats.get(row.chat_id)
    if unit.chats.is_silent(chat, row.ticket_id) or concerns.is_hidden(unit, chat, row.ticket_id):
        return
    _replace(unit, row, notification, language)


def withdraw(unit: UnitOfWork, row: OutboxRow, stub: Notification) -> None:
    """Let a message say nothing of its ticket any more, in a chat that may not even hear of the change."""
    _replace(unit, row, stub, row.language)
    row.notification, row.payload = type(stub).__name__, pack(stub)  # a late tap finds no button of it


def _replace(unit: UnitOfWork, row: OutboxRow, notification: Notification, language: str) -> None:
    name, payload = type(notification).__name__, pack(notification)
    if unit.outbox.replace_waiting(row.id, name, payload, language):
        return
    unit.outbox.add(
        chat_id=row.chat_id,
        notification=name,
        payload=payload,
        language=language,
        created_at=unit.now,
        due_at=unit.now,
        lane=row.lane,
        operation=Operation.EDIT,
        target_id=row.id,
        ticket_id=row.ticket_id,
        person_id=row.person_id,
    )


def _topic_for(unit: UnitOfWork, chat: Chat, ticket_id: int | None, under: int | None) -> int | None:
    """The ticket's own topic, else that of what is said above it: a further report's lines stand with the first's."""
    row = unit.outbox.find_topic(ticket_id, chat.id) if ticket_id is not None else None
    if row is not None:
        return row.id
    above = unit.outbox.find(under) if under is not None else None
    return above.topic_id if above is not None else None


def react(unit: UnitOfWork, chat: Chat, message_id: str, emoji: str, *, lane: Lane = Lane.NORMAL) -> None:
    """Put a reaction on somebody's message; where the channel has none, silence says the same."""
    if unit.chats.is_silent(chat, None):
        return
    unit.outbox.add(
        chat_id=chat.id,
        notification="Reaction",
        payload=emoji,
        language="",
        created_at=unit.now,
        due_at=unit.now,
        lane=lane,
        operation=Operation.REACT,
        reply_to=message_id,
    )


def find_private(unit: UnitOfWork, person_id: int) -> Chat | None:
    """A person's private chat, if the desk may write there."""
    chat = unit.chats.find_private(person_id)
    return chat if chat is not None and chat.is_open else None


def tell_reporter(
    unit: UnitOfWork, ticket: Ticket, in_private: Notification, in_room: Notification, key: str | None = None
) -> bool:
    """Tell the one who reported: in private where possible, else in the room they spoke in.

    False where neither is, and for a ticket from a room in the shadow.
    """
    if unit.chats.is_shadow_ticket(ticket.id):
        return False
    person = ticket.reporter_id
    private = find_private(unit, person)
    if private is not None:
        tell(unit, private, in_private, ticket.language, ticket_id=ticket.id, person_id=person, key=key)
        return True
    room = unit.chats.get(ticket.chat_id)
    if room.role is not ChatRole.ROOM or not room.is_open:
        return False
    tell(
        unit,
        room,
        in_room,
        ticket.language,
        ticket_id=ticket.id,
        reply_to=ticket.message_id,
        person_id=person,
        key=key,
    )
    return True


def language_of(unit: UnitOfWork, chat: Chat) -> str:
    """What to speak in a duty or manager chat."""
    if chat.language:
        return chat.language
    return unit.sites.get(chat.site_id).language if chat.site_id else "en"
