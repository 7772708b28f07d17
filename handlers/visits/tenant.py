"""The tenant agrees on a visit, by a tap or in words; what is said beyond that is heard like anything else."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers import cards, follow_up, keeping, steps, waiting
from handlers.answering import answer
from handlers.hearing import Heard
from handlers.notifications.hours import Slot, slot_key
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_tenant import VisitAsked, VisitCalledOff, VisitPassedOn, VisitProposed, VisitReminder
from handlers.scene import Outcome, Scene
from handlers.speaking import change
from handlers.steps import Step
from handlers.understanding.understanding import Sense
from handlers.understanding.visit_answers import Answer, VisitAnswer, visit_answer_of
from handlers.visits import agreeing
from handlers.visits.slots import read_slot, slot_of, wall
from storage.models import OutboxRow, Ticket, Visit
from storage.visit_vocabulary import VisitState
from storage.vocabulary import ChatRole, Disposition, Kind, Side, TicketState

QUESTIONS = (VisitProposed.__name__, VisitAsked.__name__, VisitReminder.__name__)
ASKED_FOR = timedelta(days=3)
"""How long words without a reply may still answer such a question."""
LONGEST, SURE, UNASKED, UNASKED_LATIN = 60, 24, 10, 20
"""Characters of such an answer: fewer of words that sound like a request of their own, and of what is said in a room
to nobody, so that neighbours' talk pays next to nothing.
"""
AMONG_OTHERS = frozenset({Sense.URGING, Sense.STILL_BROKEN})
"""What these say is never about an hour."""


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """That suits me; another time; or one of the hours that were offered."""
    if verb != "visit" or row.ticket_id is None:
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    live = scene.unit.visits.find_live(ticket.id)
    if not ticket.is_open or ticket.reporter_id != scene.person.id:
        return _settled(ticket, row)
    what, _, named = choice.partition("=")
    if what in ("yes", "other"):
        if live is None or live.id != int(named):
            return _settled(ticket, row)
        waiting.tenant_spoke(scene.unit, ticket)
        if what == "other":
            _ask_other(scene, ticket, live, row)
        elif live.state is VisitState.AGREED or live.side is Side.TENANT:
            return _settled(ticket, row)
        else:
            _agree(scene, ticket, live)
            change(scene.unit, row.id, agreeing.agreed_in(scene, ticket, live, scene.chat), row.language)
        return _recorded(ticket, row)
    slot = read_slot(choice, scene.now)
    waiting.tenant_spoke(scene.unit, ticket)
    agreeing.propose(scene, ticket, slot, Side.TENANT)
    change(scene.unit, row.id, VisitPassedOn(ticket.number, *slot, is_private=_is_private(scene)), row.language)
    return _recorded(ticket, row)


def hear(heard: Heard, scene: Scene) -> Outcome | None:
    """ "3点可以", "周六上午行吗": an answer to an hour that was proposed. None for any other words.

    The words are looked at first, so that other messages pay nothing.
    """
    words = heard.event.text
    if heard.event.attached or heard.reading.sense in AMONG_OTHERS or len(words) > _longest(heard, scene):
        return None
    now = wall(scene.site, scene.now)
    answered = visit_answer_of(words, now)
    asked = _find_asked(heard, scene) if answered is not None else None
    if asked is None and answered is not None and answered.answer is Answer.TIME:
        asked = _find_taken(heard, scene)
    if answered is None or asked is None or follow_up.is_solved_told(heard):
        return None
    ticket, visit = asked
    if visit is not None:
        around = visit.starts_at.astimezone(ZoneInfo(scene.site.timezone)).date()
        answered = visit_answer_of(words, now, around) or answered
    return _hear(heard, scene, ticket, visit, answered)


def _longest(heard: Heard, scene: Scene) -> int:
    if scene.chat.role is not ChatRole.ROOM or heard.event.reply_to is not None:
        return SURE if heard.is_sure else LONGEST
    return UNASKED_LATIN if heard.event.text.isascii() else UNASKED


def _hear(heard: Heard, scene: Scene, ticket: Ticket, visit: Visit | None, answered: VisitAnswer) -> Outcome | None:
    """`visit` is what is proposed or agreed; None where the tenant was asked which hour would suit."""
    slot = slot_of(scene.site, answered.named) if answered.named is not None else None
    is_asked = visit is not None and visit.state is VisitState.PROPOSED and visit.side is Side.STAFF
    is_same = visit is not None and slot is not None and _is_same(visit, slot)
    if answered.answer in (Answer.YES, Answer.TIME) and (slot is None or is_same):
        if visit is None or not is_asked:
            return None  # "ok" to what is agreed already is no news
        keeping.write(heard, scene, ticket)
        _agree(scene, ticket, visit)
        answer(heard, scene, agreeing.agreed_in(scene, ticket, visit, scene.chat), ticket)
    elif slot is not None:
        keeping.write(heard, scene, ticket)
        agreeing.propose(scene, ticket, slot, Side.TENANT)
        answer(heard, scene, VisitPassedOn(ticket.number, *slot, is_private=_is_private(scene)), ticket)
    elif visit is None:
        return None
    else:
        keeping.write(heard, scene, ticket)
        is_off = answered.answer is Answer.OFF
        agreeing.refuse(scene.unit, ticket, visit, heard.event.text, is_asked=not is_off)
        hours = (visit.starts_at, visit.ends_at)
        off = VisitCalledOff(ticket.number, *hours, is_theirs=True, is_private=_is_private(scene))
        said = off if is_off else agreeing.ask_when(scene.unit, ticket)
        answer(heard, scene, said, ticket, person_id=scene.person.id)
    return Outcome(Disposition.ADDED, ticket.id, f"visit {answered.answer}")


def _find_asked(heard: Heard, scene: Scene) -> tuple[Ticket, Visit | None] | None:
    """The ticket whose hour these words are about; in a room only what was asked or is answered there."""
    unit, event = scene.unit, heard.event
    replied = unit.outbox.find_by_receipt(scene.chat.id, event.reply_to) if event.reply_to else None
    if replied is None and scene.chat.role is not ChatRole.ROOM:
        live = unit.visits.list_live_of(scene.person.id)
        staffs = [each for each in live if each.state is VisitState.PROPOSED and each.side is Side.STAFF]
        if live:
            found = (staffs or live)[0]
            return unit.tickets.get(found.ticket_id), found
    row = replied or unit.outbox.find_latest_to(scene.chat.id, scene.person.id, QUESTIONS, scene.now - ASKED_FOR)
    if row is None or row.ticket_id is None:
        return None
    ticket = unit.tickets.get(row.ticket_id)
    if not ticket.is_open or ticket.reporter_id != scene.person.id:
        return None
    visit = unit.visits.find_live(ticket.id)
    return (ticket, visit) if visit is not None or row.notification == VisitAsked.__name__ else None


def _find_taken(heard: Heard, scene: Scene) -> tuple[Ticket, None] | None:
    """In private: the one request somebody has taken; an hour named then is a wish for when to come."""
    if scene.chat.role is not ChatRole.PRIVATE or heard.event.reply_to is not None:
        return None
    mine = scene.unit.tickets.list_open_of(scene.person.id)
    taken = [each for each in mine if each.state is TicketState.ACCEPTED and each.kind is Kind.REPAIR]
    return (taken[0], None) if len(taken) == 1 else None


def _is_private(scene: Scene) -> bool:
    return scene.chat.role is not ChatRole.ROOM


def _is_same(visit: Visit, slot: Slot) -> bool:
    """Whether the tenant names the hour that was proposed, or a part of the day that holds it."""
    start, end = slot
    return start == visit.starts_at or (end is not None and start <= visit.starts_at < end)


def _agree(scene: Scene, ticket: Ticket, visit: Visit) -> None:
    steps.enter(scene.unit, ticket, Step.VISIT_AGREED, slot_key((visit.starts_at, visit.ends_at)))
    agreeing.agree(scene.unit, ticket, visit)
    cards.say_under(scene.unit, ticket, agreeing.settled_words(scene.unit, ticket, visit))


def _ask_other(scene: Scene, ticket: Ticket, visit: Visit, row: OutboxRow) -> None:
    """The hours to choose from take the question's place."""
    agreeing.refuse(scene.unit, ticket, visit)
    change(scene.unit, row.id, agreeing.ask_when(scene.unit, ticket), row.language)


def _recorded(ticket: Ticket, row: OutboxRow) -> Outcome:
    toast = Toast(ToastKind.RECORDED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)


def _settled(ticket: Ticket, row: OutboxRow) -> Outcome:
    toast = Toast(ToastKind.SETTLED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, "answered before", toast, row.language)
