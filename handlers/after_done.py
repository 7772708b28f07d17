"""After Done: a photo of how it looks now, where the kind wants one, and what was charged; nothing is forced."""

from dataclasses import replace

from handlers.events import MessageReceived
from handlers.hearing import keep_attachments
from handlers.kinds import KINDS
from handlers.notifications import unpack
from handlers.notifications.to_duty import AnythingToAdd, ChargeKept, ReadyReport, Toast, ToastKind
from handlers.notifications.to_tenant import Charged
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, find_private, react, tell
from handlers.steps import Step, enter_by_staff
from handlers.understanding.money import cents_in
from locales.zones import currency_of
from storage.models import Charge, OutboxRow, Ticket
from storage.vocabulary import AttachmentKind, Disposition, Side, TicketState, Trade

NOTHING_DONE = frozenset({ReadyReport.NOTHING_FOUND, ReadyReport.ANSWERED, ReadyReport.ARRANGED})
"""After these there is neither a picture nor a bill."""
UNSEEN = frozenset({Trade.NOISE, Trade.NETWORK, Trade.GAS})
AS_LONG_AS_A_ROOM = 4
"""Digits that alone, and as an answer to nothing, are rather a room or a ticket than an amount."""
PICTURES = (AttachmentKind.PHOTO, AttachmentKind.VIDEO)


def ask(
    scene: Scene, row: OutboxRow | None, ticket: Ticket, report: ReadyReport | None, *, has_photo: bool = False
) -> None:
    """One message for whoever finished it, where its kind wants pictures."""
    if not KINDS[ticket.kind].wants_photos or report in NOTHING_DONE:
        return
    files = scene.unit.attachments.list_by_ticket(ticket.id)
    wants_photo = ticket.trade not in UNSEEN and not has_photo
    said = AnythingToAdd(ticket.number, wants_photo, wants_before=not any(each.kind in PICTURES for each in files))
    tell(
        scene.unit,
        scene.chat,
        said,
        scene.language,
        ticket_id=ticket.id,
        under=row.id if row is not None else None,
        person_id=scene.person.id,
        key=f"add:{ticket.id}:{ticket.round}",
    )


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """Nothing to add."""
    said = unpack(row.notification, row.payload)
    if choice != "skip" or not isinstance(said, AnythingToAdd):
        return None
    change(scene.unit, row.id, replace(said, is_over=True), row.language)
    toast = Toast(ToastKind.RECORDED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)


def hear(event: MessageReceived, scene: Scene, ticket: Ticket) -> Outcome | None:
    """A photo or an amount from whoever was asked; None for any other talk."""
    is_number = event.reply_to is None and event.text.strip().isdigit() and len(event.text.strip()) >= AS_LONG_AS_A_ROOM
    cents = cents_in(event.text) if event.text and not is_number else None
    is_photo = any(each.kind in PICTURES for each in event.attached)
    if ticket.state not in (TicketState.DONE, TicketState.CLOSED) or not (is_photo or cents is not None):
        return None
    if is_photo:
        keep_attachments(event, scene, ticket, Side.STAFF)
        enter_by_staff(scene, ticket, Step.PHOTO)
    if cents is not None:
        _keep_charge(scene, ticket, cents)
    react(scene.unit, scene.chat, event.message_id, SEEN)
    return Outcome(Disposition.ADDED, ticket.id, "after done")


def _keep_charge(scene: Scene, ticket: Ticket, cents: int) -> None:
    """The newest amount holds. The tenant hears it in private alone: it is nobody else's business."""
    unit, currency = scene.unit, currency_of(scene.site.timezone)
    charge = Charge(
        ticket_id=ticket.id,
        round=ticket.round,
        cents=cents,
        currency=currency,
        at=scene.now,
        person_id=scene.person.id,
    )
    unit.visits.add(charge)
    enter_by_staff(scene, ticket, Step.CHARGED, f"{currency} {cents / 100:.2f}")
    private = None if unit.chats.is_shadow_ticket(ticket.id) else find_private(unit, ticket.reporter_id)
    if private is not None:
        tell(unit, private, Charged(ticket.number, cents, currency), ticket.language, ticket_id=ticket.id)
    kept = ChargeKept(ticket.number, cents, currency, is_told=private is not None)
    tell(unit, scene.chat, kept, scene.language, ticket_id=ticket.id)
