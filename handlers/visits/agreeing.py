"""The steps of a visit, whoever takes them: proposed, agreed to, called off, over. Each is in the thread."""

from dataclasses import replace

from handlers import cards, steps
from handlers.notifications.hours import Slot, slot_key
from handlers.notifications.to_duty import VisitOff, VisitSettled, VisitUntold, VisitWanted
from handlers.notifications.to_tenant import VisitAgreed, VisitAsked, VisitCalledOff, VisitProposed, VisitReminder
from handlers.scene import Desk, Scene
from handlers.speaking import tell, tell_reporter
from handlers.staff_names import told_assignee
from handlers.steps import Step
from handlers.visits import promised, reminders
from handlers.visits.slots import slots_for
from storage.models import Chat, Ticket, Visit
from storage.unit_of_work import UnitOfWork
from storage.visit_vocabulary import VisitState
from storage.vocabulary import ChatRole, Side

TELLS_HOUR = frozenset(thing.__name__ for thing in (VisitAgreed, VisitProposed, VisitReminder))
TOLD = frozenset(thing.__name__ for thing in (VisitAgreed, VisitAsked, VisitCalledOff, VisitProposed))
"""What staff count on the tenant having read."""


def propose(scene: Scene, ticket: Ticket, slot: Slot, side: Side) -> Visit:
    """Another hour takes the place of the one before; the other side is asked."""
    unit = scene.unit
    before = unit.visits.find_live(ticket.id)
    if before is not None:
        before.step(VisitState.OFF, unit.now)
        _take_back(unit, ticket)
    visit = Visit(
        ticket_id=ticket.id,
        starts_at=slot[0],
        ends_at=slot[1],
        side=side,
        person_id=scene.person.id,
        proposed_at=unit.now,
    )
    unit.visits.add(visit)
    if side is Side.STAFF:
        ticket.first_answer_at = ticket.first_answer_at or unit.now
        steps.enter_by_staff(scene, ticket, Step.VISIT_PROPOSED, slot_key(slot))
        _ask_tenant(unit, ticket, visit)
    else:
        steps.enter(unit, ticket, Step.VISIT_WANTED, slot_key(slot))
        was = (before.starts_at, before.ends_at) if before is not None else None
        name = unit.people.get(ticket.reporter_id).name
        said = VisitWanted(ticket.number, visit.id, name, visit.starts_at, visit.ends_at, was)
        cards.say_under(unit, ticket, said)
    cards.refresh(unit, ticket)
    return visit


def agree(unit: UnitOfWork, ticket: Ticket, visit: Visit) -> None:
    """Both sides have said yes: it stands on the card, and both will be reminded."""
    visit.step(VisitState.AGREED, unit.now)
    unit.flush()
    _take_back(unit, ticket)
    reminders.plan(unit, ticket, visit)
    promised.stand_still(unit, ticket, visit)
    cards.refresh(unit, ticket)


def tell_tenant_agreed(scene: Scene, ticket: Ticket, visit: Visit) -> None:
    """The hour the tenant wished for, or agreed to on the telephone; staff hear where nobody could write it."""
    unit, room = scene.unit, scene.unit.chats.get(ticket.chat_id)
    in_private, in_room = agreed_words(unit, ticket, visit), agreed_in(scene, ticket, visit, room)
    if not tell_reporter(unit, ticket, in_private, in_room, key=f"visit:{visit.id}:agreed"):
        say_untold(unit, ticket)


def say_untold(unit: UnitOfWork, ticket: Ticket, *, is_question: bool = False, key: str | None = None) -> None:
    """Nobody could write to the tenant about the visit: staff are to call."""
    cards.say_under(unit, ticket, VisitUntold(ticket.number, ticket.phone, is_question), key=key)


def agreed_words(unit: UnitOfWork, ticket: Ticket, visit: Visit) -> VisitAgreed:
    """What the tenant hears of it."""
    return VisitAgreed(ticket.number, visit.starts_at, visit.ends_at, told_assignee(unit, ticket))


def agreed_in(scene: Scene, ticket: Ticket, visit: Visit, chat: Chat) -> VisitAgreed:
    """The same as it is said in a chat: in a room without the hour, which is handed over in private."""
    said = agreed_words(scene.unit, ticket, visit)
    if chat.role is not ChatRole.ROOM:
        return said
    return replace(said, is_private=False, open_private=private_link(scene.desk, chat))


def private_link(desk: Desk, room: Chat) -> str | None:
    """What opens the private chat from a room."""
    return desk.deep_link(room.code) if room.code else None


def deliver_waiting(unit: UnitOfWork, private: Chat, person_id: int) -> None:
    """The tenant has opened the private chat: the hours agreed on where they could not be said."""
    for visit in unit.visits.list_live_of(person_id):
        ticket = unit.tickets.get(visit.ticket_id)
        said = [row for row in unit.outbox.list_by_ticket(ticket.id) if row.chat_id == private.id]
        is_told = any(row.notification in TELLS_HOUR and row.created_at >= visit.proposed_at for row in said)
        if visit.state is VisitState.AGREED and not is_told:
            tell(unit, private, agreed_words(unit, ticket, visit), ticket.language, ticket_id=ticket.id)


def settled_words(unit: UnitOfWork, ticket: Ticket, visit: Visit) -> VisitSettled:
    """What staff hear of it, with other visits of the same hands at the same time."""
    assignee = cards.assignee_of(unit, ticket)
    beside = unit.visits.list_beside(visit, ticket.assignee_id) if ticket.assignee_id is not None else ()
    others = tuple((unit.tickets.get(each.ticket_id).number, each.starts_at, each.ends_at) for each in beside)
    place = cards.place_of(unit, ticket)
    return VisitSettled(ticket.number, assignee or "", visit.starts_at, visit.ends_at, place, others)


def refuse(unit: UnitOfWork, ticket: Ticket, visit: Visit, words: str | None = None, *, is_asked: bool = True) -> None:
    """The tenant cannot at that hour; staff see it, and whether the tenant is asked for another."""
    visit.step(VisitState.OFF, unit.now)
    _take_back(unit, ticket)
    steps.enter(unit, ticket, Step.VISIT_REFUSED, slot_key((visit.starts_at, visit.ends_at)))
    name = unit.people.get(ticket.reporter_id).name
    cards.say_under(unit, ticket, VisitOff(ticket.number, name, visit.starts_at, visit.ends_at, words, is_asked))
    cards.refresh(unit, ticket)


def ask_when(unit: UnitOfWork, ticket: Ticket, visit: Visit | None = None) -> VisitAsked:
    """The question to the tenant; with a visit, one that found nobody at home."""
    missed = (visit.starts_at, visit.ends_at) if visit is not None else None
    return VisitAsked(ticket.number, slots_for(unit, ticket), missed)


def end(unit: UnitOfWork, ticket: Ticket, state: VisitState = VisitState.OFF) -> None:
    """The ticket is finished or taken back: nobody comes any more, or somebody came."""
    visit = unit.visits.find_live(ticket.id)
    if visit is not None:
        was_agreed = visit.state is VisitState.AGREED
        visit.step(state if was_agreed else VisitState.OFF, unit.now)
        _take_back(unit, ticket)


def _take_back(unit: UnitOfWork, ticket: Ticket) -> None:
    reminders.take_back(unit, ticket.id)
    promised.run_again(unit, ticket)


def _ask_tenant(unit: UnitOfWork, ticket: Ticket, visit: Visit) -> None:
    worker = told_assignee(unit, ticket)
    said = VisitProposed(ticket.number, visit.id, visit.starts_at, visit.ends_at, worker)
    if not tell_reporter(unit, ticket, said, said, key=f"visit:{visit.id}"):
        say_untold(unit, ticket, is_question=True)
