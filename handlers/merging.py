"""Staff say what is the same and what is not: buttons of the card that join tickets, part them, or list them."""

from dataclasses import replace

from handlers import answering_taps, cards, incidents, offers, promises
from handlers.notifications.to_duty import Menu, ToastKind
from handlers.pushes import reminding
from handlers.scene import Outcome, Scene
from handlers.speaking import change
from handlers.steps import Step, enter_by_staff
from storage.models import OutboxRow, Ticket, WrongState
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, TicketState

OFFERED = 6
"""Tickets offered to merge into; more would be a list nobody reads."""
LISTED = 12
"""Reports shown on the card with their words."""


def press(scene: Scene, row: OutboxRow, ticket: Ticket, verb: str, choice: str) -> Outcome | None:
    """A button about who else reported it; `ticket` has the card."""
    if not ticket.is_open:
        raise WrongState(ticket, verb)
    match verb, choice:
        case "reports", "":
            return _open_reports(scene, row, ticket)
        case "merge", "":
            return _offer_to_merge(scene, row, ticket)
        case "merge", _:
            return _merge(scene, row, ticket, _find(scene, int(choice)))
        case "same", "yes" if ticket.perhaps_same_id is not None:
            return _merge(scene, row, ticket, scene.unit.tickets.get(ticket.perhaps_same_id))
        case "same", "no":
            ticket.perhaps_same_id = None
            cards.refresh(scene.unit, ticket)
            return answering_taps.done(ticket, row, ToastKind.RECORDED)
        case "split", _:
            return _split(scene, row, ticket, _find(scene, int(choice)))
        case _:
            return None


def let_go(unit: UnitOfWork, first: Ticket) -> None:
    """The first reporter takes it back, but the neighbours still wait: the next report gets the card."""
    others = [member for member in unit.incidents.list_members(first.id) if member.is_open]
    if not others:
        return
    heir = others[0]
    heir.leave()
    unit.flush()
    for member in others[1:]:
        member.incident_id = heir.id
    unit.flush()
    give_card(unit, heir)


def _open_reports(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    unit = scene.unit
    everybody = (ticket, *unit.incidents.list_members(ticket.id))
    reports = tuple(cards.report_of(unit, each) for each in everybody[-LISTED:])
    change(unit, row.id, replace(cards.card_of(unit, ticket, Menu.REPORTS), reports=reports), row.language)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _offer_to_merge(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    unit = scene.unit
    guarded = unit.complaints.guarded()
    others = [each for each in unit.tickets.list_open(ticket.site_id) if each.id not in (ticket.id, *guarded)]
    if ticket.id in guarded:
        others = []
    likely = sorted(
        (each for each in others if each.incident_id is None and each.urgency.is_at_least(ticket.urgency)),
        key=lambda each: (
            each.building_id != ticket.building_id,
            each.trade is not ticket.trade,
            -each.opened_at.timestamp(),
        ),
    )
    if not likely:
        return answering_taps.done(ticket, row, ToastKind.NOTHING_TO_MERGE)
    reports = tuple(cards.report_of(unit, each) for each in likely[:OFFERED])
    change(unit, row.id, replace(cards.card_of(unit, ticket, Menu.MERGE), reports=reports), row.language)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _merge(scene: Scene, row: OutboxRow, ticket: Ticket, into: Ticket | None) -> Outcome | None:
    """The ticket, with whatever had joined it, becomes a further report of the other."""
    if into is None or into.id == ticket.id:
        return None
    unit, first = scene.unit, incidents.first_of(scene.unit, into)
    if {first.id, ticket.id} & unit.complaints.guarded().keys():
        return None  # what is about somebody of ours stays by itself
    if first.id == ticket.id or not first.urgency.is_at_least(ticket.urgency):
        return None
    members = unit.incidents.list_members(ticket.id)
    incidents.join(unit, ticket, first)
    reminding.stop(unit, ticket)
    for member in members:
        member.incident_id = first.id
        member.keep_step(first)
    unit.flush()
    enter_by_staff(scene, ticket, Step.MERGED, str(first.number))
    cards.refresh(unit, ticket)
    return answering_taps.done(first, row, ToastKind.JOINED)


def _split(scene: Scene, row: OutboxRow, first: Ticket, member: Ticket | None) -> Outcome | None:
    if member is None or member.incident_id != first.id:
        return None
    member.leave()
    scene.unit.flush()
    enter_by_staff(scene, member, Step.SPLIT, str(first.number))
    give_card(scene.unit, member)
    cards.refresh(scene.unit, first)
    return answering_taps.done(member, row, ToastKind.SPLIT)


def give_card(unit: UnitOfWork, ticket: Ticket) -> None:
    """It goes its own way from here: the card it once had, or a new one, and a clock of its own."""
    if ticket.is_open and ticket.finish_due_at is None:
        promises.count(unit, ticket)  # the others may wait for parts; it does not
    else:
        promises.watch(unit, ticket)
    if cards.standing(unit, ticket):
        cards.refresh(unit, ticket)
    elif ticket.group is not None and ticket.is_open:
        offers.post_to_group(unit, ticket, ticket.group)
    if ticket.state is TicketState.ASSIGNED:
        reminding.plan(unit, ticket, offered_again=True)


def _find(scene: Scene, number: int) -> Ticket | None:
    found = scene.unit.tickets.find_by_number(scene.site.id, number)
    return scene.unit.tickets.get(found.id) if found is not None else None
