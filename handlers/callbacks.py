"""Is it really fixed? One tap records; not fixed goes back to the same hands, more urgent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import cards
from handlers.kinds import KINDS
from handlers.notifications.to_duty import NotFixed, Toast, ToastKind
from handlers.notifications.to_tenant import RatePlease, RatingThanked, Reopened
from handlers.scene import Outcome, Scene
from handlers.speaking import change, language_of, tell, tell_reporter
from handlers.surveys import invitation
from storage.models import Callback, OutboxRow, Site, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Audience, CallbackOutcome, CloseReason, Disposition, EntryKind, Side, TicketState

PUSHES = ("callback_check", "callback_reminder", "callback_silence")
MESSAGE = "CallbackCheck"


def plan(unit: UnitOfWork, ticket: Ticket) -> None:
    """After a finish: when to ask. A kind that asks nobody is closed at once."""
    after = KINDS[ticket.kind].callback_after
    if after is None:
        ticket.close(CloseReason.CONFIRMED, unit.now)
        return
    due = out_of_quiet_hours(unit.sites.get(ticket.site_id), unit.now + after)
    unit.pushes.plan("callback_check", key_of(ticket), due, ticket_id=ticket.id)


def out_of_quiet_hours(site: Site, at: datetime) -> datetime:
    """The same moment, or the next morning when that is night at the site."""
    local = at.astimezone(ZoneInfo(site.timezone))
    clock = local.time()
    if site.quiet_until <= clock < site.quiet_from:
        return at
    day = local.date() + timedelta(days=1) if clock >= site.quiet_from else local.date()
    return datetime.combine(day, site.quiet_until, local.tzinfo)


def press(scene: Scene, row: OutboxRow, outcome: CallbackOutcome) -> Outcome:
    """The tenant taps an outcome."""
    ticket = _ticket(scene, row)
    callback = scene.unit.afterwards.find_callback(ticket.id, round_of(row))
    is_current = ticket.state is TicketState.DONE and round_of(row) == ticket.round
    if not is_current or callback is None or callback.outcome is not None:
        return _late(scene, row, ticket, outcome)
    record(scene, ticket, outcome, row)
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def _late(scene: Scene, row: OutboxRow, ticket: Ticket, outcome: CallbackOutcome) -> Outcome:
    """After silence closed it, a bad answer still opens it again, and a good one is still recorded."""
    said = Toast(ToastKind.RECORDED, ticket.number)
    callback = scene.unit.afterwards.find_callback(ticket.id, round_of(row))
    was_silence = ticket.close_reason is CloseReason.WITHOUT_ANSWER and round_of(row) == ticket.round
    if not was_silence or callback is None or callback.outcome is not None:
        return Outcome(
            Disposition.ANSWERED, ticket.id, "answered before", Toast(ToastKind.MOVED_ON, ticket.number), row.language
        )
    callback.outcome, callback.answered_at = outcome, scene.now
    if outcome is CallbackOutcome.FIXED:
        ticket.close_reason = CloseReason.CONFIRMED
        change(scene.unit, row.id, RatePlease(ticket.number), row.language)
        cards.refresh(scene.unit, ticket)
    else:
        _back_to_work(scene, ticket, outcome, row)
    return Outcome(Disposition.ANSWERED, ticket.id, "late", said, row.language)


def record(scene: Scene, ticket: Ticket, outcome: CallbackOutcome, row: OutboxRow | None = None) -> None:
    """Write the tenant's word on this finish, by tap or in words, and do what follows."""
    callback = _check_of(scene, ticket)
    callback.outcome, callback.answered_at = outcome, scene.now
    _stop_asking(scene.unit, ticket)
    if outcome is not CallbackOutcome.FIXED:
        _back_to_work(scene, ticket, outcome, row)
        return
    ticket.close(CloseReason.CONFIRMED, scene.now)
    _enter(scene, ticket, outcome)
    if row is not None:
        change(scene.unit, row.id, RatePlease(ticket.number), row.language)
    else:
        question = RatePlease(ticket.number)
        tell_reporter(scene.unit, ticket, question, question, key=key_of(ticket) + ":rate")
    cards.refresh(scene.unit, ticket)
    invitation.plan(scene, ticket)


def reopen(scene: Scene, ticket: Ticket, outcome: CallbackOutcome) -> None:
    """The tenant says in words that it is not fixed, whether asked or not."""
    callback = _check_of(scene, ticket)
    if callback.outcome is None:
        callback.outcome, callback.answered_at = outcome, scene.now
    _stop_asking(scene.unit, ticket)
    _back_to_work(scene, ticket, outcome, None)


def rate(scene: Scene, row: OutboxRow, rating: int) -> Outcome:
    """One to five, once; a second tap changes nothing."""
    ticket = _ticket(scene, row)
    callback: Callback | None = scene.unit.afterwards.find_callback(ticket.id, ticket.round)
    if callback is not None and callback.rating is None:
        callback.rating = rating
        change(scene.unit, row.id, RatingThanked(ticket.number, rating), row.language)
        cards.refresh(scene.unit, ticket)
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def key_of(ticket: Ticket) -> str:
    """Which finish of which ticket a question is about; old questions keep the key of theirs."""
    return f"callback:{ticket.id}:{ticket.round}"


def round_of(row: OutboxRow) -> int:
    """The finish a question was about."""
    return int((row.key or "").split(":")[2])


def _check_of(scene: Scene, ticket: Ticket) -> Callback:
    """The check of the newest finish; made now when the tenant speaks before being asked."""
    checks = scene.unit.afterwards
    found = checks.find_callback(ticket.id, ticket.round)
    return found or checks.add_callback(ticket.id, ticket.round, ticket.reporter_id)


def _back_to_work(scene: Scene, ticket: Ticket, outcome: CallbackOutcome, row: OutboxRow | None) -> None:
    ticket.reopen()
    ticket.finish_due_at = scene.now + KINDS[ticket.kind].finish_within[ticket.urgency]
    _enter(scene, ticket, outcome)
    assignee = cards.assignee_of(scene.unit, ticket)
    if row is not None:
        change(scene.unit, row.id, Reopened(ticket.number, assignee), row.language)
    for card in scene.unit.outbox.list_messages(ticket.id, cards.CARD):
        chat = scene.unit.chats.get(card.chat_id)
        said = NotFixed(ticket.number, outcome, assignee)
        tell(scene.unit, chat, said, language_of(scene.unit, chat), ticket_id=ticket.id, under=card.id)
    cards.refresh(scene.unit, ticket)


def _stop_asking(unit: UnitOfWork, ticket: Ticket) -> None:
    for push in PUSHES:
        unit.pushes.cancel(push, ticket.id)


def _enter(scene: Scene, ticket: Ticket, outcome: CallbackOutcome) -> None:
    scene.unit.tickets.add_entry(
        ticket.id,
        scene.now,
        EntryKind.STEP,
        Side.TENANT,
        Audience.REPORTER,
        outcome,
        person_id=ticket.reporter_id,
        inbox_id=scene.inbox_id,
    )


def _ticket(scene: Scene, row: OutboxRow) -> Ticket:
    if row.ticket_id is None:
        raise LookupError("a callback message without a ticket")
    return scene.unit.tickets.get(row.ticket_id)
