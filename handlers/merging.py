"""Staff say what is the same and what is not: buttons of the card that join tickets, part them, or list them."""

from dataclasses import replace

from handlers import answering_taps, authority, cards, incidents, offers, promises
from handlers.complaints import unnamed
from handlers.kinds import KINDS
from handlers.notifications.to_duty import Menu, ToastKind
from handlers.notifications.to_tenant import Joined, Taken
from handlers.pushes import reminding, silence
from handlers.scene import Outcome, Scene
from handlers.sight import sight_of
from handlers.speaking import change, tell_reporter
from handlers.staff_names import told_assignee, told_name
from handlers.steps import Step, enter_by_staff
from storage.models import OutboxRow, Ticket, WrongState
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, Kind, TicketState

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
    sight, alone = sight_of(unit, scene.chat, scene.site.id), _stay_alone(unit)
    likely = sorted(
        (
            each
            for each in unit.tickets.list_open(ticket.site_id)
            if each.incident_id is None and sight.sees(each) and _may_be_one(unit, ticket, each, alone)
        ),
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
    if not _may_be_one(unit, ticket, first, _stay_alone(unit)):
        return None
    is_other = ticket.kind not in (first.kind, Kind.COMPLAINT)  # a complaint stays one
    may_not = authority.refuse_to_reclassify(scene, ticket) if is_other else None
    if may_not is not None:
        return authority.refused(ticket, may_not, row.language)
    members = unit.incidents.list_members(ticket.id)
    _carry(unit, ticket, first)
    incidents.join(unit, ticket, first)
    reminding.stop(unit, ticket)
    for member in members:
        member.incident_id = first.id
        member.keep_step(first)
    unit.flush()
    enter_by_staff(scene, ticket, Step.MERGED, str(first.number))
    _tell_joined(scene, ticket, first)
    cards.refresh(unit, ticket)
    return answering_taps.done(first, row, ToastKind.JOINED)


def _stay_alone(unit: UnitOfWork) -> frozenset[int]:
    """What is about somebody of ours: it may be shown to few, and joins nothing."""
    return frozenset(unit.complaints.guarded())


def _may_be_one(unit: UnitOfWork, ticket: Ticket, first: Ticket, alone: frozenset[int]) -> bool:
    """Whether it may become a report of the first: work does not wait for the steps of a complaint, and where somebody
    stays unnamed, nothing of anybody else's may say who it is.
    """
    if ticket.id == first.id or not alone.isdisjoint((ticket.id, first.id)):
        return False
    if KINDS[first.kind].steps and not KINDS[ticket.kind].steps:
        return False
    if not first.urgency.is_at_least(ticket.urgency):
        return False
    return not any(unnamed.is_unnamed(unit.chats.get(each.chat_id)) for each in (ticket, first))


def _carry(unit: UnitOfWork, ticket: Ticket, first: Ticket) -> None:
    """Nobody waits longer for having been joined: whoever has it keeps it, and the sooner promise holds."""
    if ticket.state is TicketState.ACCEPTED and first.state is not TicketState.ACCEPTED and ticket.assignee_id:
        first.keep_step(ticket)
        promises.count(unit, first)
        reminding.stop(unit, first)
        silence.plan(unit, first)
        taken = Taken(first.number, told_name(unit, first, ticket.assignee_id))
        tell_reporter(unit, first, taken, taken)
    promises.hold_the_sooner(unit, first, ticket)
    promises.end_pauses(unit, ticket)


def _tell_joined(scene: Scene, ticket: Ticket, first: Ticket) -> None:
    """Whoever told it hears with whom it goes on, unless the other report is their own."""
    unit = scene.unit
    together = (first, *unit.incidents.list_members(first.id))
    tellers = {each.reporter_id for each in together}
    if any(each.reporter_id == ticket.reporter_id for each in together if each.id != ticket.id):
        return
    said = Joined((ticket.number,), len(tellers), first.group, told_assignee(unit, ticket))
    tell_reporter(unit, ticket, said, said)


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
    elif ticket.state is TicketState.ACCEPTED:
        silence.plan(unit, ticket)


def _find(scene: Scene, number: int) -> Ticket | None:
    found = scene.unit.tickets.find_by_number(scene.site.id, number)
    return scene.unit.tickets.get(found.id) if found is not None else None
