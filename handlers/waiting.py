"""Nobody here can go on: a ticket waits for the tenant or for parts, its clock stands still, and everybody sees why."""

from handlers import cards, incidents, neighbours, promises, steps
from handlers.complaints import limits
from handlers.kinds import KINDS
from handlers.notifications.to_duty import GoesOn, Menu, Toast, ToastKind
from handlers.notifications.to_tenant import WaitsForParts
from handlers.scene import Outcome, Scene
from handlers.speaking import tell_reporter
from handlers.steps import Step, enter_by_staff
from storage.models import OutboxRow, Pause, Ticket, WrongState
from storage.roster_vocabulary import WaitsFor
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome:
    """`wait` opens the choice, `wait:parts` makes it, `wait:over` ends it."""
    if not ticket.is_open:
        raise WrongState(ticket, "wait")
    if not choice:
        cards.refresh(scene.unit, ticket, menu=Menu.WAIT, only=row.id)
        return Outcome(Disposition.ANSWERED, ticket.id)
    if choice == "over":
        if ticket.waits_for is not None:
            enter_by_staff(scene, ticket, Step.GOES_ON)
            _go_on(scene.unit, ticket)
    else:
        _wait(scene, ticket, WaitsFor(choice))
    cards.refresh(scene.unit, ticket)
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def tenant_spoke(unit: UnitOfWork, ticket: Ticket) -> None:
    """What the desk waited for has come, whichever way; staff see it and the clock runs again."""
    if not ticket.is_open or ticket.waits_for is not WaitsFor.TENANT:
        return
    first = incidents.first_of(unit, ticket)
    steps.enter(unit, first, Step.GOES_ON)
    _go_on(unit, first)
    cards.say_under(unit, first, GoesOn(first.number))
    cards.refresh(unit, first)


def wait_for_tenant(scene: Scene, ticket: Ticket) -> None:
    """The tenant has been asked something the work needs."""
    if ticket.is_open:
        _wait(scene, ticket, WaitsFor.TENANT)


def tenant_is_silent(unit: UnitOfWork, ticket: Ticket) -> None:
    """They have had their time: it is with us again."""
    if ticket.waits_for is WaitsFor.TENANT:
        steps.enter(unit, ticket, Step.GOES_ON)
        _go_on(unit, ticket)


def _go_on(unit: UnitOfWork, ticket: Ticket) -> None:
    """The clock runs again from where it stood."""
    ticket.waits_for = None
    promises.end_pauses(unit, ticket)
    promises.count(unit, ticket)
    _recount_step(unit, ticket)
    neighbours.follow(unit, ticket)


def _recount_step(unit: UnitOfWork, ticket: Ticket) -> None:
    if KINDS[ticket.kind].steps:
        limits.recount(unit, ticket)


def _wait(scene: Scene, ticket: Ticket, what: WaitsFor) -> None:
    if ticket.waits_for is what:
        return
    if ticket.waits_for is not None:
        promises.end_pauses(scene.unit, ticket)
    ticket.wait(what)
    scene.unit.rosters.add(Pause(ticket_id=ticket.id, waits_for=what, since=scene.now))
    ticket.first_answer_at = ticket.first_answer_at or scene.now
    enter_by_staff(scene, ticket, Step.WAITS, what)
    _recount_step(scene.unit, ticket)
    neighbours.follow(scene.unit, ticket)
    if what is WaitsFor.PARTS:
        for each in (ticket, *scene.unit.incidents.list_members(ticket.id)):
            said = WaitsForParts(each.number)
            tell_reporter(scene.unit, each, said, said, key=f"parts:{each.id}:{scene.inbox_id}")
