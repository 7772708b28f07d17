"""Staff agree on a visit: hours behind a button of the card, words under it, an answer to the tenant's own proposal."""

from dataclasses import replace

from handlers import answering_taps, authority, cards, steps, waiting
from handlers.notifications import unpack
from handlers.notifications.hours import Slot, slot_key
from handlers.notifications.to_duty import Menu, Toast, ToastKind, WereYouThere, WhatTime
from handlers.notifications.to_tenant import VisitCalledOff
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell, tell_reporter
from handlers.steps import Step
from handlers.understanding.visit_answers import bare_time_of
from handlers.visits import agreeing, reminders
from handlers.visits.slots import read_slot, slot_of, slots_for, wall, wish_of
from storage.models import OutboxRow, Ticket, Visit, WrongState
from storage.visit_vocabulary import VisitState
from storage.vocabulary import Disposition, Side, TicketState


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """`visit` opens the hours; `visit:own` lets staff write one; `visit:yes=7` agrees to the tenant's."""
    if ticket.state is not TicketState.ACCEPTED:
        raise WrongState(ticket, "visit")
    unit, live = scene.unit, scene.unit.visits.find_live(ticket.id)
    match choice.partition("="):
        case ("", _, _):
            return _show_hours(scene, row, ticket)
        case ("own", _, _):
            prompt = WhatTime(ticket.number)
            tell(unit, scene.chat, prompt, row.language, ticket_id=ticket.id, under=row.id, person_id=scene.person.id)
            cards.refresh(unit, ticket)
            return Outcome(Disposition.ANSWERED, ticket.id)
        case ("yes", _, named):
            return _accept(scene, row, ticket, live, int(named))
        case ("phone", _, _):
            return _agree_by_phone(scene, row, ticket, live)
        case ("off", _, _):
            return _call_off(scene, row, ticket, live)
        case _:
            slot = read_slot(choice, scene.now)
            may_not = authority.refuse_to_put_off(scene, ticket, slot[0])
            if may_not is not None:
                return authority.refused(ticket, may_not, row.language)
            agreeing.propose(scene, ticket, slot, Side.STAFF)
            return answering_taps.done(ticket, row, ToastKind.ASKED)


def hear_time(scene: Scene, words: str) -> Slot | None:
    """The hour staff have written for a visit, where the words say nothing more."""
    named = bare_time_of(words, wall(scene.site, scene.now))
    return slot_of(scene.site, named) if named is not None else None


def press_after(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """Were you there? Done opens what may have been done; nobody home tells the tenant kindly."""
    said = unpack(row.notification, row.payload)
    live = scene.unit.visits.find_live(ticket.id)
    if not isinstance(said, WereYouThere):
        return None
    if not ticket.is_open or live is None or live.starts_at != said.starts_at:
        raise WrongState(ticket, "were")
    match choice:
        case "done":
            change(scene.unit, row.id, replace(said, is_reporting=True), row.language)
            return Outcome(Disposition.ANSWERED, ticket.id)
        case "nobody":
            _nobody_home(scene, ticket, live)
        case "not_yet":
            turn = reminders.turn_of(row.key.rpartition(":")[0]) if row.key else 0
            steps.enter_by_staff(scene, ticket, Step.VISIT_NOT_YET)
            reminders.ask_after(scene.unit, ticket, live, turn + 1)
        case _:
            return None
    change(scene.unit, row.id, replace(said, is_over=True), row.language)
    return answering_taps.done(ticket, row, ToastKind.RECORDED)


def _show_hours(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    unit = scene.unit
    card = cards.card_of(unit, ticket, Menu.VISIT)
    shown = replace(card, slots=slots_for(unit, ticket), wish=wish_of(unit, ticket))
    if row.notification == cards.CARD:
        change(unit, row.id, shown, row.language)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _accept(scene: Scene, row: OutboxRow, ticket: Ticket, live: Visit | None, visit_id: int) -> Outcome:
    if live is None or live.id != visit_id or live.state is not VisitState.PROPOSED or live.side is not Side.TENANT:
        cards.refresh(scene.unit, ticket)
        return Outcome(
            Disposition.REFUSED, ticket.id, "visit moved on", Toast(ToastKind.MOVED_ON, ticket.number), row.language
        )
    if (live.ends_at or live.starts_at) <= scene.now:
        raise WrongState(ticket, "visit")
    steps.enter_by_staff(scene, ticket, Step.VISIT_AGREED, slot_key((live.starts_at, live.ends_at)))
    agreeing.agree(scene.unit, ticket, live)
    agreeing.tell_tenant_agreed(scene, ticket, live)
    _show_settled(scene, row, ticket, live)
    return answering_taps.done(ticket, row, ToastKind.RECORDED)


def _agree_by_phone(scene: Scene, row: OutboxRow, ticket: Ticket, live: Visit | None) -> Outcome | None:
    if live is None or live.state is not VisitState.PROPOSED:
        return None
    steps.enter_by_staff(scene, ticket, Step.VISIT_AGREED, slot_key((live.starts_at, live.ends_at)))
    agreeing.agree(scene.unit, ticket, live)
    agreeing.tell_tenant_agreed(scene, ticket, live)
    _show_settled(scene, row, ticket, live)
    return answering_taps.done(ticket, row, ToastKind.RECORDED)


def _show_settled(scene: Scene, row: OutboxRow, ticket: Ticket, visit: Visit) -> None:
    """In the place of the tenant's proposal, where that was tapped."""
    settled = agreeing.settled_words(scene.unit, ticket, visit)
    if row.notification == cards.CARD:
        cards.say_under(scene.unit, ticket, settled)
    else:
        change(scene.unit, row.id, settled, row.language)


def _call_off(scene: Scene, row: OutboxRow, ticket: Ticket, live: Visit | None) -> Outcome | None:
    if live is None:
        return None
    steps.enter_by_staff(scene, ticket, Step.VISIT_OFF, slot_key((live.starts_at, live.ends_at)))
    agreeing.end(scene.unit, ticket)
    said = VisitCalledOff(ticket.number, live.starts_at, live.ends_at)
    if not tell_reporter(scene.unit, ticket, said, replace(said, is_private=False), key=f"visit:{live.id}:off"):
        agreeing.say_untold(scene.unit, ticket)
    cards.refresh(scene.unit, ticket)
    return answering_taps.done(ticket, row, ToastKind.RECORDED)


def _nobody_home(scene: Scene, ticket: Ticket, visit: Visit) -> None:
    unit = scene.unit
    steps.enter_by_staff(scene, ticket, Step.NOBODY_HOME)
    visit.step(VisitState.NOBODY_HOME, scene.now)
    reminders.take_back(unit, ticket.id)
    unit.flush()
    said = agreeing.ask_when(unit, ticket, visit)
    if tell_reporter(unit, ticket, said, replace(said, is_private=False), key=f"visit:{visit.id}:missed"):
        waiting.wait_for_tenant(scene, ticket)
    else:
        agreeing.say_untold(unit, ticket)
    cards.refresh(unit, ticket)
