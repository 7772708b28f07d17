"""Is it really fixed? One tap or one word records; not fixed goes back to the same hands, more urgent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import callback_groups, cards, incidents, merging, neighbours, promises
from handlers.complaints import steps as complaint_steps
from handlers.kinds import KINDS
from handlers.notifications import Notification
from handlers.notifications.to_duty import NotFixed, Toast, ToastKind
from handlers.notifications.to_tenant import RATINGS, CallbackCheck, Job, RatePlease, RatingThanked, Reopened
from handlers.pushes import silence
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell_reporter
from handlers.staff_names import told_assignee
from handlers.surveys import invitation
from handlers.understanding.likeness import SUPPLY
from storage.models import Callback, OutboxRow, Site, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Audience, CallbackOutcome, CloseReason, Disposition, EntryKind, Side, TicketState

PUSHES = ("callback_check", "callback_reminder", "callback_silence")


def plan(unit: UnitOfWork, ticket: Ticket) -> None:
    """After a finish: when to ask. A kind that asks nobody is closed at once."""
    after = KINDS[ticket.kind].callback_after
    if after is None:
        ticket.close(CloseReason.ANSWERED, unit.now)
        return
    due = out_of_quiet_hours(unit.sites.get(ticket.site_id), unit.now + after)
    unit.pushes.plan("callback_check", key_of(ticket), due, ticket_id=ticket.id)


def out_of_quiet_hours(site: Site, at: datetime) -> datetime:
    """The same moment, or the end of the quiet hours it falls into; equal hours mean that none are quiet."""
    local = at.astimezone(ZoneInfo(site.timezone))
    clock, start, end = local.time(), site.quiet_from, site.quiet_until
    if start <= end:
        is_quiet, days = start <= clock < end, 0
    else:
        is_quiet, days = clock >= start or clock < end, int(clock >= start)
    if not is_quiet:
        return at
    return datetime.combine(local.date() + timedelta(days=days), end, local.tzinfo)


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """A button of the question or of the stars that take its place."""
    if row.ticket_id is None:
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    match verb:
        case "callback":
            return _hear_outcome(scene, row, ticket, CallbackOutcome(choice))
        case "rate" if int(choice) in RATINGS:
            return _rate(scene, row, ticket, int(choice))
        case _:
            return None


def press_together(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """A button of a question about several jobs: of one of them, or of whatever the one who tapped has told of."""
    said, tickets = callback_groups.checks_in(row), scene.unit.tickets
    found = [(job, tickets.find_by_number(scene.site.id, job.number)) for job in said.jobs]
    mine = [(job, ticket) for job, ticket in found if ticket is not None and ticket.reporter_id == scene.person.id]
    if not mine:
        toast = Toast(ToastKind.NOT_FOR_YOU)
        return Outcome(Disposition.REFUSED, row.ticket_id, "somebody else's question", toast, row.language)
    if verb == "rate" and int(choice) in RATINGS:
        return _rate_all(scene, row, [ticket for _, ticket in mine], int(choice))
    which, _, value = choice.partition("=")
    outcome = CallbackOutcome(value)
    meant = [(job, ticket) for job, ticket in mine if which in ("mine", str(job.number))]
    if verb != "callback" or not meant:
        return None
    ends = [_hear_outcome(scene, row, tickets.get(ticket.id), outcome, job) for job, ticket in meant]
    return next((end for end in ends if end.reason is None), ends[0])


def _rate_all(scene: Scene, row: OutboxRow, tickets: Sequence[Ticket], rating: int) -> Outcome:
    """One to five for every job of the message that was fixed, once."""
    rated = False
    for ticket in tickets:
        callback = scene.unit.afterwards.find_callback(ticket.id, ticket.round)
        if callback is not None and callback.outcome is CallbackOutcome.FIXED and callback.rating is None:
            callback.rating, rated = rating, True
            cards.refresh(scene.unit, ticket)
    if not rated:
        return Outcome(Disposition.REFUSED, row.ticket_id, "nothing to rate", Toast(ToastKind.SETTLED), row.language)
    scene.unit.flush()
    callback_groups.keep_up(scene.unit, tickets[0], rating)
    recorded = Toast(ToastKind.RECORDED, tickets[0].number)
    return Outcome(Disposition.ANSWERED, tickets[0].id, toast=recorded, language=row.language)


def record(scene: Scene, ticket: Ticket, outcome: CallbackOutcome, row: OutboxRow | None = None) -> None:
    """Write the tenant's word on this finish, by tap or in words, and do what follows."""
    _write(scene, ticket, outcome)
    _stop_asking(scene.unit, ticket)
    row = row or _find_question(scene.unit, ticket)
    if outcome is not CallbackOutcome.FIXED:
        _back_to_work(scene, ticket, outcome, row)
        return
    ticket.close(CloseReason.CONFIRMED, scene.now)
    complaint_steps.ended(scene.unit, ticket)
    _enter(scene, ticket, outcome)
    please = RatePlease(ticket.number)
    if row is not None:
        _show(scene, ticket, row, please)
    else:
        tell_reporter(scene.unit, ticket, please, please, key=f"rate:{ticket.id}:{ticket.round}")
    cards.refresh(scene.unit, ticket)
    invitation.plan(scene, ticket)


def reopen(scene: Scene, ticket: Ticket, outcome: CallbackOutcome) -> None:
    """The tenant says in words that it is not fixed, whether asked or not."""
    callback = _check_of(scene, ticket)
    if callback.outcome is None:
        callback.outcome, callback.answered_at = outcome, scene.now
    _stop_asking(scene.unit, ticket)
    _back_to_work(scene, ticket, outcome, _find_question(scene.unit, ticket))


def key_of(ticket: Ticket) -> str:
    """Which finish of which ticket a question is about; old questions keep the key of theirs."""
    return f"callback:{ticket.id}:{ticket.round}"


def round_of(row: OutboxRow) -> int:
    """The finish a question was about."""
    return int((row.key or "").split(":")[2])


def _hear_outcome(
    scene: Scene, row: OutboxRow, ticket: Ticket, outcome: CallbackOutcome, job: Job | None = None
) -> Outcome:
    """One answer per finish. After silence closed it, a late answer still counts."""
    asked = round_of(row) if job is None else job.round
    callback = scene.unit.afterwards.find_callback(ticket.id, asked)
    is_answered = callback is None or callback.outcome is not None or asked != ticket.round
    was_silent = ticket.state is TicketState.CLOSED and ticket.close_reason is CloseReason.WITHOUT_ANSWER
    if is_answered or not (ticket.state is TicketState.DONE or was_silent):
        settled = Toast(ToastKind.SETTLED, ticket.number)
        return Outcome(Disposition.ANSWERED, ticket.id, "answered before", settled, row.language)
    if was_silent:
        _hear_late(scene, row, ticket, outcome)
    else:
        record(scene, ticket, outcome, row)
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def _hear_late(scene: Scene, row: OutboxRow, ticket: Ticket, outcome: CallbackOutcome) -> None:
    _write(scene, ticket, outcome)
    if outcome is not CallbackOutcome.FIXED:
        _back_to_work(scene, ticket, outcome, row)
        return
    ticket.close_reason = CloseReason.CONFIRMED
    _enter(scene, ticket, outcome)
    _show(scene, ticket, row, RatePlease(ticket.number))
    cards.refresh(scene.unit, ticket)


def _rate(scene: Scene, row: OutboxRow, ticket: Ticket, rating: int) -> Outcome:
    """One to five, once; a second tap changes nothing."""
    callback = scene.unit.afterwards.find_callback(ticket.id, round_of(row))
    if callback is None or callback.outcome is not CallbackOutcome.FIXED:
        return Outcome(Disposition.REFUSED, ticket.id, "nothing to rate", Toast(ToastKind.SETTLED), row.language)
    if callback.rating is None:
        callback.rating = rating
        change(scene.unit, row.id, RatingThanked(ticket.number, rating), row.language)
        cards.refresh(scene.unit, ticket)
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def _write(scene: Scene, ticket: Ticket, outcome: CallbackOutcome) -> None:
    callback = _check_of(scene, ticket)
    callback.outcome, callback.answered_at = outcome, scene.now


def _check_of(scene: Scene, ticket: Ticket) -> Callback:
    """The check of the newest finish; made now when the tenant speaks before being asked."""
    checks = scene.unit.afterwards
    found = checks.find_callback(ticket.id, ticket.round)
    return found or checks.add_callback(ticket.id, ticket.round, ticket.reporter_id)


def _find_question(unit: UnitOfWork, ticket: Ticket) -> OutboxRow | None:
    """The newest question about this finish that stands on a screen."""
    together = callback_groups.find_message(unit, ticket)
    if together is not None:
        return together
    asked = unit.outbox.list_messages(ticket.id, CallbackCheck.__name__)
    return next((row for row in reversed(asked) if round_of(row) == ticket.round), None)


def _back_to_work(scene: Scene, ticket: Ticket, outcome: CallbackOutcome, row: OutboxRow | None) -> None:
    ticket.reopen()
    complaint_steps.reopened(scene.unit, ticket)
    promises.promise(scene.unit, ticket, since=scene.now)
    silence.plan(scene.unit, ticket)
    _enter(scene, ticket, outcome)
    assignee = cards.assignee_of(scene.unit, ticket)
    _reopen_for_neighbours(scene.unit, ticket)
    if row is not None:
        _show(scene, ticket, row, Reopened(ticket.number, told_assignee(scene.unit, ticket)))
    reporter = cards.report_of(scene.unit, ticket) if ticket.shared else None
    cards.say_under(scene.unit, ticket, NotFixed(ticket.number, outcome, assignee, reporter))
    cards.refresh(scene.unit, ticket)


def _reopen_for_neighbours(unit: UnitOfWork, ticket: Ticket) -> None:
    """What all of them share is open for all again; what comes into each flat is, for all we know, out in this one."""
    first = incidents.first_of(unit, ticket)
    if ticket.shared in SUPPLY:
        if ticket.incident_id is not None and not first.is_open:
            ticket.leave()
            unit.flush()
            merging.give_card(unit, ticket)
        return
    again = neighbours.reopen(unit, ticket, first)
    for each in again:
        each.finish_due_at, each.promised_from = ticket.finish_due_at, ticket.promised_from
        complaint_steps.reopened(unit, each)
        promises.watch(unit, each)
        _stop_asking(unit, each)
    neighbours.tell_reopened(unit, again, first)


def _show(scene: Scene, ticket: Ticket, row: OutboxRow, said: Notification) -> None:
    """What follows takes the question's place; a question about several jobs stays until all are answered."""
    if row.notification == callback_groups.MESSAGE:
        scene.unit.flush()
        callback_groups.keep_up(scene.unit, ticket)
    else:
        change(scene.unit, row.id, said, row.language)


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
