"""After Done: a photo of how it looks now, where the kind wants one, and what was charged; nothing is forced."""

from dataclasses import replace

from handlers import authority, cards, offers
from handlers.events import MessageReceived
from handlers.hearing import keep_attachments
from handlers.kinds import KINDS
from handlers.notifications import pack, unpack
from handlers.notifications.to_duty import (
    AnythingToAdd,
    ChargeKept,
    MayNot,
    ReadyReport,
    SpendAsked,
    Toast,
    ToastKind,
)
from handlers.notifications.to_tenant import Charged
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, find_private, react, tell
from handlers.steps import Step, enter_by_staff
from handlers.understanding.money import cents_in
from locales.zones import currency_of
from storage.models import Charge, OutboxRow, Ticket
from storage.roster_vocabulary import MemberRole
from storage.vocabulary import AttachmentKind, ChatRole, Disposition, Side, TicketState, Trade

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
    over = replace(said, is_over=True)
    change(scene.unit, row.id, over, row.language)
    row.payload = pack(over)
    toast = Toast(ToastKind.RECORDED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)


def is_over(row: OutboxRow) -> bool:
    """Whether nothing was to be added, so that what is written next is for something else."""
    said = unpack(row.notification, row.payload)
    return isinstance(said, AnythingToAdd) and said.is_over


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
        may_not = authority.refuse_to_charge(scene, ticket, cents)
        if may_not is None:
            _keep_charge(scene, ticket, cents, scene.person.id)
        else:
            _ask_above(scene, ticket, cents, may_not)
    react(scene.unit, scene.chat, event.message_id, SEEN)
    return Outcome(Disposition.ADDED, ticket.id, "after done")


def press_spend(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """Somebody above agrees to an amount, or does not; the newest finish alone can be charged for."""
    said = unpack(row.notification, row.payload)
    if choice not in ("yes", "no") or not isinstance(said, SpendAsked):
        return None
    if said.decided_by is not None or said.round != ticket.round:
        settled = Toast(ToastKind.SETTLED, ticket.number)
        return Outcome(Disposition.ANSWERED, ticket.id, "decided before", settled, row.language)
    may_not = authority.refuse_to_charge(scene, ticket, said.cents)
    if may_not is not None:
        return authority.refused(ticket, may_not, row.language)
    decided = replace(said, decided_by=scene.person.name, is_agreed=choice == "yes")
    change(scene.unit, row.id, decided, row.language)
    row.payload = pack(decided)
    if decided.is_agreed:
        _keep_charge(scene, ticket, said.cents, said.person_id)
    elif scene.chat.role is ChatRole.MANAGER:
        cards.say_under(scene.unit, ticket, decided)
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def _ask_above(scene: Scene, ticket: Ticket, cents: int, may_not: MayNot) -> None:
    """Where whoever may agree reads along: a lead under the card, those above in the managers' chat."""
    unit, currency = scene.unit, currency_of(scene.site.timezone)
    of = (scene.person.name, scene.person.id, ticket.round, may_not.role, may_not.names)
    said = SpendAsked(ticket.number, cents, currency, *of)
    is_lead = may_not.role is MemberRole.LEAD or scene.chat.role is ChatRole.MANAGER
    if not is_lead and offers.tell_managers(unit, ticket, said):
        said = replace(said, is_elsewhere=True)
    tell(unit, scene.chat, said, scene.language, ticket_id=ticket.id)


def _keep_charge(scene: Scene, ticket: Ticket, cents: int, person_id: int) -> None:
    """The newest amount holds. The tenant hears it in private alone: it is nobody else's business."""
    unit, currency = scene.unit, currency_of(scene.site.timezone)
    known = unit.visits.charged(ticket.id, ticket.round)
    if known is not None and known.cents == cents:
        return  # told once more, as with what was done: nobody pays twice
    charge = Charge(
        ticket_id=ticket.id,
        round=ticket.round,
        cents=cents,
        currency=currency,
        at=scene.now,
        person_id=person_id,
    )
    unit.visits.add(charge)
    enter_by_staff(scene, ticket, Step.CHARGED, f"{currency} {cents / 100:.2f}")
    private = None if unit.chats.is_shadow_ticket(ticket.id) else find_private(unit, ticket.reporter_id)
    if private is not None:
        tell(unit, private, Charged(ticket.number, cents, currency), ticket.language, ticket_id=ticket.id)
    kept = ChargeKept(ticket.number, cents, currency, is_told=private is not None)
    if scene.chat.role is ChatRole.MANAGER:
        cards.say_under(unit, ticket, kept)  # those who did the work hear it where their card is
    else:
        tell(unit, scene.chat, kept, scene.language, ticket_id=ticket.id)
