"""The work is done, says staff: the ticket, whoever reported the same, the visit, and what is asked afterwards."""

from handlers import after_done, callbacks, cards, neighbours
from handlers.complaints import steps as complaint_steps
from handlers.notifications.to_duty import ReadyReport, ready_report
from handlers.pushes import reminding
from handlers.scene import Scene
from handlers.visits import agreeing
from locales import Voice
from storage.models import OutboxRow, Ticket
from storage.visit_vocabulary import VisitState
from storage.vocabulary import Audience, EntryKind, Side


def report(scene: Scene, row: OutboxRow, ticket: Ticket, what: ReadyReport) -> None:
    """Done, with what was done in one tap."""
    finish(scene, ticket, ready_report(Voice(ticket.language), what))
    after_done.ask(scene, row, ticket, what)


def finish(scene: Scene, ticket: Ticket, words: str) -> None:
    """For everybody who reported it; each is told, and asked later whether it is really fixed."""
    ticket.finish(scene.person.id, scene.now)
    ticket.done_words = words or None
    agreeing.end(scene.unit, ticket, VisitState.KEPT)
    reminding.stop(scene.unit, ticket)
    who = (EntryKind.REPORT, Side.STAFF, Audience.REPORTER)
    scene.unit.tickets.add_entry(ticket.id, scene.now, *who, words, person_id=scene.person.id, inbox_id=scene.inbox_id)
    finished = (ticket, *neighbours.finish(scene.unit, ticket, scene.person.id))
    for each in finished[1:]:
        agreeing.end(scene.unit, each)  # what they were to come for is done
    neighbours.tell_finished(scene.unit, finished)
    for each in finished:
        complaint_steps.finished(scene.unit, each)
        callbacks.plan(scene.unit, each)
    cards.refresh(scene.unit, ticket)
