"""What staff answer to what the desk says to them alone about a ticket: a note among themselves, never the tenant's."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers import undoing
from handlers.events import Command, MessageReceived
from handlers.hearing import BURST, find_replied_to, keep_attachments
from handlers.notifications.to_duty import (
    CardBelow,
    FileLost,
    FileOf,
    HowToNote,
    NotDelivered,
    NotFixed,
    TenantAnswered,
    TenantSaid,
    TenantSaidMuch,
    TenantSaysSolved,
    TenantUrges,
    TicketCard,
    VisitWanted,
    WhatToAsk,
    WhatWasDone,
    WholeTicket,
)
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, react, tell
from storage.models import InboxRow, OutboxRow, Ticket
from storage.vocabulary import COMMAND, Audience, Disposition, EntryKind, Operation, Side

NAME = "note"
KEPT = "a note among staff"
"""The reason such a message ends with; never with the ticket's id, so that a later edit finds nothing it could carry
to the tenant."""
_BY_SLASH = re.compile(r"\s*[/／]+\s*(?:note(?![a-z0-9_])|备注|備註)(?:@\w+)?[\s:：]*(.*)", re.IGNORECASE | re.DOTALL)
_BY_COLON = re.compile(r"\s*(?:note|备注|備註)\s*[:：]\s*(.*)", re.IGNORECASE | re.DOTALL)

FOR_THE_TENANT = frozenset(
    thing.__name__
    for thing in (
        CardBelow,
        FileLost,
        FileOf,
        NotDelivered,
        NotFixed,
        TenantAnswered,
        TenantSaid,
        TenantSaidMuch,
        TenantSaysSolved,
        TenantUrges,
        TicketCard,
        VisitWanted,
        WhatToAsk,
        WhatWasDone,
        WholeTicket,
    )
)
"""What staff answer in words for the tenant: the card, what the tenant said, what asks for words. Under anything else
words stay here: a message that somebody forgot to name is better kept from the tenant than told."""


def as_command(event: MessageReceived, *, is_reply: bool = False) -> MessageReceived:
    """`/note` as hands write it: full-width, under a photo where no channel takes commands, or "note: …" in a reply."""
    meant = _BY_SLASH.fullmatch(event.text)
    if meant is None and (is_reply or event.reply_to is not None):
        meant = _BY_COLON.fullmatch(event.text)
    return event if meant is None else replace(event, command=Command(NAME, meant[1].strip()))


def obey(event: MessageReceived, scene: Scene) -> Outcome | None:
    """`/note` under anything of a ticket, or in its topic; elsewhere it is told how. None for what is no note."""
    if event.command is None or event.command.name != NAME:
        return _follow_album(event, scene)
    ticket, words = _ticket_of(event, scene), event.command.argument
    if ticket is None and not _BY_SLASH.fullmatch(event.text):
        return None  # "note: …" to a colleague
    if ticket is None or ticket.site_id != scene.site.id or not (words or event.attached):
        tell(scene.unit, scene.chat, HowToNote(), scene.language, reply_to=event.message_id)
        return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}{NAME}")
    _take_back_album(event, scene, ticket)
    return write(event, scene, ticket, words)


def keep_talk(event: MessageReceived, scene: Scene) -> Outcome | None:
    """What staff say among themselves in a ticket's own topic is a note of it; None for talk elsewhere."""
    ticket_id = _topic_ticket(event, scene)
    if ticket_id is None or not event.text or event.command is not None:
        return None
    return _enter(scene, ticket_id, event.text)


def keep(event: MessageReceived, scene: Scene, ticket: Ticket | None, answered: OutboxRow | None) -> Outcome | None:
    """Keep such an answer in the thread; None for what answers something else."""
    if ticket is None or answered is None or answered.notification in FOR_THE_TENANT or event.command is not None:
        return None
    if (event.text or event.attached) and ticket.site_id == scene.site.id:
        return write(event, scene, ticket, event.text)
    return Outcome(Disposition.IGNORED, reason=KEPT)


def write(event: MessageReceived, scene: Scene, ticket: Ticket, words: str) -> Outcome:
    """Kept in the thread, with whatever came along, and shown to no tenant."""
    keep_attachments(event, scene, ticket, Side.STAFF)
    react(scene.unit, scene.chat, event.message_id, SEEN)
    return _enter(scene, ticket.id, words)


def _follow_album(event: MessageReceived, scene: Scene) -> Outcome | None:
    """Of an album's pictures one carries the words: where those were a note, so are the others."""
    if event.album is None or event.command is not None:
        return None
    ticket = find_replied_to(event, scene).ticket
    if ticket is None or not any(row.reason == KEPT for row in _album(event, scene)):
        return None
    return write(event, scene, ticket, event.text)


def _take_back_album(event: MessageReceived, scene: Scene, ticket: Ticket) -> None:
    """Its pictures that came before the words went to the tenant as any other."""
    before = {row.id for row in _album(event, scene)} if event.album is not None else set()
    for entry in scene.unit.tickets.list_entries(ticket.id) if before else ():
        if entry.kind is EntryKind.REPLY and entry.inbox_id in before and entry.person_id == scene.person.id:
            undoing.take_back(scene, undoing.everywhere(scene.unit, ticket, entry))


def _album(event: MessageReceived, scene: Scene) -> Sequence[InboxRow]:
    return scene.unit.inbox.list_album(scene.chat.id, scene.person.id, event.album or "", scene.now - BURST)


def _ticket_of(event: MessageReceived, scene: Scene) -> Ticket | None:
    ticket = find_replied_to(event, scene).ticket
    topic_ticket = _topic_ticket(event, scene) if ticket is None else None
    return scene.unit.tickets.get(topic_ticket) if topic_ticket is not None else ticket


def _topic_ticket(event: MessageReceived, scene: Scene) -> int | None:
    """Whose own topic it was said in."""
    opened = scene.unit.outbox.find_by_receipt(scene.chat.id, event.topic) if event.topic is not None else None
    return opened.ticket_id if opened is not None and opened.operation is Operation.OPEN_TOPIC else None


def _enter(scene: Scene, ticket_id: int, words: str) -> Outcome:
    scene.unit.tickets.add_entry(
        ticket_id,
        scene.now,
        EntryKind.NOTE,
        Side.STAFF,
        Audience.STAFF,
        words,
        person_id=scene.person.id,
        inbox_id=scene.inbox_id,
    )
    return Outcome(Disposition.IGNORED, reason=KEPT)
