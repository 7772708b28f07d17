"""Answers an inquiry from the question list, where it is surely one of its questions; else a person does, as ever.

Silence after an answer opens nothing and counts as nothing. "No", or asking on, opens the ticket with both in it.
"""

from dataclasses import replace
from datetime import timedelta

from handlers import possible_requests
from handlers.hearing import Heard, adopt, keep_attachments, list_held, understand_words
from handlers.notifications import unpack
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_tenant import AnsweredInPrivate, ListAnswer
from handlers.opening import Case, open_ticket, with_kind
from handlers.questions.lists import answer_in, listed_at
from handlers.scene import Outcome, Scene
from handlers.speaking import DELIVERED, change, find_private, react, tell
from handlers.understanding.question_likeness import nearest_question
from handlers.understanding.question_words import is_content, leans_on_another, question_words
from handlers.understanding.understanding import Sense
from storage.models import AskedQuestion, Chat, OutboxRow, Ticket
from storage.question_vocabulary import Ending
from storage.vocabulary import Audience, ChatRole, Disposition, EntryKind, Kind, Side

TALK = timedelta(minutes=30)
"""How long after an answer words are still about it."""
SHORT = 200
"""Characters of an answer that a room need not be spared."""
VERB = "answered"


def hear(heard: Heard, scene: Scene) -> Outcome | None:
    """An inquiry; None where it becomes a ticket of its own."""
    if heard.reading.kind is not Kind.INQUIRY or heard.is_emergency or not listed_at(scene.unit, scene.site.id):
        return None
    before = scene.unit.questions.find_asked(scene.person.id, scene.now - TALK)
    answered = _answer(heard, scene, before)
    if answered is not None or before is None or not _is_of(heard, scene, before):
        return answered
    return _ask_on(heard, scene, before)


def hear_unsure(heard: Heard, scene: Scene) -> Outcome:
    """Perhaps a request, and perhaps one that the list answers; else its author is asked."""
    is_new = possible_requests.find_question(scene) is None
    return (hear(heard, scene) if is_new else None) or possible_requests.ask(heard, scene)


def hear_words(heard: Heard, scene: Scene) -> Outcome | None:
    """Words that ask for nothing by themselves, said to the desk alone or under its answer; None for all others."""
    if heard.reading.kind not in (Kind.CHATTER, Kind.INQUIRY) or not listed_at(scene.unit, scene.site.id):
        return None
    before = scene.unit.questions.find_asked(scene.person.id, scene.now - TALK)
    if before is None and scene.chat.role is ChatRole.ROOM:
        return None
    answered = _answer(heard, scene, before)
    if answered is not None or before is None:
        return answered
    if heard.reading.sense is Sense.THANKS or is_content(heard.event.text):
        react(scene.unit, scene.chat, heard.event.message_id, DELIVERED)
        return Outcome(Disposition.ANSWERED, reason="content with an answer")
    return _ask_on(heard, scene, before) if _is_of(heard, scene, before) else None


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """The tenant says whether that was it; the first answer counts."""
    asked = scene.unit.questions.get_asked(int((row.key or "").rpartition(":")[2]))
    ending = Ending(choice)
    if verb != VERB or ending is Ending.MORE or asked.site_id != scene.site.id:
        return None
    if asked.ending is not None:
        return Outcome(Disposition.ANSWERED, asked.ticket_id, toast=Toast(ToastKind.SETTLED), language=row.language)
    ticket = _open(scene, asked) if ending is Ending.NO else None
    _end(scene, asked, ending, ticket)
    toast = Toast(ToastKind.RECORDED, ticket.number if ticket else None)
    return Outcome(Disposition.ANSWERED, ticket.id if ticket else None, toast=toast, language=row.language)


def _answer(heard: Heard, scene: Scene, before: AskedQuestion | None) -> Outcome | None:
    """The answer, where one question of the list is surely meant and its answer may be given; else None."""
    event, unit = heard.event, scene.unit
    if scene.chat.is_shadow or event.attached or heard.reading.place.words or heard.phone:
        return None
    match = nearest_question(event.text, listed_at(unit, scene.site.id))
    if match is None or not match.is_sure:
        return None
    question = next(row for row in unit.questions.recall(scene.site.id) if str(row.id) == match.listed.key)
    if before is not None and before.question_id == question.id:
        is_same = unit.inbox.get(before.inbox_id).message_id == event.message_id
        return Outcome(Disposition.ANSWERED, reason="answered before it was rewritten") if is_same else None
    answer = answer_in(question, heard.reading.language)
    where = _where(scene, answer, is_private=question.is_private) if answer is not None else None
    if answer is None or where is None:
        return None
    asked = AskedQuestion(
        site_id=scene.site.id,
        question_id=question.id,
        person_id=scene.person.id,
        chat_id=scene.chat.id,
        inbox_id=scene.inbox_id,
        at=scene.now,
    )
    unit.questions.note(asked)
    _tell(heard, scene, asked, where, answer)
    return Outcome(Disposition.ANSWERED, reason=f"question list {match.sureness:.2f}")


def _tell(heard: Heard, scene: Scene, asked: AskedQuestion, where: Chat, answer: str) -> None:
    language = heard.reading.language
    is_here, key = where.id == scene.chat.id, f"answer:{asked.id}"
    said = ListAnswer(answer, None if is_here else heard.event.text)
    reply_to = heard.event.message_id if is_here else None
    tell(scene.unit, where, said, language, reply_to=reply_to, person_id=scene.person.id, key=key)
    if not is_here:
        tell(scene.unit, scene.chat, AnsweredInPrivate(), language, reply_to=heard.event.message_id)


def _where(scene: Scene, answer: str, *, is_private: bool) -> Chat | None:
    """Where to answer; None where it may be said in private only, and there is no private chat."""
    if scene.chat.role is ChatRole.PRIVATE or (len(answer) <= SHORT and not is_private):
        return scene.chat
    private = find_private(scene.unit, scene.person.id)
    return private if private is not None or is_private else scene.chat


def _is_of(heard: Heard, scene: Scene, asked: AskedQuestion) -> bool:
    """Whether words go on with what was answered. A question that stands by itself and shares no subject with it is
    another: it is heard for itself, and the answer stays.
    """
    row = scene.unit.inbox.get(asked.inbox_id)
    if heard.event.reply_to is not None or heard.event.message_id == row.message_id:
        return True
    words = question_words(heard.event.text)
    stands_alone = heard.reading.kind is Kind.INQUIRY and (heard.is_sure or bool(words.facets))
    if not stands_alone or not words.subjects or leans_on_another(heard.event.text):
        return True
    listed = next((each for each in listed_at(scene.unit, scene.site.id) if each.key == str(asked.question_id)), None)
    subjects = question_words(row.text or "").subjects.keys() | (listed.subjects.keys() if listed else set())
    return not subjects.isdisjoint(words.subjects)


def _ask_on(heard: Heard, scene: Scene, asked: AskedQuestion) -> Outcome:
    """That was not it, as these words show: a person gets the question and what was said to it."""
    event, row = heard.event, scene.unit.inbox.get(asked.inbox_id)
    is_rewritten = row.message_id == event.message_id
    words = event.text if is_rewritten else "\n".join(filter(None, (row.text, event.text)))
    reading = with_kind(heard.reading, Kind.INQUIRY)
    held = list_held(scene, scene.now, event.reply_to)
    files = len(event.attached) + len(held)
    ticket = open_ticket(scene, Case(reading, words, event.message_id, heard.said_at, files))
    keep_attachments(event, scene, ticket)
    adopt(scene, held, ticket)
    scene.unit.inbox.redispose(row.id, Disposition.ADDED, ticket.id)
    _end(scene, asked, Ending.MORE, ticket)
    return Outcome(Disposition.OPENED, ticket.id, "asked on after an answer")


def _open(scene: Scene, asked: AskedQuestion) -> Ticket:
    """The question becomes a ticket, as it would have been without an answer."""
    row, chat = scene.unit.inbox.get(asked.inbox_id), scene.unit.chats.get(asked.chat_id)
    author, words = replace(scene, chat=chat, inbox_id=asked.inbox_id), row.text or ""
    reading = with_kind(understand_words(words, author), Kind.INQUIRY)
    ticket = open_ticket(author, Case(reading, words, row.message_id, row.received_at))
    scene.unit.inbox.redispose(row.id, Disposition.OPENED, ticket.id)
    return ticket


def _end(scene: Scene, asked: AskedQuestion, ending: Ending, ticket: Ticket | None) -> None:
    """What was answered stays to be read, without its question; staff see it in the ticket's thread."""
    asked.end(ending, scene.now, ticket.id if ticket else None)
    row = scene.unit.outbox.find_by_key(f"answer:{asked.id}")
    said = unpack(row.notification, row.payload) if row is not None else None
    if row is None or not isinstance(said, ListAnswer):
        return
    change(scene.unit, row.id, replace(said, ending=ending), row.language)
    if ticket is not None:
        note = (EntryKind.NOTE, Side.DESK, Audience.STAFF)
        scene.unit.tickets.add_entry(ticket.id, scene.now, *note, said.answer)
