"""Staff take a complaint from step to step: buttons of its card, and words they write when asked for them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from handlers import answering_taps, cards, prompts, waiting
from handlers.complaints import asking, concerns, limits, together
from handlers.events import MessageReceived
from handlers.hearing import keep_attachments
from handlers.notifications import pack, unpack
from handlers.notifications.to_duty import Menu, StepWords, Toast, ToastKind, WriteStep
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, react, tell
from storage.complaint_vocabulary import Affected, ComplaintStep, Weight
from storage.models import Complaint, OutboxRow, Ticket, WrongState, WrongStep
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Audience, Disposition, EntryKind, Kind, Side, TicketState

PROMPT = WriteStep.__name__
OWN_WORDS = timedelta(minutes=15)
"""How long after a tap the same person's next words are meant, also without replying."""
MAY_WRITE = {
    StepWords.ACCOUNT: (ComplaintStep.CONFIRM,),
    StepWords.FINDING: (ComplaintStep.INVESTIGATE, ComplaintStep.PROPOSE),
    StepWords.PROPOSAL: (ComplaintStep.PROPOSE, ComplaintStep.ANSWER),
    StepWords.SUMMARY: (ComplaintStep.SUMMARISE,),
}
"""At which steps each is wanted."""


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """A button of a step; one whose step is over is answered kindly."""
    if ticket.kind is not Kind.COMPLAINT or ticket.state is TicketState.CANCELLED:
        raise WrongState(ticket, choice)
    name, _, value = choice.partition("=")
    complaint = scene.unit.complaints.of(ticket)
    try:
        match name:
            case "weigh":
                return _open(scene, row, ticket, Menu.WEIGH)
            case "weight":
                complaint.weigh(weight=Weight(value))
                return _weighed(scene, row, ticket, complaint)
            case "affected":
                complaint.weigh(affected=Affected(value))
                return _weighed(scene, row, ticket, complaint)
            case "as_written":
                _go(scene, ticket, StepWords.ACCOUNT, ticket.words)
                _settle(scene, row, WriteStep(ticket.number, StepWords.ACCOUNT))
            case "confirmed":
                complaint.confirm(scene.now)
                asking.settle(scene.unit, ticket, is_yes=True)
                _step(scene, ticket, complaint)
            case "agreed":
                complaint.accept(scene.now)
                asking.settle(scene.unit, ticket, is_yes=True)
                _step(scene, ticket, complaint)
            case _:
                return _prompt(scene, row, ticket, complaint, StepWords(name))
    except WrongStep as wrong:
        raise WrongState(ticket, choice) from wrong
    return answering_taps.done(ticket, row, ToastKind.RECORDED)


def hear_words(event: MessageReceived, scene: Scene) -> Outcome | None:
    """The words somebody was asked for by a step; None for all others."""
    prompt = _find_prompt(event, scene)
    if prompt is None or prompt.ticket_id is None:
        return None
    ticket, said = scene.unit.tickets.get(prompt.ticket_id), unpack(prompt.notification, prompt.payload)
    if ticket.site_id != scene.site.id or not isinstance(said, WriteStep) or not event.text:
        return None
    if concerns.is_hidden(scene.unit, scene.chat, ticket.id):
        return None
    keep_attachments(event, scene, ticket, Side.STAFF)
    if ticket.state is TicketState.CANCELLED:
        return _too_late(event, scene, ticket, prompt, said)
    try:
        _go(scene, ticket, said.what, event.text)
        _settle(scene, prompt, said)
    except WrongStep:
        return _too_late(event, scene, ticket, prompt, said)
    react(scene.unit, scene.chat, event.message_id, SEEN)
    return Outcome(Disposition.IGNORED, ticket.id, f"{said.what} of a complaint")


def finished(unit: UnitOfWork, ticket: Ticket) -> None:
    """Staff say that it is done."""
    _follow(unit, ticket, lambda complaint: complaint.finish(unit.now))
    asking.settle(unit, ticket, is_yes=None)


def ended(unit: UnitOfWork, ticket: Ticket) -> None:
    """The callback has closed it."""
    _follow(unit, ticket, lambda complaint: complaint.end(unit.now))
    together.file_with_first(unit, ticket)


def reopened(unit: UnitOfWork, ticket: Ticket) -> None:
    """The tenant says that it is not settled."""
    _follow(unit, ticket, lambda complaint: complaint.reopen(unit.now))


def _follow(unit: UnitOfWork, ticket: Ticket, step: Callable[[Complaint], None]) -> None:
    if ticket.kind is not Kind.COMPLAINT:
        return
    complaint = unit.complaints.of(ticket)
    try:
        step(complaint)
    except WrongStep:
        return  # it had another kind when it went this way
    limits.begin(unit, ticket, complaint)


def _go(scene: Scene, ticket: Ticket, what: StepWords, words: str) -> None:
    """Words for a step have come: it is taken, and whoever reads them gets them."""
    unit, complaint = scene.unit, scene.unit.complaints.of(ticket)
    match what:
        case StepWords.ACCOUNT:
            complaint.ask_account(words, scene.now)
            asking.ask(scene, ticket, complaint, _enter(scene, ticket, EntryKind.QUESTION, Audience.REPORTER, words))
        case StepWords.FINDING:
            complaint.find(words, scene.now)
            _enter(scene, ticket, EntryKind.NOTE, Audience.STAFF, words)
        case StepWords.PROPOSAL:
            complaint.propose(words, scene.now)
            asking.settle(unit, ticket, is_yes=None)
            asking.ask(scene, ticket, complaint, _enter(scene, ticket, EntryKind.QUESTION, Audience.REPORTER, words))
        case StepWords.SUMMARY:
            complaint.file(words, scene.now)
            _enter(scene, ticket, EntryKind.NOTE, Audience.STAFF, words)
            together.file_those_joined(unit, ticket, words)
    if complaint.is_asked:
        ticket.first_answer_at = ticket.first_answer_at or scene.now
        limits.begin(unit, ticket, complaint)
        waiting.wait_for_tenant(scene, ticket)
        cards.refresh(unit, ticket)
    else:
        _step(scene, ticket, complaint)


def _too_late(event: MessageReceived, scene: Scene, ticket: Ticket, prompt: OutboxRow, said: WriteStep) -> Outcome:
    """The step is over: the words are kept among staff, and whoever wrote them hears that they go no further."""
    prompt.payload = pack(replace(said, is_written=True))
    _enter(scene, ticket, EntryKind.NOTE, Audience.STAFF, event.text)
    moved_on = Toast(ToastKind.MOVED_ON, ticket.number)
    tell(scene.unit, scene.chat, moved_on, scene.language, ticket_id=ticket.id, reply_to=event.message_id)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.REFUSED, reason="a step that is over")


def _step(scene: Scene, ticket: Ticket, complaint: Complaint) -> None:
    limits.begin(scene.unit, ticket, complaint)
    waiting.tenant_is_silent(scene.unit, ticket)
    ticket.first_answer_at = ticket.first_answer_at or scene.now
    cards.refresh(scene.unit, ticket)


def _weighed(scene: Scene, row: OutboxRow, ticket: Ticket, complaint: Complaint) -> Outcome:
    """The menu stays until both are chosen."""
    if not complaint.is_asked and ticket.waits_for is None:
        limits.begin(scene.unit, ticket, complaint)
    is_whole = complaint.weight is not None and complaint.affected is not None
    cards.refresh(scene.unit, ticket)
    if not is_whole:
        _open(scene, row, ticket, Menu.WEIGH)
    return answering_taps.done(ticket, row, ToastKind.RECORDED)


def _prompt(scene: Scene, row: OutboxRow, ticket: Ticket, complaint: Complaint, what: StepWords) -> Outcome:
    if complaint.step not in MAY_WRITE[what]:
        raise WrongStep(complaint, what)
    prompt = WriteStep(ticket.number, what)
    tell(scene.unit, scene.chat, prompt, row.language, ticket_id=ticket.id, under=row.id, person_id=scene.person.id)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _settle(scene: Scene, prompt: OutboxRow, said: WriteStep) -> None:
    """The words have come: nothing is waited for under it any more."""
    done = replace(said, is_written=True)
    change(scene.unit, prompt.id, done, prompt.language)
    prompt.payload = pack(done)


def _find_prompt(event: MessageReceived, scene: Scene) -> OutboxRow | None:
    """What these words answer: the prompt replied to, else the newest this person was given just now."""
    outbox = scene.unit.outbox
    if event.command is not None:
        return None
    if event.reply_to is not None:
        row = outbox.find_by_receipt(scene.chat.id, event.reply_to)
        return row if row is not None and row.notification == PROMPT and _is_open(row) else None
    if event.is_to_another or not event.text:
        return None
    prompt = prompts.find_newest(scene, OWN_WORDS)
    if prompt is None or prompt.notification != PROMPT or prompt.ticket_id is None:
        return None
    return prompt if _is_open(prompt) else None


def _is_open(prompt: OutboxRow) -> bool:
    said = unpack(prompt.notification, prompt.payload)
    return isinstance(said, WriteStep) and not said.is_written


def _open(scene: Scene, row: OutboxRow, ticket: Ticket, menu: Menu) -> Outcome:
    cards.refresh(scene.unit, ticket, menu=menu, only=row.id)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _enter(scene: Scene, ticket: Ticket, kind: EntryKind, audience: Audience, words: str) -> int:
    return scene.unit.tickets.add_entry(
        ticket.id, scene.now, kind, Side.STAFF, audience, words, person_id=scene.person.id, inbox_id=scene.inbox_id
    )
