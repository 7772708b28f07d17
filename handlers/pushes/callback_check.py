"""After a finish: ask whether it is really fixed, once more a day later, and close without an answer after two."""

from collections.abc import Sequence
from datetime import timedelta

from handlers import callback_groups, callbacks, cards, steps
from handlers.complaints import steps as complaint_steps
from handlers.notifications.to_tenant import CallbackCheck
from handlers.pushes.push import ScheduledPush
from handlers.registering import unreached
from handlers.scene import Desk
from handlers.speaking import tell_reporter
from handlers.steps import Step
from storage.models import Push, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import CloseReason, TicketState

REMIND_AFTER = timedelta(days=1)
CLOSE_AFTER = timedelta(days=1)


def ask(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """The first question; of a tenant without a chat, to the desk, which calls."""
    unwritten = _find_waiting(unit, push)
    if unwritten is not None and unreached.ask_desk(unit, unwritten):
        _plan(unit, unwritten, "callback_silence", REMIND_AFTER + CLOSE_AFTER)
        return
    together = _gather(unit, push)
    if not together:
        return
    is_asked = _ask(unit, together, is_reminder=False)
    for ticket in together:
        callback = unit.afterwards.find_callback(ticket.id, ticket.round) or unit.afterwards.add_callback(
            ticket.id, ticket.round, ticket.reporter_id
        )
        if is_asked:
            callback.sent_at = unit.now
            _plan(unit, ticket, "callback_reminder", REMIND_AFTER)
        else:
            _plan(unit, ticket, "callback_silence", CLOSE_AFTER)  # there is nowhere to ask, and nothing was asked


def remind(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """The one reminder."""
    together = _gather(unit, push)
    if not together:
        return
    _ask(unit, together, is_reminder=True)
    for ticket in together:
        _plan(unit, ticket, "callback_silence", CLOSE_AFTER)


def close(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Silence closes, and never counts as satisfied."""
    ticket = _find_waiting(unit, push)
    if ticket is None:
        return
    ticket.close(CloseReason.WITHOUT_ANSWER, unit.now)
    complaint_steps.ended(unit, ticket)
    steps.enter(unit, ticket, Step.CLOSED_UNANSWERED)
    cards.refresh(unit, ticket)


def _gather(unit: UnitOfWork, push: Push) -> Sequence[Ticket]:
    """The ticket with all that are asked about together; none where nothing waits, or more is due later today."""
    ticket = _find_waiting(unit, push)
    if ticket is None:
        return ()
    together, at = callback_groups.list_together(unit, ticket, push.kind)
    if at > unit.now:
        key = f"{push.kind}:at{at:%H%M%S}:{ticket.id}:{ticket.round}"
        unit.pushes.plan(push.kind, key, at, ticket_id=ticket.id)
        return ()
    for other in together:
        unit.pushes.cancel(push.kind, other.id)
    return together


def _find_waiting(unit: UnitOfWork, push: Push) -> Ticket | None:
    """The ticket, if it still waits for the answer to this very finish."""
    if push.ticket_id is None:
        return None
    ticket = unit.tickets.get(push.ticket_id)
    round_ = int(push.key.rpartition(":")[2])
    return ticket if ticket.state is TicketState.DONE and ticket.round == round_ else None


def _ask(unit: UnitOfWork, together: Sequence[Ticket], *, is_reminder: bool) -> bool:
    """False when neither the private chat nor the room takes the question."""
    ticket, *others = together
    again = ":again" if is_reminder else ""
    if others:
        return callback_groups.ask(unit, together, f"{callbacks.key_of(ticket)}:all{again}", is_reminder=is_reminder)
    if ticket.done_at is None:
        raise LookupError("a finished ticket without the time of its finish")
    building = unit.sites.find_building(ticket.building_id)
    in_private = CallbackCheck(ticket.number, ticket.trade, cards.place_of(unit, ticket), ticket.done_at, is_reminder)
    in_room = CallbackCheck(
        ticket.number, ticket.trade, building.name if building else None, ticket.done_at, is_reminder
    )
    return tell_reporter(unit, ticket, in_private, in_room, key=callbacks.key_of(ticket) + again)


def _plan(unit: UnitOfWork, ticket: Ticket, kind: str, after: timedelta) -> None:
    due = callbacks.out_of_quiet_hours(unit.sites.get(ticket.site_id), unit.now + after)
    unit.pushes.plan(kind, f"{kind}:{ticket.id}:{ticket.round}", due, ticket_id=ticket.id)


CALLBACK_CHECK = ScheduledPush("callback_check", ask)
CALLBACK_REMINDER = ScheduledPush("callback_reminder", remind)
CALLBACK_SILENCE = ScheduledPush("callback_silence", close)
