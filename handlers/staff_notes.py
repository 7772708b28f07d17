"""What staff answer to what the desk says to them alone about a ticket: a note among themselves, never the tenant's."""

from handlers.events import MessageReceived
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
from storage.vocabulary import Audience, Disposition, EntryKind, Side

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


def keep(event: MessageReceived, scene: Scene, ticket: Ticket | None, answered: OutboxRow | None) -> Outcome | None:
    """Keep such an answer in the thread; None for what answers something else."""
    if ticket is None or answered is None or answered.notification in FOR_THE_TENANT or event.command is not None:
        return None
    if event.text and ticket.site_id == scene.site.id:
        scene.unit.tickets.add_entry(
            ticket.id,
            scene.now,
            EntryKind.NOTE,
            Side.STAFF,
            Audience.STAFF,
            event.text,
            person_id=scene.person.id,
            inbox_id=scene.inbox_id,
        )
        react(scene.unit, scene.chat, event.message_id, SEEN)
    # Without the ticket's id: a later edit must find nothing that it could carry to the tenant.
    return Outcome(Disposition.IGNORED, reason="a note among staff")
