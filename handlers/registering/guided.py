"""`/new`: one line is enough; what it lacks is asked for in a short talk that survives a restart."""

from datetime import timedelta

from handlers import cards, prompts
from handlers.complaints import concerns
from handlers.events import MessageReceived
from handlers.hearing import keep_attachments
from handlers.notifications.to_duty import (
    LookedAfterElsewhere,
    Toast,
    ToastKind,
)
from handlers.notifications.to_duty.registering import FormState, Registered, RegisterForm
from handlers.registering.books import has_chat, register
from handlers.registering.one_line import Told, source_in, told_in
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, react, tell
from handlers.understanding.normal_form import normal_form
from storage.models import OutboxRow, Registration, Ticket
from storage.registration_vocabulary import Blank, Source
from storage.vocabulary import COMMAND, Disposition

LIES = timedelta(minutes=30)
"""How long a form waits for the next answer."""
NEW = f"{COMMAND}new"
NAME_LENGTH = 16
"""Characters; more than that is a sentence and no name."""
FEWEST_DIGITS = 5


def begin(event: MessageReceived, scene: Scene, line: str) -> Outcome:
    """Open it at once where the line tells what is wanted; else ask for what it does not tell."""
    keep_attachments(event, scene, None)
    files = [scene.inbox_id] if event.attached else []
    told = told_in(line, scene) if line.strip() else Told()
    if told.words:
        return _register(scene, told, files, None)
    form = Registration(
        chat_id=scene.chat.id,
        person_id=scene.person.id,
        touched_at=scene.now,
        name=told.name,
        place=told.place,
        phone=told.phone,
        files=[str(inbox_id) for inbox_id in files],
    )
    form.blank = _next(form, None)
    scene.unit.registrations.add(form)
    form.outbox_id = tell(
        scene.unit, scene.chat, _shown(form), scene.language, person_id=scene.person.id, needs_id=True
    )
    return Outcome(Disposition.ASKED, reason=NEW)


def hear(event: MessageReceived, scene: Scene) -> Outcome | None:
    """The next answer of somebody who fills in a form; None for everything else that is said."""
    if event.command is not None or event.is_to_another or not (event.text or event.attached):
        return None
    form = scene.unit.registrations.find_open(scene.person.id, scene.chat.id, scene.now - LIES)
    if form is None or not _is_answer(event, scene, form):
        return None
    keep_attachments(event, scene, None)
    if event.attached:
        form.files = [*form.files, str(scene.inbox_id)]
    react(scene.unit, scene.chat, event.message_id, SEEN)
    source = source_in(event.text) if form.blank is Blank.SOURCE else None
    if source is not None:
        return _finish(scene, form, source)
    is_taken = not event.text or _fill(scene, form, event.text.strip())
    form.touched_at = scene.now
    _show(scene, form, is_again=not is_taken)
    return Outcome(Disposition.ASKED, reason=NEW)


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """Skip a question, cancel, or say how it came, which opens the ticket."""
    form = scene.unit.registrations.find_by_message(row.id)
    if form is None or form.ended_at is not None or form.touched_at < scene.now - LIES:
        if form is not None and form.ended_at is None:
            form.ended_at = scene.now
            _show(scene, form, FormState.OVER)
        return Outcome(Disposition.ANSWERED, toast=Toast(ToastKind.SETTLED), language=row.language)
    form.touched_at = scene.now
    match verb, choice:
        case "cancel", "":
            form.ended_at = scene.now
            _show(scene, form, FormState.CANCELLED)
        case "skip", "" if form.blank not in (Blank.WORDS, Blank.SOURCE):
            form.blank = _next(form, form.blank)
            _show(scene, form)
        case "source", _ if form.blank is Blank.SOURCE:
            return _finish(scene, form, Source(choice))
        case _:
            return None
    return Outcome(Disposition.ANSWERED)


def set_source(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """It came in another way than was written down."""
    if verb != "source" or row.ticket_id is None:
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    ticket.source = Source(choice)
    change(scene.unit, row.id, _registered(scene, ticket), row.language)
    cards.refresh(scene.unit, ticket)
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def _is_answer(event: MessageReceived, scene: Scene, form: Registration) -> bool:
    """What answers another message is about that one, and words for a newer question are no answer to the form."""
    if event.reply_to is None:
        return prompts.find_newest(scene, scene.now - form.touched_at) is None
    answered = scene.unit.outbox.find_by_receipt(scene.chat.id, event.reply_to)
    return answered is not None and answered.id == form.outbox_id


def _fill(scene: Scene, form: Registration, text: str) -> bool:
    """Take whatever the answer tells; False where it is none to the question."""
    told = told_in(text, scene)
    blank = form.blank
    match blank:
        case Blank.WHO:
            if told.name is None and told.words and len(told.words) <= NAME_LENGTH:
                told = Told(told.words, told.place, told.phone)
            form.name = told.name or form.name
        case Blank.PLACE:
            told = told if told.place is not None else Told(place=text, phone=told.phone)
        case Blank.PHONE:
            digits = "".join(filter(str.isdecimal, normal_form(text).text))
            if told.phone is None and len(digits) < FEWEST_DIGITS:
                return False
            told = told if told.phone is not None else Told(phone=digits)
        case Blank.WORDS | Blank.SOURCE:
            told = Told(words="\n".join(filter(None, (form.words, text))))
            form.words = None
    form.name = form.name or told.name
    form.place, form.phone = told.place or form.place, told.phone or form.phone
    is_aside = blank in (Blank.PLACE, Blank.PHONE)
    form.words = "\n".join(filter(None, (form.words, told.words))) if is_aside else told.words or form.words
    form.blank = _next(form, blank)
    return True


def _next(form: Registration, blank: Blank | None) -> Blank:
    """The first question after this one that nothing has answered yet."""
    order = list(Blank)
    known = {Blank.WHO: form.name, Blank.PLACE: form.place, Blank.PHONE: form.phone, Blank.WORDS: form.words}
    coming = order[order.index(blank) + 1 :] if blank is not None else order
    return next((each for each in coming if not known.get(each)), Blank.SOURCE)


def _finish(scene: Scene, form: Registration, source: Source) -> Outcome:
    form.ended_at = scene.now
    told = Told(form.name, form.place, form.phone, form.words, source)
    return _register(scene, told, [int(inbox_id) for inbox_id in form.files], form.outbox_id)


def _register(scene: Scene, told: Told, files: list[int], shown_in: int | None) -> Outcome:
    ticket = register(scene, told, files)
    said = _registered(scene, ticket)
    if concerns.is_hidden(scene.unit, scene.chat, ticket.id):
        _tell_elsewhere(scene, ticket, shown_in)
    elif shown_in is not None:
        row = scene.unit.outbox.get(shown_in)
        row.ticket_id, row.notification = ticket.id, Registered.__name__
        scene.unit.flush()
        change(scene.unit, row.id, said, row.language)
    else:
        tell(scene.unit, scene.chat, said, scene.language, ticket_id=ticket.id, person_id=scene.person.id)
    disposition = Disposition.JOINED if ticket.incident_id else Disposition.OPENED
    return Outcome(disposition, ticket.id, NEW)


def _tell_elsewhere(scene: Scene, ticket: Ticket, shown_in: int | None) -> None:
    """About somebody who may read along here: that it is in the books is all that is said, else it is told twice."""
    stub = LookedAfterElsewhere(ticket.number)
    if shown_in is None:
        tell(scene.unit, scene.chat, stub, scene.language, person_id=scene.person.id)
    else:
        change(scene.unit, shown_in, stub, scene.language)


def _registered(scene: Scene, ticket: Ticket) -> Registered:
    source = ticket.source or Source.PHONE
    is_told = has_chat(scene.unit, ticket)
    return Registered(ticket.number, source, ticket.group, is_told, ticket.incident_id is not None)


def _show(scene: Scene, form: Registration, state: FormState = FormState.OPEN, *, is_again: bool = False) -> None:
    if form.outbox_id is not None:
        change(scene.unit, form.outbox_id, _shown(form, state, is_again=is_again), scene.language)


def _shown(form: Registration, state: FormState = FormState.OPEN, *, is_again: bool = False) -> RegisterForm:
    known = (form.name, form.place, form.phone, form.words)
    return RegisterForm(form.blank, state, *known, len(form.files), is_again)
