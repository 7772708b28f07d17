"""Staff at work in their duty chat: taps on the card, replies to it. A late tap gets a true and kind answer."""

from handlers import callbacks, cards
from handlers.events import MessageEdited, MessageReceived
from handlers.hearing import find_ticket_replied_to, keep_attachments
from handlers.notifications import Notification
from handlers.notifications.to_duty import (
    Menu,
    ReadyQuestion,
    ReadyReport,
    Toast,
    ToastKind,
    WhatToAsk,
    WhatWasDone,
    ready_question,
    ready_report,
)
from handlers.notifications.to_tenant import AnswerWaits, Finished, StaffReply, Taken
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, find_private, react, tell, tell_reporter
from locales import Voice
from storage.models import OutboxRow, Ticket, WrongState
from storage.vocabulary import Audience, ChatRole, Disposition, EntryKind, Group, Side, TicketState


def take(scene: Scene, row: OutboxRow) -> Outcome:
    """First tap has it; the second is told who."""
    ticket = _ticket(scene, row)
    ticket.take(scene.person.id, scene.now)
    scene.unit.pushes.cancel("untaken", ticket.id)
    _step(scene, ticket, "taken")
    taken = Taken(ticket.number, scene.person.name)
    tell_reporter(scene.unit, ticket, taken, taken)
    cards.refresh(scene.unit, ticket)
    return _say(ticket, row, ToastKind.YOURS)


def show_menu(scene: Scene, row: OutboxRow, menu: Menu) -> Outcome:
    """Open a card's second row of buttons, or go back."""
    ticket = _ticket(scene, row)
    if not ticket.is_open:
        raise WrongState(ticket, menu)
    cards.refresh(scene.unit, ticket, menu=menu, only=row.id)
    return Outcome(Disposition.ANSWERED, ticket.id)


def hand_over(scene: Scene, row: OutboxRow, group: Group) -> Outcome:
    """To another group's duty chat; the number and the promise stay."""
    ticket = _ticket(scene, row)
    chats = scene.unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, group)
    if not chats:
        return _say(ticket, row, ToastKind.NO_DUTY_CHAT)
    ticket.hand_over(group)
    _step(scene, ticket, f"handed over to {group}")
    cards.refresh(scene.unit, ticket)
    standing = {card.chat_id for card in scene.unit.outbox.list_messages(ticket.id, cards.CARD)}
    for chat in chats:
        if chat.id not in standing:
            cards.post(scene.unit, ticket, chat, cards.card_of(scene.unit, ticket))
    return _say(ticket, row, ToastKind.HANDED_OVER)


def ask(scene: Scene, row: OutboxRow, question: ReadyQuestion) -> Outcome:
    """One tap asks the tenant in the tenant's language."""
    ticket = _ticket(scene, row)
    if not ticket.is_open:
        raise WrongState(ticket, "ask")
    _reply(scene, ticket, ready_question(Voice(ticket.language), question), EntryKind.REPLY)
    cards.refresh(scene.unit, ticket)
    return _say(ticket, row, ToastKind.ASKED)


def write_own(scene: Scene, row: OutboxRow, menu: Menu) -> Outcome:
    """A place to reply to: the next words of staff under it are the question, or the report."""
    ticket = _ticket(scene, row)
    if not ticket.is_open:
        raise WrongState(ticket, menu)
    prompt: Notification = WhatToAsk(ticket.number) if menu is Menu.ASK else WhatWasDone(ticket.number)
    tell(scene.unit, scene.chat, prompt, row.language, ticket_id=ticket.id, under=row.id)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ANSWERED, ticket.id)


def finish(scene: Scene, row: OutboxRow, report: ReadyReport) -> Outcome:
    """Done, with what was done in one tap."""
    ticket = _ticket(scene, row)
    _finish(scene, ticket, ready_report(Voice(ticket.language), report))
    return _say(ticket, row, ToastKind.DONE)


def reply(event: MessageReceived, scene: Scene) -> Outcome:
    """Staff answer a message of a ticket: the words go to the tenant. Anything else is staff's own talk."""
    ticket = find_ticket_replied_to(event, scene)
    if ticket is None:
        return Outcome(Disposition.IGNORED, reason="staff talk")
    if ticket.site_id != scene.site.id:
        return Outcome(Disposition.REFUSED, reason="a ticket of another site")
    answered = scene.unit.outbox.find_by_receipt(scene.chat.id, event.reply_to or "")
    if answered is not None and answered.notification == WhatWasDone.__name__ and ticket.is_open:
        keep_attachments(event, scene, ticket, Side.STAFF)
        _finish(scene, ticket, event.text)
        return Outcome(Disposition.ADDED, ticket.id, "report")
    keep_attachments(event, scene, ticket, Side.STAFF)
    if event.text:
        _reply(scene, ticket, event.text, EntryKind.REPLY)
    ticket.first_answer_at = ticket.first_answer_at or scene.now
    react(scene.unit, scene.chat, event.message_id, SEEN)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id)


def hear_edit(event: MessageEdited, scene: Scene) -> Outcome:
    """Staff change a reply: the tenant's copy changes with it."""
    before = scene.unit.inbox.find_by_message(scene.chat.id, event.message.message_id)
    if before is None or before.ticket_id is None or not event.message.text or before.text == event.message.text:
        return Outcome(Disposition.IGNORED, reason="staff talk")
    ticket = scene.unit.tickets.get(before.ticket_id)
    entries = {entry.id: entry for entry in scene.unit.tickets.list_entries(ticket.id)}
    for row in scene.unit.outbox.list_messages(ticket.id, StaffReply.__name__):
        entry = entries.get(row.entry_id or 0)
        if entry is not None and entry.inbox_id == before.id:
            change(scene.unit, row.id, StaffReply(ticket.number, event.message.text), row.language)
            _enter(scene, ticket, EntryKind.REPLY, Audience.REPORTER, event.message.text)
            return Outcome(Disposition.ADDED, ticket.id, "edited")
    return Outcome(Disposition.IGNORED, reason="nothing to change")


def _reply(scene: Scene, ticket: Ticket, words: str, kind: EntryKind) -> None:
    """Words to the tenant: in private, else a notice in the room that says nothing of what they are."""
    entry_id = _enter(scene, ticket, kind, Audience.REPORTER, words)
    private = find_private(scene.unit, ticket.reporter_id)
    if private is not None:
        tell(
            scene.unit,
            private,
            StaffReply(ticket.number, words),
            ticket.language,
            ticket_id=ticket.id,
            entry_id=entry_id,
        )
        return
    room = scene.unit.chats.get(ticket.chat_id)
    if room.role is ChatRole.ROOM and room.is_open:
        link = scene.desk.deep_link(room.code) if room.code else None
        name = scene.unit.people.get(ticket.reporter_id).name
        tell(
            scene.unit,
            room,
            AnswerWaits(ticket.number, name, link),
            ticket.language,
            ticket_id=ticket.id,
            entry_id=entry_id,
            reply_to=ticket.message_id,
        )


def _finish(scene: Scene, ticket: Ticket, words: str) -> None:
    ticket.finish(scene.person.id, scene.now)
    ticket.done_words = words or None
    scene.unit.pushes.cancel("untaken", ticket.id)
    _enter(scene, ticket, EntryKind.REPORT, Audience.REPORTER, words)
    tell_reporter(
        scene.unit, ticket, Finished(ticket.number, ticket.done_words), Finished(ticket.number, is_private=False)
    )
    callbacks.plan(scene.unit, ticket)
    cards.refresh(scene.unit, ticket)


def _step(scene: Scene, ticket: Ticket, step: str) -> None:
    _enter(scene, ticket, EntryKind.STEP, Audience.STAFF, step)


def _enter(scene: Scene, ticket: Ticket, kind: EntryKind, audience: Audience, words: str) -> int:
    return scene.unit.tickets.add_entry(
        ticket.id, scene.now, kind, Side.STAFF, audience, words, person_id=scene.person.id, inbox_id=scene.inbox_id
    )


def _ticket(scene: Scene, row: OutboxRow) -> Ticket:
    if row.ticket_id is None:
        raise LookupError("a card without a ticket")
    return scene.unit.tickets.get(row.ticket_id)


def _say(ticket: Ticket, row: OutboxRow, kind: ToastKind) -> Outcome:
    return Outcome(Disposition.ANSWERED, ticket.id, toast=Toast(kind, ticket.number), language=row.language)


def late(scene: Scene, row: OutboxRow, wrong: WrongState) -> Outcome:
    """The ticket moved on before this tap: say where it is, and set the card right."""
    ticket = wrong.ticket
    cards.refresh(scene.unit, ticket)
    if ticket.state in (TicketState.DONE, TicketState.CLOSED):
        kind = ToastKind.ALREADY_DONE
    elif ticket.assignee_id == scene.person.id:
        kind = ToastKind.YOURS
    elif ticket.assignee_id is not None:
        kind = ToastKind.TAKEN_BY
    else:
        kind = ToastKind.MOVED_ON
    who = cards.assignee_of(scene.unit, ticket)
    return Outcome(Disposition.REFUSED, ticket.id, str(wrong), Toast(kind, ticket.number, who), row.language)
