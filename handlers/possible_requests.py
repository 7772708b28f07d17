"""Words the desk is unsure of: the author is asked once, then the customer desk decides. Never dropped in silence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.hearing import BURST, Heard, adopt, keep_attachments, list_held, understand_words
from handlers.notifications.to_duty import PossibleRequest, PossibleRequestSettled, Toast, ToastKind
from handlers.notifications.to_tenant import NotARequest, Noted, WhichKind
from handlers.opening import Case, open_ticket, with_kind
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, language_of, react, tell
from handlers.understanding.exemplars import exemplar_form
from storage.models import Asking, Correction, InboxRow, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AskingKind, AskingState, Aspect, ChatRole, Disposition, Group, Kind

ASKINGS_PER_ROOM = 3
ASKINGS_WINDOW = timedelta(minutes=10)
"""A room that was asked this often lately is left in peace: the desk's own list takes it."""
EXPIRES = timedelta(hours=1)
UNSURE = "unsure"
"""What the desk took something for that it asked about."""
REWRITTEN = "rewritten by its author"
OFFERED = (Kind.REPAIR, Kind.COMPLAINT, Kind.INQUIRY, Kind.CHATTER)


@dataclass(frozen=True, slots=True)
class Question:
    """An open question to a person, with every message it is about, oldest first."""

    asking: Asking
    rows: Sequence[InboxRow]

    @property
    def words(self) -> str:
        """All of them, a line each."""
        return "\n".join(row.text for row in self.rows if row.text)


def ask(heard: Heard, scene: Scene) -> Outcome:
    """One short question to the author; more unsure lines of the same burst belong to the same question."""
    keep_attachments(heard.event, scene, None)
    unit, question = scene.unit, find_question(scene)
    if question is not None and _renew_on_list(unit, question, heard.event.text):
        return Outcome(Disposition.STAFF_TRIAGE, reason=heard.why)
    if question is not None:
        return Outcome(Disposition.ASKED, reason=f"more of it, {heard.why}")
    is_room = scene.chat.role is ChatRole.ROOM
    recent = unit.askings.count_in_chat_since(scene.chat.id, AskingKind.WHICH_KIND, scene.now - ASKINGS_WINDOW)
    asking = Asking(
        kind=AskingKind.WHICH_KIND,
        chat_id=scene.chat.id,
        person_id=scene.person.id,
        asked_at=scene.now,
        inbox_id=scene.inbox_id,
    )
    unit.askings.add(asking)
    if is_room and (recent >= ASKINGS_PER_ROOM or scene.chat.is_shadow):
        _pass_to_desk(unit, asking, heard.event.text)
        react(unit, scene.chat, heard.event.message_id, SEEN)
        return Outcome(Disposition.STAFF_TRIAGE, reason=heard.why)
    guess = heard.reading.kind if heard.reading.kind not in OFFERED else None
    tell(
        unit,
        scene.chat,
        WhichKind(scene.person.name, guess),
        heard.reading.language,
        reply_to=heard.event.message_id,
        person_id=scene.person.id,
        key=f"which_kind:{asking.id}",
    )
    unit.pushes.plan("asking_expiry", f"asking:{asking.id}", scene.now + EXPIRES, subject_id=asking.id)
    return Outcome(Disposition.ASKED, reason=heard.why)


def find_question(scene: Scene) -> Question | None:
    """The open question to this person here that the words of this act belong to."""
    if not scene.unit.askings.has_open(scene.person.id, scene.chat.id):
        return None
    asking = scene.unit.askings.find_open(scene.person.id, scene.chat.id, AskingKind.WHICH_KIND)
    if asking is None or (scene.now - asking.asked_at > BURST and asking.inbox_id != scene.inbox_id):
        return None
    return _question(scene.unit, asking)


def open_with(question: Question, heard: Heard, scene: Scene, files: int) -> Ticket:
    """Clear words came before a tap: they and what was asked about are one ticket, and the question is settled."""
    asked = understand_words(question.words, scene)
    reading = replace(
        heard.reading,
        place=heard.reading.place if heard.reading.place.words else asked.place,
        phone=heard.reading.phone or asked.phone,
    )
    words = "\n".join(part for part in (question.words, heard.event.text) if part)
    row = _find_row(scene.unit, question.asking)
    takes_its_place = None if heard.is_emergency else row
    ticket = open_ticket(scene, Case(reading, words, heard.event.message_id, heard.said_at, files, takes_its_place))
    if heard.is_emergency and row is not None:
        change(scene.unit, row.id, Noted(ticket.number), row.language)
    _settle(scene.unit, question, Disposition.ADDED, ticket)
    return ticket


def move(scene: Scene, versions: Sequence[InboxRow]) -> None:
    """The author rewrote what was asked about: the question is about the new words, whatever they turn out to be.

    So is what the desk has on its list by now.
    """
    before = versions[-1]
    scene.unit.inbox.redispose(before.id, Disposition.CHATTER, None, REWRITTEN)
    about = _list_around(scene.unit, scene.person.id, scene.chat.id, versions[0].received_at)
    waiting = [asking for asking in about if asking.state in (AskingState.OPEN, AskingState.EXPIRED)]
    own = [asking for asking in waiting if asking.inbox_id in {row.id for row in versions}]
    for asking in (own or waiting)[-1:]:
        asking.reopen()
        asking.inbox_id = scene.inbox_id
    scene.unit.flush()


def withdraw(scene: Scene) -> None:
    """The new words are plain talk: the question has answered itself, unless other lines still wait for it."""
    question = find_question(scene)
    if question is None or question.asking.inbox_id != scene.inbox_id:
        return
    others = [row for row in question.rows if row.id != scene.inbox_id]
    if others:
        question.asking.inbox_id = others[0].id
        _renew_on_list(scene.unit, Question(question.asking, others), "")
        return
    row = _find_row(scene.unit, question.asking)
    _settle(scene.unit, question, Disposition.CHATTER, None, REWRITTEN)
    if row is not None:
        change(scene.unit, row.id, NotARequest(), row.language)


def _renew_on_list(unit: UnitOfWork, question: Question, words: str) -> bool:
    """What the desk is to decide about reads as it does now; False when the desk has not been given it."""
    on_list = unit.outbox.find_by_key(f"possible:{question.asking.id}")
    if on_list is None:
        return False
    question.asking.end(AskingState.EXPIRED, unit.now)
    name = unit.people.get(question.asking.person_id).name
    is_shadow = unit.chats.get(question.asking.chat_id).is_shadow
    said = PossibleRequest(name, "\n".join(part for part in (question.words, words) if part), is_shadow)
    change(unit, on_list.id, said, on_list.language)
    return True


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """The author, or a member of the desk on its list, says what it is; the first answer counts."""
    kind = Kind(choice)
    is_desk = row.notification == PossibleRequest.__name__
    asking = scene.unit.askings.get(int((row.key or "").rpartition(":")[2]))
    if verb != "kind" or is_desk != (scene.chat.role is ChatRole.DUTY):
        return None
    if asking.state not in (AskingState.OPEN, AskingState.EXPIRED):
        return Outcome(Disposition.ANSWERED, toast=Toast(ToastKind.SETTLED), language=row.language)
    question = _question(scene.unit, asking)
    if kind is Kind.CHATTER:
        _dismiss(scene, row, question, is_desk=is_desk)
        return Outcome(Disposition.ANSWERED, toast=Toast(ToastKind.RECORDED), language=row.language)
    ticket = _open_as(scene, question, kind, is_desk=is_desk)
    toast = Toast(ToastKind.RECORDED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)


def list_waiting(unit: UnitOfWork, site_id: int) -> Sequence[Question]:
    """What nobody has explained and the desk has not decided, oldest first."""
    return [_question(unit, asking) for asking in unit.askings.list_expired(site_id, AskingKind.WHICH_KIND)]


def settle(scene: Scene, question: Question, kind: Kind) -> Ticket | None:
    """The desk says what it is; None where it is nothing, which teaches: such words are left alone from now on."""
    if kind is not Kind.CHATTER:
        return _open_as(scene, question, kind, is_desk=True)
    _teach(scene, question)
    _settle(scene.unit, question, Disposition.CHATTER, None, "said the desk")
    return None


def give_up(unit: UnitOfWork, asking: Asking) -> None:
    """Nobody explained it: the customer desk's own list takes it."""
    question = _question(unit, asking)
    _pass_to_desk(unit, asking, question.words)
    for row in question.rows:
        unit.inbox.redispose(row.id, Disposition.STAFF_TRIAGE, None, row.reason)


def _open_as(scene: Scene, question: Question, kind: Kind, *, is_desk: bool) -> Ticket:
    unit, asking, asked = scene.unit, question.asking, question.rows[0]
    person, chat = unit.people.get(asking.person_id), unit.chats.get(asking.chat_id)
    author = Scene(unit, scene.desk, chat, person, scene.site, asked.id)
    reading = with_kind(understand_words(question.words, author), kind)
    row = _find_row(unit, asking)
    held = list_held(author, asked.received_at)
    files = len(held) + len(unit.attachments.list_by_inbox([each.id for each in question.rows]))
    takes_its_place = None if is_desk else row
    ticket = open_ticket(
        author, Case(reading, question.words, asked.message_id, asked.received_at, files, takes_its_place)
    )
    adopt(author, held, ticket)
    if is_desk and row is not None:
        change(unit, row.id, Noted(ticket.number), row.language)
    _settle(unit, question, Disposition.ADDED, ticket)
    unit.inbox.redispose(asked.id, Disposition.OPENED, ticket.id)
    return ticket


def _dismiss(scene: Scene, row: OutboxRow, question: Question, *, is_desk: bool) -> None:
    if is_desk:
        _teach(scene, question)
    else:
        change(scene.unit, row.id, NotARequest(), row.language)
    _settle(scene.unit, question, Disposition.CHATTER, None, "said the desk" if is_desk else "said the author")


def _teach(scene: Scene, question: Question) -> None:
    """Words like these are talk here, says the desk: an example of the site's, as a correction is."""
    for words in dict.fromkeys(row.text for row in question.rows if row.text):
        reading = understand_words(words, scene)
        scene.unit.corrections.add(
            Correction(
                site_id=scene.site.id,
                ticket_id=None,
                person_id=scene.person.id,
                at=scene.now,
                aspect=Aspect.KIND,
                was=UNSURE if reading.kind is Kind.CHATTER else reading.kind,
                became=Kind.CHATTER,
                language=reading.language,
                words=exemplar_form(words),
            )
        )


def _settle(
    unit: UnitOfWork, question: Question, disposition: Disposition, ticket: Ticket | None, reason: str | None = None
) -> None:
    """The question waits no longer; neither does the desk's list."""
    asking = question.asking
    asking.end(AskingState.ANSWERED, unit.now)
    for row in question.rows:
        unit.inbox.redispose(row.id, disposition, ticket.id if ticket else None, reason)
        if ticket is not None:
            unit.attachments.give_to_ticket(row.id, ticket.id)
    on_list = unit.outbox.find_by_key(f"possible:{asking.id}")
    if on_list is not None:
        name = unit.people.get(asking.person_id).name
        said = PossibleRequestSettled(name, question.words, ticket.number if ticket else None)
        change(unit, on_list.id, said, on_list.language)


def _pass_to_desk(unit: UnitOfWork, asking: Asking, words: str) -> None:
    asking.end(AskingState.EXPIRED, unit.now)
    said_in = unit.chats.get(asking.chat_id)
    if said_in.site_id is None:
        return
    duty = unit.chats.list_by_role(said_in.site_id, ChatRole.DUTY)
    desks = [chat for chat in duty if chat.group is Group.DESK] or duty
    name = unit.people.get(asking.person_id).name
    for desk in desks[:1]:
        said = PossibleRequest(name, words, said_in.is_shadow)
        tell(unit, desk, said, language_of(unit, desk), key=f"possible:{asking.id}")


def _question(unit: UnitOfWork, asking: Asking) -> Question:
    """The message asked about, with the author's other unsure lines around it."""
    if asking.inbox_id is None:
        raise LookupError("a question about nothing")
    asked = unit.inbox.get(asking.inbox_id)
    since, until = asking.asked_at - BURST, asking.asked_at + BURST
    around = unit.inbox.list_asked(asking.chat_id, asking.person_id, since, until)
    others = _list_around(unit, asking.person_id, asking.chat_id, asking.asked_at)
    theirs = {other.inbox_id for other in others if other.id != asking.id}
    rows = {row.id: row for row in (asked, *around) if row.id not in theirs}
    return Question(asking, sorted(rows.values(), key=lambda row: row.id))


def _list_around(unit: UnitOfWork, person_id: int, chat_id: int, at: datetime) -> Sequence[Asking]:
    return unit.askings.list_around(person_id, chat_id, AskingKind.WHICH_KIND, at - BURST, at + BURST)


def _find_row(unit: UnitOfWork, asking: Asking) -> OutboxRow | None:
    return unit.outbox.find_by_key(f"which_kind:{asking.id}")
