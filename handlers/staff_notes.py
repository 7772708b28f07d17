"""What staff answer to what the desk says to them alone about a ticket: a note among themselves, never the tenant's."""

from handlers.events import MessageReceived
from handlers.hearing import keep_attachments
from handlers.notifications.to_duty import (
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
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, react
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Audience, Disposition, EntryKind, Operation, Side

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


def keep_talk(event: MessageReceived, scene: Scene) -> Outcome | None:
    """What staff say among themselves in a ticket's own topic is a note of it; None for talk elsewhere."""
    opened = scene.unit.outbox.find_by_receipt(scene.chat.id, event.topic) if event.topic is not None else None
    if opened is None or opened.operation is not Operation.OPEN_TOPIC or opened.ticket_id is None:
        return None
    if not event.text or event.command is not None:
        return None
    return _write(event, scene, opened.ticket_id)


def keep(event: MessageReceived, scene: Scene, ticket: Ticket | None, answered: OutboxRow | None) -> Outcome | None:
    """Keep such an answer in the thread; None for what answers something else."""
    if ticket is None or answered is None or answered.notification in FOR_THE_TENANT or event.command is not None:
        return None
    if (event.text or event.attached) and ticket.site_id == scene.site.id:
        keep_attachments(event, scene, ticket, Side.STAFF)
        react(scene.unit, scene.chat, event.message_id, SEEN)
        return _write(event, scene, ticket.id)
    return Outcome(Disposition.IGNORED, reason="a note among staff")


def _write(event: MessageReceived, scene: Scene, ticket_id: int) -> Outcome:
    scene.unit.tickets.add_entry(
        ticket_id,
        scene.now,
        EntryKind.NOTE,
        Side.STAFF,
        Audience.STAFF,
        event.text,
        person_id=scene.person.id,
        inbox_id=scene.inbox_id,
    )
    # Without the ticket's id: a later edit must find nothing that it could carry to the tenant.
    return Outcome(Disposition.IGNORED, reason="a note among staff")
