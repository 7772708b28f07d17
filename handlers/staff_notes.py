"""What staff answer to what the desk says to them alone about a ticket: a note among themselves, never the tenant's."""

from handlers.events import MessageReceived
from handlers.notifications.to_duty import (
    AnythingToAdd,
    ChargeKept,
    EscalatedToLead,
    GoesOn,
    HandedToYou,
    LeadAsked,
    NobodyOnDuty,
    OfferedNext,
    PrintLink,
    PromiseBroken,
    PromiseNear,
    ShiftEnds,
    StepLate,
    TakenSilent,
    TenantSilent,
    Toast,
    UnitHistory,
    WereYouThere,
    WhatTime,
    WriteStep,
)
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, react
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Audience, Disposition, EntryKind, Side

AMONG_STAFF = frozenset(
    thing.__name__
    for thing in (
        AnythingToAdd,
        ChargeKept,
        EscalatedToLead,
        GoesOn,
        HandedToYou,
        LeadAsked,
        NobodyOnDuty,
        OfferedNext,
        PrintLink,
        PromiseBroken,
        PromiseNear,
        ShiftEnds,
        StepLate,
        TakenSilent,
        TenantSilent,
        Toast,
        UnitHistory,
        WereYouThere,
        WhatTime,
        WriteStep,
    )
)


def keep(event: MessageReceived, scene: Scene, ticket: Ticket | None, answered: OutboxRow | None) -> Outcome | None:
    """Keep such an answer in the thread; None for what answers something else."""
    if ticket is None or answered is None or answered.notification not in AMONG_STAFF or event.command is not None:
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
