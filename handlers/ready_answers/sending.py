"""Staff choose a ready answer, from the card's menu or with `/a` under a card; one tap sends it like any reply."""

from collections.abc import Sequence

from handlers import answering_taps, cards, permissions, replies
from handlers.complaints import concerns
from handlers.events import MessageReceived
from handlers.notifications import pack, unpack
from handlers.notifications.to_duty import AnswerChoice, ChooseAnswer, NoReadyAnswer, Toast, ToastKind
from handlers.permissions import Act
from handlers.ready_answers.wording import filled, text_in
from handlers.registering import unreached
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from handlers.staff_names import told_name
from handlers.understanding.normal_form import normal_form
from storage.models import OutboxRow, ReadyAnswer, Ticket, WrongState
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import COMMAND, Audience, Disposition, EntryKind, Side

NAME = "a"
OFFERED = 8
"""More would be a list nobody reads."""


def has_any(unit: UnitOfWork, ticket: Ticket) -> bool:
    """Whether there is anything to choose for this tenant."""
    return bool(_fitting(unit, ticket))


def begin(event: MessageReceived, scene: Scene, words: str) -> Outcome:
    """`/a` in answer to a card, perhaps with words to look for."""
    unit = scene.unit
    row = unit.outbox.find_by_receipt(scene.chat.id, event.reply_to) if event.reply_to else None
    ticket = unit.tickets.get(row.ticket_id) if row is not None and row.ticket_id is not None else None
    is_theirs = ticket is not None and _may(scene, ticket)
    if row is None or ticket is None or not is_theirs or ticket.incident_id is not None or not ticket.is_open:
        tell(unit, scene.chat, NoReadyAnswer(), scene.language, reply_to=event.message_id)
        return Outcome(Disposition.REFUSED, reason=f"{COMMAND}{NAME} under no card")
    _offer(scene, row, ticket, scene.language, _fitting(unit, ticket, words) or _fitting(unit, ticket))
    return Outcome(Disposition.ANSWERED, ticket.id, f"{COMMAND}{NAME}")


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """`answer` shows what there is; `answer:7` sends it."""
    if not ticket.is_open:
        raise WrongState(ticket, "answer")
    if not choice:
        _offer(scene, row, ticket, row.language, _fitting(scene.unit, ticket))
        return Outcome(Disposition.ANSWERED, ticket.id)
    said = unpack(row.notification, row.payload)
    offered = said if isinstance(said, ChooseAnswer) else None
    if offered is not None and offered.sent is not None:
        return answering_taps.done(ticket, row, ToastKind.SETTLED)
    answer = next((each for each in _fitting(scene.unit, ticket) if each.id == int(choice)), None)
    if answer is None:
        toast = Toast(ToastKind.MOVED_ON, ticket.number)
        return Outcome(Disposition.REFUSED, ticket.id, "no such answer now", toast, row.language)
    words = _send(scene, ticket, answer)
    if offered is not None:
        sent = ChooseAnswer(ticket.number, sent=words, by=scene.person.name)
        change(scene.unit, row.id, sent, row.language)
        row.payload = pack(sent)
    return answering_taps.done(ticket, row, ToastKind.RECORDED)


def _offer(scene: Scene, row: OutboxRow, ticket: Ticket, language: str, answers: Sequence[ReadyAnswer]) -> None:
    choices = tuple(AnswerChoice(each.id, each.key) for each in answers[:OFFERED])
    said = ChooseAnswer(ticket.number, choices)
    tell(scene.unit, scene.chat, said, language, ticket_id=ticket.id, under=row.id)


def _send(scene: Scene, ticket: Ticket, answer: ReadyAnswer) -> str:
    """To everybody who reported it, each in their language and under their number; what the card's tenant reads."""
    unit, told = scene.unit, dict[int, str]()
    main = text_in(answer, ticket.language) or ""
    written = []
    for each in replies.recipients(unit, ticket):
        text = text_in(answer, each.language) or main
        told[each.id] = filled(text, {"number": str(each.number), "name": told_name(unit, each, scene.person.id)})
        written.append((each, _enter(scene, each, told[each.id])))
    for each, entry_id in written:
        if unit.chats.find_private(each.reporter_id) is not None:
            replies.send(unit, scene.desk, each, told[each.id], entry_id)
    replies.send_all(unit, scene.desk, written, "")  # whoever has no private chat hears in the room that it waits
    unreached.tell_staff(unit, ticket)
    ticket.first_answer_at = ticket.first_answer_at or scene.now
    cards.refresh(unit, ticket)
    return told.get(ticket.id, main)


def _enter(scene: Scene, ticket: Ticket, words: str) -> int:
    who = (EntryKind.REPLY, Side.STAFF, Audience.REPORTER)
    return scene.unit.tickets.add_entry(
        ticket.id, scene.now, *who, words, person_id=scene.person.id, inbox_id=scene.inbox_id
    )


def _fitting(unit: UnitOfWork, ticket: Ticket, words: str = "") -> Sequence[ReadyAnswer]:
    """Those of its group and of all, with a text this tenant reads; of these with the words looked for."""
    wanted = normal_form(words).text.strip()
    return [
        each
        for each in unit.ready_answers.recall(ticket.site_id)
        if each.group in (None, ticket.group)
        and text_in(each, ticket.language) is not None
        and any(wanted in normal_form(text).text for text in (each.key, *map(str, each.texts.values())))
    ]


def _may(scene: Scene, ticket: Ticket) -> bool:
    unit, chat, person = scene.unit, scene.chat, scene.person
    if ticket.site_id != scene.site.id or concerns.is_hidden(unit, chat, ticket.id):
        return False
    if concerns.is_concerned(unit, ticket.site_id, ticket.id, person) or not cards.is_for(ticket, chat):
        return False
    return Act.ANSWER in permissions.MAY[permissions.standing_of(unit, chat, person.id, ticket)]
