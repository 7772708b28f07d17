"""What is said after a ticket was opened: more words, urging, thanks, "still leaking", taking it back."""

from datetime import timedelta

from handlers import callbacks, calling, cards, keeping, rewriting, solved, taking_back
from handlers.answering import answer
from handlers.belonging import is_another, list_meant
from handlers.complaints import guarding
from handlers.hearing import BURST, WORD, Heard
from handlers.notifications.quoting import is_cut
from handlers.notifications.to_duty import TenantSaid, TenantUrges
from handlers.notifications.to_tenant import (
    GrievancePassed,
    Noted,
    PlaceNoted,
    Progress,
    Reopened,
    UrgingPassed,
)
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, react, tell
from handlers.staff_names import told_assignee
from handlers.understanding.asking import asked_about, is_solved
from handlers.understanding.greetings import is_greeting
from handlers.understanding.understanding import Sense
from storage.models import Ticket
from storage.vocabulary import (
    CallbackOutcome,
    ChatRole,
    Disposition,
    EntryKind,
    Kind,
    TicketState,
    Urgency,
)

LONGEST_URGING = 8
"""Words, or Chinese characters, of a mere "any news?"."""
GRIEVANCE_ANSWERED = timedelta(hours=1)
"""How long one kind line is enough."""
URGING_ANSWERED = timedelta(minutes=10)
"""A tenant who asks again sooner than this is counted and seen, and the chat is spared a second answer."""


def hear(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome | None:
    """The reporter answers a message of this ticket. None when these words are a new one: it is over, or they are about
    something else.
    """
    if is_another(heard, scene, ticket):
        return None
    by_sense = _by_sense(heard, scene, ticket)
    if by_sense is not None:
        return by_sense
    return None if heard.is_sure and not ticket.is_open else add(heard, scene, ticket)


def hear_by_sense(heard: Heard, scene: Scene) -> Outcome | None:
    """ "Any news?" names no ticket: the one that fits. None when there is none, and the words stand alone."""
    if heard.reading.sense in (Sense.NEW, Sense.SAME_HERE):
        return _hear_mended(heard, scene) or _hear_again(heard, scene)
    meant = list_meant(heard, scene)
    if heard.reading.sense is Sense.CANCEL:
        meant = [ticket for ticket in meant if ticket.urgency is not Urgency.EMERGENCY] or meant
    if heard.reading.sense is Sense.CANCEL and len(meant) > 1 and meant[0].urgency is not Urgency.EMERGENCY:
        return taking_back.ask_which(heard, scene, meant)
    return _by_sense(heard, scene, meant[0], is_pointed=False) if meant else None


def _hear_mended(heard: Heard, scene: Scene) -> Outcome | None:
    """ "I mended it myself, nobody need come" said to the desk alone."""
    is_said = heard.reading.kind is Kind.CHATTER and scene.chat.role is ChatRole.PRIVATE and is_solved_told(heard)
    meant = list_meant(heard, scene) if is_said else ()
    return solved.tell(heard, scene, meant[0]) if meant else None


def _hear_again(heard: Heard, scene: Scene) -> Outcome | None:
    """The very same words while their ticket is open ask for it again; right away they are only a slip."""
    ticket = scene.unit.tickets.find_open_with_words(scene.person.id, heard.event.text) if heard.is_sure else None
    if ticket is None:
        return None
    is_slip = scene.now - ticket.opened_at <= BURST and not solved.is_told(scene, ticket)
    return _note(heard, scene, ticket) if is_slip else urge(heard, scene, ticket)


def _by_sense(heard: Heard, scene: Scene, ticket: Ticket, *, is_pointed: bool = True) -> Outcome | None:
    """`is_pointed`: the words answer a message of this very ticket."""
    match heard.reading.sense:
        case Sense.URGING | Sense.STILL_BROKEN if ticket.is_open:
            return urge(heard, scene, ticket)
        case Sense.STILL_BROKEN if ticket.state in (TicketState.DONE, TicketState.CLOSED):
            return _reopen(heard, scene, ticket)
        case Sense.THANKS:
            return _thank(heard, scene, ticket, is_pointed=is_pointed)
        case Sense.CANCEL if ticket.is_open:
            return taking_back.cancel(heard, scene, ticket)
        case _:
            return None


def _thank(heard: Heard, scene: Scene, ticket: Ticket, *, is_pointed: bool) -> Outcome | None:
    """ "Fixed, thanks" answers the callback; a bare "thanks" among neighbours is theirs."""
    is_solved = is_solved_told(heard)
    is_ours = is_solved or is_pointed or scene.chat.role is ChatRole.PRIVATE
    if heard.reading.kind is not Kind.CHATTER and heard.is_sure:
        return None  # praise deserves a number of its own
    if ticket.state is TicketState.DONE and is_ours:
        keeping.write(heard, scene, ticket)
        callbacks.record(scene, ticket, CallbackOutcome.FIXED)
        react(scene.unit, scene.chat, heard.event.message_id, SEEN)
        return Outcome(Disposition.ADDED, ticket.id, "thanks")
    if ticket.is_open and is_solved:
        return solved.tell(heard, scene, ticket)
    if not is_ours:
        return None
    return _note(heard, scene, ticket)


def is_solved_told(heard: Heard) -> bool:
    """Whether the words say that it is over."""
    return is_solved(heard.event.text) or any(reason.startswith("resolved:") for reason in heard.reading.reasons)


def place(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """Where the emergency is, as was asked: staff read it, and whoever told it hears that they do."""
    keeping.write(heard, scene, ticket)
    keeping.fill(heard, scene, ticket)
    cards.say_under(scene.unit, ticket, TenantSaid(ticket.number, scene.person.name, heard.event.text))
    answer(heard, scene, PlaceNoted(ticket.number), ticket)
    cards.renew(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id, "place")


def answer_progress(heard: Heard, scene: Scene) -> Outcome | None:
    """ "How's #1001?": its state in one line; None for other words, and for a number that is no ticket of theirs."""
    number = asked_about(heard.event.text)
    ticket = scene.unit.tickets.find_by_number(scene.site.id, number) if number is not None else None
    if ticket is None or ticket.reporter_id != scene.person.id:
        return None
    if ticket.urgency is Urgency.EMERGENCY and ticket.is_open:
        return urge(heard, scene, ticket)
    keeping.write(heard, scene, ticket)
    said = Progress(ticket.number, ticket.trade, ticket.state, told_assignee(scene.unit, ticket))
    answer(heard, scene, said, ticket)
    return Outcome(Disposition.ANSWERED, ticket.id, "progress")


def greet(heard: Heard, scene: Scene) -> Outcome | None:
    """ "Hello, anybody there?" while a request is open is asked of it and tells nothing: how it stands, and staff are
    left alone. None for other words, where nothing is open, and in an emergency, in which it is a call for help.
    """
    mine = scene.unit.tickets.list_open_of(scene.person.id) if is_greeting(heard.event.text) else ()
    if not mine or heard.event.attached or any(ticket.urgency is Urgency.EMERGENCY for ticket in mine):
        return None
    newest = max(mine, key=lambda ticket: ticket.id)
    said = Progress(newest.number, newest.trade, newest.state, told_assignee(scene.unit, newest))
    answer(heard, scene, said)
    return Outcome(Disposition.ANSWERED, reason="a greeting")


def add(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """More words or files for a ticket; whatever they tell that was missing fills the card."""
    words = heard.event.text
    guarding.heed(scene.unit, ticket, words)
    if heard.is_sure:
        solved.withdraw(scene, ticket)
    is_untouched = ticket.state is TicketState.ASSIGNED and ticket.first_answer_at is None
    is_young = scene.now - ticket.opened_at <= BURST and is_untouched  # an answer to staff is told aloud
    keeping.write(heard, scene, ticket)
    keeping.fill(heard, scene, ticket)
    _acknowledge(heard, scene, ticket)
    if words and is_young and ticket.urgency is not Urgency.EMERGENCY:
        ticket.words = f"{ticket.words}\n{words}"  # one burst reads as one card
        if is_cut(ticket.words):
            cards.say_words(scene.unit, ticket, scene.person.name, words)
    elif words:
        cards.say_words(scene.unit, ticket, scene.person.name, words)
    cards.renew(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id)


def correct(heard: Heard, scene: Scene, ticket: Ticket, before: str) -> Outcome:
    """The tenant changed what they had written; until somebody has taken it, the card follows the new words."""
    words = heard.event.text
    guarding.heed(scene.unit, ticket, words)
    is_untaken = ticket.state in (TicketState.RECEIVED, TicketState.ASSIGNED)
    if not (words and is_untaken and before and before in ticket.words):
        if words and ticket.is_open and ticket.urgency is Urgency.EMERGENCY:
            rewriting.move(heard, scene, ticket)  # whoever runs there must not run to the wrong building
        return add(heard, scene, ticket) if words or heard.event.attached else _note(heard, scene, ticket)
    ticket.words = ticket.words.replace(before, words, 1)
    rewriting.follow(heard, scene, ticket)
    ticket.phone = heard.phone or ticket.phone
    keeping.write(heard, scene, ticket)
    keeping.fill(heard, scene, ticket)
    _acknowledge(heard, scene, ticket)
    cards.renew(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id, "edited")


def _note(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """Kept in the thread, worth no sentence to anybody."""
    keeping.write(heard, scene, ticket)
    react(scene.unit, scene.chat, heard.event.message_id, SEEN)
    return Outcome(Disposition.ADDED, ticket.id, heard.reading.sense)


def _acknowledge(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    if scene.chat.role is ChatRole.PRIVATE and heard.event.text:
        tell(scene.unit, scene.chat, Noted(ticket.number), heard.reading.language, ticket_id=ticket.id)
    else:
        react(scene.unit, scene.chat, heard.event.message_id, SEEN)


def urge(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    """Counted and shown to staff each time; answered in words only when the last answer is a while ago."""
    ticket.urge()
    guarding.mind(scene.unit, ticket)
    keeping.write(heard, scene, ticket, EntryKind.URGING)
    if ticket.urgency is Urgency.EMERGENCY:
        keeping.fill(heard, scene, ticket)
        calling.spread(heard, scene, ticket)
        cards.renew(scene.unit, ticket)
        return Outcome(Disposition.ADDED, ticket.id, "calls again")
    is_told = solved.withdraw(scene, ticket)
    since = scene.now - URGING_ANSWERED
    answered = scene.unit.outbox.list_messages(ticket.id, UrgingPassed.__name__)
    is_answered = any(row.created_at > since and row.chat_id == scene.chat.id for row in answered)
    words = heard.event.text if _says_more(heard) else None
    if is_told or is_cut(heard.event.text):
        cards.say_words(scene.unit, ticket, scene.person.name, heard.event.text)
        words = None
    if words or not is_answered:
        cards.say_under(scene.unit, ticket, TenantUrges(ticket.number, ticket.urged, words))
    _answer_urging(heard, scene, ticket, is_answered=is_answered)
    cards.renew(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id, "urging")


def _says_more(heard: Heard) -> bool:
    """Whether an urging holds more than the urging itself: staff read the words, not only their number."""
    return heard.is_sure or _is_grievance(heard) or len(WORD.findall(heard.event.text)) > LONGEST_URGING


def _is_grievance(heard: Heard) -> bool:
    """Whether the words tell of what is not right, or of being cross about it, rather than asking how it stands."""
    is_cross = any(reason.startswith(("blame:", "why:")) for reason in heard.reading.reasons)
    return heard.reading.sense is Sense.STILL_BROKEN or is_cross


def _answer_urging(heard: Heard, scene: Scene, ticket: Ticket, *, is_answered: bool) -> None:
    """How it stands, once in a while. Who is cross, or asks again in private, hears one kind line an hour."""
    unit, assignee = scene.unit, told_assignee(scene.unit, ticket)
    is_kind_word_due = _is_grievance(heard) or (is_answered and scene.chat.role is ChatRole.PRIVATE)
    if not is_kind_word_due and not is_answered:
        answer(heard, scene, UrgingPassed(ticket.number, ticket.state, assignee), ticket)
        return
    person_id, kind = scene.person.id, (GrievancePassed.__name__,)
    since = scene.now - GRIEVANCE_ANSWERED
    if is_kind_word_due and unit.outbox.find_latest_to(scene.chat.id, person_id, kind, since) is None:
        answer(heard, scene, GrievancePassed(ticket.number, assignee), ticket, person_id=person_id)
    else:
        react(unit, scene.chat, heard.event.message_id, SEEN)


def _reopen(heard: Heard, scene: Scene, ticket: Ticket) -> Outcome:
    keeping.write(heard, scene, ticket)
    callbacks.reopen(scene, ticket, CallbackOutcome.NOT_FIXED)
    said = Reopened(ticket.number, told_assignee(scene.unit, ticket))
    answer(heard, scene, said, ticket)
    return Outcome(Disposition.ADDED, ticket.id, "still broken")
