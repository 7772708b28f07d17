"""Work that changes hands within a group, or is said to go on in the same."""

from handlers import answering_taps, cards, neighbours
from handlers.notifications.to_duty import ToastKind
from handlers.scene import Outcome, Scene
from handlers.steps import Step, enter_by_staff
from storage.models import OutboxRow, Ticket, WrongState
from storage.vocabulary import TicketState


def press(scene: Scene, row: OutboxRow, ticket: Ticket, verb: str) -> Outcome:
    """`take_over` by a colleague; `keep` and `on_it` by whoever has it."""
    if ticket.state is not TicketState.ACCEPTED:
        raise WrongState(ticket, verb)
    is_theirs = ticket.assignee_id == scene.person.id
    if verb == "take_over" and not is_theirs:
        before = cards.assignee_of(scene.unit, ticket)
        ticket.take_over(scene.person.id)
        neighbours.follow(scene.unit, ticket)
        enter_by_staff(scene, ticket, Step.TAKEN_OVER, before or "")
        cards.refresh(scene.unit, ticket)
        return answering_taps.done(ticket, row, ToastKind.YOURS)
    if not is_theirs:
        return answering_taps.done(ticket, row, ToastKind.NOT_FOR_YOU)
    enter_by_staff(scene, ticket, Step.KEPT)
    return answering_taps.done(ticket, row, ToastKind.RECORDED)
