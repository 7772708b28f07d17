"""Staff at work in their duty chat: taps on the card, replies to it. A late tap gets a true and kind answer."""

from collections.abc import Sequence
from datetime import timedelta

from handlers import (
    callbacks,
    cards,
    corrections,
    ladder,
    merging,
    neighbours,
    offers,
    reasons,
    replies,
    staff_commands,
    staff_notes,
    taking_over,
    waiting,
)
from handlers.events import MessageEdited, MessageReceived
from handlers.hearing import find_replied_to, keep_attachments
from handlers.notifications import Notification
from handlers.notifications.to_duty import (
    Menu,
    ReadyQuestion,
    ReadyReport,
    StillUntaken,
    Toast,
    ToastKind,
    WhatToAsk,
    WhatWasDone,
    ready_question,
    ready_report,
)
from handlers.notifications.to_manager import PushedToAndFro
from handlers.notifications.to_tenant import Finished
from handlers.pushes import reminding, silence
from handlers.registering import unreached
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, react, tell
from handlers.steps import Step, enter_by_staff
from locales import Voice
from storage.models import Entry, OutboxRow, Ticket, WrongState
from storage.vocabulary import Audience, ChatRole, Disposition, EntryKind, Group, Side, TicketState

MENUS = {"done": Menu.DONE, "ask": Menu.ASK, "hand_over": Menu.HAND_OVER, "card": Menu.MAIN}
OWN_WORDS = timedelta(minutes=5)
"""How long after a tap on "write my own" the same person's next words are meant, also without replying."""
TO_AND_FRO = 2
"""Hand-overs of one ticket from which the manager is asked to decide."""


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """A button of a card. The group it was handed away from is told so."""
    if row.ticket_id is None:
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    if not cards.is_for(ticket, scene.chat):
        return late(scene, row, ticket)
    if (verb, choice) == ("why", ""):
        return reasons.press(scene, row, ticket)
    if ticket.incident_id is not None:
        return late(scene, row, ticket)
    match verb, choice:
        case "take", "":
            return _take(scene, row, ticket)
        case (("done" | "ask" | "hand_over" | "card"), ""):
            return _show_menu(scene, row, ticket, MENUS[verb])
        case (("done" | "ask"), "own"):
            return _write_own(scene, row, ticket, MENUS[verb])
        case "solved", "":
            _expect_open(ticket, "done")
            _finish(scene, ticket, "")
            return _say(ticket, row, ToastKind.DONE)
        case "done", _:
            return _report(scene, row, ticket, ReadyReport(choice))
        case "ask", _:
            return _ask(scene, row, ticket, ReadyQuestion(choice))
        case "hand_over", _:
            return _hand_over(scene, row, ticket, Group(choice))
        case (("take_over" | "keep" | "on_it"), ""):
            return taking_over.press(scene, row, ticket, verb)
        case "wait", _:
            return waiting.press(scene, row, ticket, choice)
        case "correct", _:
            return corrections.press(scene, row, ticket, choice)
        case _:
            return merging.press(scene, row, ticket, verb, choice)


def reply(event: MessageReceived, scene: Scene) -> Outcome:
    """Staff answer a message of a ticket: the words go to the tenant. Anything else is staff's own talk, and so is a
    command: nobody writes "/digest" to a tenant.
    """
    obeyed = staff_commands.obey(event, scene)
    if obeyed is not None:
        return obeyed
    if event.reply_to is None and event.command is None:
        awaited = _find_awaited(event, scene)
        if awaited is not None and awaited.ticket_id is not None:
            return _reply(event, scene, scene.unit.tickets.get(awaited.ticket_id), awaited)
    ticket = find_replied_to(event, scene)
    answered = scene.unit.outbox.find_by_receipt(scene.chat.id, event.reply_to or "")
    noted = staff_notes.keep(event, scene, ticket.ticket, answered)
    if noted is not None:
        return noted
    is_no_answer = answered is None or answered.notification == StillUntaken.__name__ or event.command is not None
    if ticket.ticket is None or answered is None or is_no_answer:
        return Outcome(Disposition.IGNORED, reason="staff talk")
    return _reply(event, scene, ticket.ticket, answered)


def _find_awaited(event: MessageReceived, scene: Scene) -> OutboxRow | None:
    """What this person just tapped to write in words of their own, while nothing has been written for it yet."""
    prompts = (WhatToAsk.__name__, WhatWasDone.__name__)
    prompt = scene.unit.outbox.find_latest_to(scene.chat.id, scene.person.id, prompts, scene.now - OWN_WORDS)
    if prompt is None or prompt.ticket_id is None or not event.text or event.is_to_another:
        return None
    ticket = scene.unit.tickets.get(prompt.ticket_id)
    written = (EntryKind.REPLY, EntryKind.REPORT)
    is_answered = any(
        entry.person_id == scene.person.id and entry.kind in written and entry.at >= prompt.created_at
        for entry in scene.unit.tickets.list_entries(ticket.id)
    )
    return prompt if ticket.is_open and not is_answered else None


def _reply(event: MessageReceived, scene: Scene, ticket: Ticket, answered: OutboxRow) -> Outcome:
    if ticket.site_id != scene.site.id:
        return Outcome(Disposition.REFUSED, reason="a ticket of another site")
    keep_attachments(event, scene, ticket, Side.STAFF)
    react(scene.unit, scene.chat, event.message_id, SEEN)
    if answered.notification == WhatWasDone.__name__ and ticket.is_open:
        _finish(scene, ticket, event.text)
        return Outcome(Disposition.ADDED, ticket.id, "report")
    is_for_all = answered.notification == cards.CARD
    everybody = replies.recipients(scene.unit, ticket) if is_for_all else (ticket,)
    written = [(each, _enter(scene, each, EntryKind.REPLY, event.text)) for each in everybody]
    replies.send_all(scene.unit, scene.desk, written, event.text)
    unreached.tell_staff(scene.unit, ticket)
    ticket.first_answer_at = ticket.first_answer_at or scene.now
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id)


def hear_edit(event: MessageEdited, scene: Scene) -> Outcome:
    """Staff change a reply or a report: the tenant's copy changes with it."""
    message = event.message
    versions = scene.unit.inbox.list_by_message(scene.chat.id, message.message_id)
    ticket_id = versions[-1].ticket_id if versions else None
    if ticket_id is None or not message.text or versions[-1].text == message.text:
        return Outcome(Disposition.IGNORED, ticket_id, "staff talk" if ticket_id is None else "nothing changed")
    ticket = scene.unit.tickets.get(ticket_id)
    written = {row.id for row in versions}
    sent = [
        (each, entry)
        for each in (ticket, *scene.unit.incidents.list_members(ticket.id))
        for entry in scene.unit.tickets.list_entries(each.id)
        if entry.inbox_id in written
    ]
    worded = [(each, entry) for each, entry in sent if entry.kind is EntryKind.REPORT or _is_reply(entry)]
    if worded:
        _change(scene, ticket, worded, message.text)
        return Outcome(Disposition.ADDED, ticket.id, "edited")
    if any(row.text for row in versions):
        return Outcome(Disposition.IGNORED, ticket.id, "nothing to change")
    everybody = {each.id: each for each, _ in sent}.values() or (ticket,)  # a photo that got its words later
    entries = [(each, _enter(scene, each, EntryKind.REPLY, message.text)) for each in everybody]
    replies.send_all(scene.unit, scene.desk, entries, message.text)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id, "words for a file")


def _is_reply(entry: Entry) -> bool:
    return entry.kind is EntryKind.REPLY and bool(entry.text)


def _change(scene: Scene, ticket: Ticket, worded: Sequence[tuple[Ticket, Entry]], words: str) -> None:
    _enter(scene, ticket, EntryKind.NOTE, words, Audience.STAFF)
    if all(_is_reply(entry) for _, entry in worded):
        for each, entry in worded:
            replies.change_words(scene.unit, each, entry, words)
        return
    ticket.done_words = words
    for each in (ticket, *scene.unit.incidents.list_members(ticket.id)):
        for row in scene.unit.outbox.list_messages(each.id, Finished.__name__)[-1:]:
            is_private = scene.unit.chats.get(row.chat_id).role is ChatRole.PRIVATE
            change(scene.unit, row.id, Finished(each.number, words, is_private), row.language)
    cards.refresh(scene.unit, ticket)


def _take(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    """First tap has it; the second is told who."""
    ticket.take(scene.person.id, scene.now)
    reminding.stop(scene.unit, ticket)
    silence.plan(scene.unit, ticket)
    enter_by_staff(scene, ticket, Step.TAKEN)
    neighbours.follow(scene.unit, ticket)
    neighbours.tell_taken(scene.unit, ticket, scene.person.name)
    cards.refresh(scene.unit, ticket)
    return _say(ticket, row, ToastKind.YOURS)


def _show_menu(scene: Scene, row: OutboxRow, ticket: Ticket, menu: Menu) -> Outcome:
    """Open a card's second row of buttons, or go back."""
    _expect_open(ticket, menu)
    cards.refresh(scene.unit, ticket, menu=menu, only=row.id)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _hand_over(scene: Scene, row: OutboxRow, ticket: Ticket, group: Group) -> Outcome:
    """To another group's duty chat, as a fresh card with every file; the number and the promise stay."""
    _expect_open(ticket, "hand over")
    if group is ticket.group:
        return late(scene, row, ticket)
    if not scene.unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, group):
        return _say(ticket, row, ToastKind.NO_DUTY_CHAT)
    ticket.hand_over(group)
    ladder.offer_to_somebody(scene.unit, ticket)
    neighbours.follow(scene.unit, ticket)
    reminding.stop(scene.unit, ticket)
    reminding.plan(scene.unit, ticket)
    enter_by_staff(scene, ticket, Step.HANDED_OVER, group)
    cards.refresh(scene.unit, ticket)
    offers.post_to_group(scene.unit, ticket, group)
    if ticket.handed_over >= TO_AND_FRO:
        offers.tell_managers(scene.unit, ticket, PushedToAndFro(ticket.number, ticket.handed_over, group))
    return _say(ticket, row, ToastKind.HANDED_OVER)


def _ask(scene: Scene, row: OutboxRow, ticket: Ticket, question: ReadyQuestion) -> Outcome:
    """One tap asks the tenant in the tenant's language."""
    _expect_open(ticket, "ask")
    words = ready_question(Voice(ticket.language), question)
    replies.send(scene.unit, scene.desk, ticket, words, _enter(scene, ticket, EntryKind.REPLY, words))
    unreached.tell_staff(scene.unit, ticket)
    ticket.first_answer_at = ticket.first_answer_at or scene.now
    cards.refresh(scene.unit, ticket)
    return _say(ticket, row, ToastKind.ASKED)


def _write_own(scene: Scene, row: OutboxRow, ticket: Ticket, menu: Menu) -> Outcome:
    """A place to reply to: the next words of staff under it are the question, or the report."""
    _expect_open(ticket, menu)
    prompt: Notification = WhatToAsk(ticket.number) if menu is Menu.ASK else WhatWasDone(ticket.number)
    tell(scene.unit, scene.chat, prompt, row.language, ticket_id=ticket.id, under=row.id, person_id=scene.person.id)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _report(scene: Scene, row: OutboxRow, ticket: Ticket, report: ReadyReport) -> Outcome:
    """Done, with what was done in one tap."""
    _finish(scene, ticket, ready_report(Voice(ticket.language), report))
    return _say(ticket, row, ToastKind.DONE)


def _finish(scene: Scene, ticket: Ticket, words: str) -> None:
    ticket.finish(scene.person.id, scene.now)
    ticket.done_words = words or None
    reminding.stop(scene.unit, ticket)
    _enter(scene, ticket, EntryKind.REPORT, words)
    finished = (ticket, *neighbours.finish(scene.unit, ticket, scene.person.id))
    neighbours.tell_finished(scene.unit, finished)
    for each in finished:
        callbacks.plan(scene.unit, each)
    cards.refresh(scene.unit, ticket)


def late(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    """The ticket moved on before this tap: say where it is, and set the card right."""
    cards.refresh(scene.unit, ticket)
    if ticket.state in (TicketState.DONE, TicketState.CLOSED):
        kind = ToastKind.ALREADY_DONE
    elif ticket.assignee_id == scene.person.id:
        kind = ToastKind.YOURS
    elif ticket.assignee_id is not None and ticket.is_open:
        kind = ToastKind.TAKEN_BY
    else:
        kind = ToastKind.MOVED_ON
    who = cards.assignee_of(scene.unit, ticket)
    reason = f"ticket {ticket.number} is {ticket.state}"
    return Outcome(Disposition.REFUSED, ticket.id, reason, Toast(kind, ticket.number, who), row.language)


def _enter(scene: Scene, ticket: Ticket, kind: EntryKind, words: str, audience: Audience = Audience.REPORTER) -> int:
    return scene.unit.tickets.add_entry(
        ticket.id, scene.now, kind, Side.STAFF, audience, words, person_id=scene.person.id, inbox_id=scene.inbox_id
    )


def _expect_open(ticket: Ticket, step: str) -> None:
    if not ticket.is_open:
        raise WrongState(ticket, step)


def _say(ticket: Ticket, row: OutboxRow, kind: ToastKind) -> Outcome:
    return Outcome(Disposition.ANSWERED, ticket.id, toast=Toast(kind, ticket.number), language=row.language)
