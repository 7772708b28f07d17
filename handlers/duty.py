"""Staff at work in their duty chat: taps on the card, replies to it. A late tap gets a true and kind answer."""

from dataclasses import replace

from handlers import (
    after_done,
    answering_taps,
    authority,
    cards,
    corrections,
    escalating,
    finishing,
    handing_over,
    merging,
    moved_on,
    neighbours,
    permissions,
    printing,
    prompting,
    reasons,
    replies,
    staff_commands,
    staff_notes,
    staff_words,
    taking_over,
    unit_history,
    waiting,
)
from handlers.complaints import concerns, guarding
from handlers.complaints import steps as complaint_steps
from handlers.events import MessageReceived
from handlers.hearing import find_replied_to, keep_attachments
from handlers.notifications import Notification
from handlers.notifications.to_duty import (
    FileOf,
    Menu,
    NotFixed,
    ReadyQuestion,
    ReadyReport,
    StillUntaken,
    TenantAnswered,
    TenantSaid,
    TicketCard,
    Toast,
    ToastKind,
    WereYouThere,
    WhatToAsk,
    WhatWasDone,
    ready_question,
)
from handlers.permissions import Act
from handlers.pushes import reminding, silence
from handlers.ready_answers import sending
from handlers.registering import unreached
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, react, tell
from handlers.steps import Step, enter_by_staff
from handlers.visits import staff
from locales import Voice
from storage.models import OutboxRow, Ticket, WrongState
from storage.vocabulary import Audience, ChatRole, Disposition, EntryKind, Side, TicketState

MENUS = {"done": Menu.DONE, "ask": Menu.ASK, "card": Menu.MAIN, "more": Menu.MORE}
ITS_OWN = frozenset({"visit", "were"})
"""What a further report of an incident keeps: its tenant waits at home for whoever said they would come."""
ANSWERED_ABOVE = frozenset(
    thing.__name__ for thing in (FileOf, NotFixed, TenantAnswered, TenantSaid, TicketCard, WhatToAsk, WhatWasDone)
)
"""What stands in a managers' chat whose answers are for the tenant."""


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """A button of a card. The group it was handed away from is told so."""
    if row.ticket_id is None:
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    kept_away = _keep_away(scene, row, ticket)
    if kept_away is not None:
        return kept_away
    if not cards.is_for(ticket, scene.chat):
        return late(scene, row, ticket)
    refused = permissions.refuse(scene, row, ticket, verb) or authority.refuse_tap(scene, row, ticket, verb)
    if refused is not None:
        return refused
    if (verb, choice) == ("why", ""):
        return reasons.press(scene, row, ticket)
    is_summed_up = verb == "step" and ticket.state is TicketState.CLOSED
    is_there = verb == "done" and row.notification == WereYouThere.__name__
    if ticket.incident_id is not None and verb not in ITS_OWN and not is_summed_up and not is_there:
        return late(scene, row, ticket)
    match verb, choice:
        case "take", "":
            return _take(scene, row, ticket)
        case (("done" | "ask" | "card" | "more"), ""):
            return _show_menu(scene, row, ticket, MENUS[verb])
        case (("done" | "ask"), "own"):
            return _write_own(scene, row, ticket, MENUS[verb])
        case "solved", "":
            _expect_open(ticket, "done")
            finishing.finish(scene, ticket, "")
            after_done.ask(scene, row, ticket, None)
            return answering_taps.done(ticket, row, ToastKind.DONE)
        case "done", _:
            finishing.report(scene, row, ticket, ReadyReport(choice))
            return answering_taps.done(ticket, row, ToastKind.DONE)
        case "ask", _:
            return _ask(scene, row, ticket, ReadyQuestion(choice))
        case "answer", _:
            return sending.press(scene, row, ticket, choice)
        case "hand_over", _:
            return handing_over.press(scene, row, ticket, choice)
        case "escalate", _:
            return escalating.press(scene, row, ticket, choice)
        case "visit", _:
            return staff.press(scene, row, ticket, choice)
        case "were", _:
            return staff.press_after(scene, row, ticket, choice)
        case "add", _:
            return after_done.press(scene, row, ticket, choice)
        case "spend", _:
            return after_done.press_spend(scene, row, ticket, choice)
        case "print", "" if printing.send_link(scene, ticket, under=row.id):
            return Outcome(Disposition.ANSWERED, ticket.id)
        case "note", "":
            return prompting.ask_note(scene, row, ticket)
        case "history", "":
            return unit_history.press(scene, row, ticket)
        case (("take_over" | "keep" | "on_it"), ""):
            return taking_over.press(scene, row, ticket, verb)
        case "wait", _:
            return waiting.press(scene, row, ticket, choice)
        case "step", _:
            return complaint_steps.press(scene, row, ticket, choice)
        case "concern", _:
            return guarding.press(scene, row, ticket, choice)
        case "correct", _:
            return corrections.press(scene, row, ticket, choice)
        case _:
            return merging.press(scene, row, ticket, verb, choice)


def _keep_away(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome | None:
    """Nobody it is about, and nobody who works under them, has anything to do with it."""
    unit, chat = scene.unit, scene.chat
    if concerns.is_hidden(unit, chat, ticket.id):
        guarding.keep_apart(unit, ticket)
        toast = Toast(ToastKind.OLD_CARD)
    elif concerns.is_concerned(unit, ticket.site_id, ticket.id, scene.person):
        toast = Toast(ToastKind.NOT_FOR_YOU)
    else:
        return None
    return Outcome(Disposition.REFUSED, ticket.id, "not for this chat or person", toast, row.language)


def reply(event: MessageReceived, scene: Scene) -> Outcome:
    """Staff answer a message of a ticket: the words go to the tenant. Anything else is staff's own talk, and so is a
    command: nobody writes "/digest" to a tenant.
    """
    event = staff_notes.as_command(event)
    obeyed = staff_commands.obey(event, scene)
    if obeyed is not None:
        return obeyed
    stepped = staff_notes.obey(event, scene) or complaint_steps.hear_words(event, scene)
    if stepped is not None:
        return stepped
    prompted = prompting.hear(event, scene)
    if prompted is not None:
        return prompted
    if event.reply_to is None and event.command is None:
        awaited = staff_words.find_awaited(event, scene)
        asked = scene.unit.tickets.get(awaited.ticket_id) if awaited is not None and awaited.ticket_id else None
        if awaited is not None and asked is not None and _may_answer(scene, asked, awaited):
            return _reply(event, scene, asked, awaited)
    ticket = find_replied_to(event, scene)
    answered = scene.unit.outbox.find_by_receipt(scene.chat.id, event.reply_to or "")
    answered = answered or staff_words.find_going_on(event, scene)
    noted = staff_notes.keep(event, scene, ticket.ticket, answered)
    if noted is not None:
        return noted
    is_no_answer = answered is None or answered.notification == StillUntaken.__name__ or event.command is not None
    if ticket.ticket is None or answered is None or is_no_answer or not _may_answer(scene, ticket.ticket, answered):
        return staff_notes.keep_talk(event, scene) or Outcome(Disposition.IGNORED, reason="staff talk")
    return _reply(event, scene, ticket.ticket, answered)


def _may_answer(scene: Scene, ticket: Ticket, answered: OutboxRow) -> bool:
    """In a managers' chat alarms are answered among managers; what is about somebody of ours by none of theirs."""
    is_alarm = scene.chat.role is ChatRole.MANAGER and answered.notification not in ANSWERED_ABOVE
    unit, is_hidden = scene.unit, concerns.is_hidden(scene.unit, scene.chat, ticket.id)
    return not (is_alarm or is_hidden or concerns.is_concerned(unit, ticket.site_id, ticket.id, scene.person))


def _reply(event: MessageReceived, scene: Scene, ticket: Ticket, answered: OutboxRow) -> Outcome:
    if ticket.site_id != scene.site.id:
        return Outcome(Disposition.REFUSED, reason="a ticket of another site")
    is_report = answered.notification == WhatWasDone.__name__ and ticket.is_open
    turned_away = moved_on.turn_words_away(event, scene, ticket, answered, Act.DONE if is_report else Act.ASK)
    if turned_away is None and is_report:
        turned_away = authority.turn_report_away(event, scene, ticket)
    if turned_away is not None:
        return turned_away
    keep_attachments(event, scene, ticket, Side.STAFF)
    react(scene.unit, scene.chat, event.message_id, SEEN)
    if is_report:
        finishing.finish(scene, ticket, event.text)
        after_done.ask(scene, None, ticket, None, has_photo=bool(event.attached))
        return Outcome(Disposition.ADDED, ticket.id, "report")
    is_for_all = answered.notification == cards.CARD
    everybody = replies.recipients(scene.unit, ticket) if is_for_all else (ticket,)
    written = [(each, _enter(scene, each, EntryKind.REPLY, event.text)) for each in everybody]
    replies.send_all(scene.unit, scene.desk, written, event.text)
    unreached.tell_staff(scene.unit, ticket)
    ticket.first_answer_at = ticket.first_answer_at or scene.now
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id)


def _take(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    """First tap has it; the second is told who."""
    ticket.take(scene.person.id, scene.now)
    reminding.stop(scene.unit, ticket)
    silence.plan(scene.unit, ticket)
    enter_by_staff(scene, ticket, Step.TAKEN)
    neighbours.follow(scene.unit, ticket)
    neighbours.tell_taken(scene.unit, ticket, scene.person.id)
    cards.refresh(scene.unit, ticket)
    return answering_taps.done(ticket, row, ToastKind.YOURS)


def _show_menu(scene: Scene, row: OutboxRow, ticket: Ticket, menu: Menu) -> Outcome:
    """Open a card's second row of buttons, or go back."""
    _expect_open(ticket, menu)
    if menu is Menu.MORE and row.notification == cards.CARD:
        card = cards.card_of(scene.unit, ticket, menu)
        can_print = bool(scene.desk.public_url) and card.complaint is None
        card = replace(card, can_print=can_print, has_answers=sending.has_any(scene.unit, ticket))
        change(scene.unit, row.id, card, row.language)
    else:
        cards.refresh(scene.unit, ticket, menu=menu, only=row.id)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _ask(scene: Scene, row: OutboxRow, ticket: Ticket, question: ReadyQuestion) -> Outcome:
    """One tap asks the tenant in the tenant's language."""
    _expect_open(ticket, "ask")
    words = ready_question(Voice(ticket.language), question)
    replies.send(scene.unit, scene.desk, ticket, words, _enter(scene, ticket, EntryKind.REPLY, words))
    unreached.tell_staff(scene.unit, ticket)
    ticket.first_answer_at = ticket.first_answer_at or scene.now
    cards.refresh(scene.unit, ticket)
    return answering_taps.done(ticket, row, ToastKind.ASKED)


def _write_own(scene: Scene, row: OutboxRow, ticket: Ticket, menu: Menu) -> Outcome:
    """A place to reply to: the next words of staff under it are the question, or the report."""
    _expect_open(ticket, menu)
    prompt: Notification = WhatToAsk(ticket.number) if menu is Menu.ASK else WhatWasDone(ticket.number)
    tell(scene.unit, scene.chat, prompt, row.language, ticket_id=ticket.id, under=row.id, person_id=scene.person.id)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ANSWERED, ticket.id)


def late(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    """The ticket moved on before this tap: say where it is, and set the card right."""
    cards.refresh(scene.unit, ticket)
    reason = f"ticket {ticket.number} is {ticket.state}"
    return Outcome(Disposition.REFUSED, ticket.id, reason, moved_on.where_it_is(scene, ticket), row.language)


def _enter(scene: Scene, ticket: Ticket, kind: EntryKind, words: str, audience: Audience = Audience.REPORTER) -> int:
    return scene.unit.tickets.add_entry(
        ticket.id, scene.now, kind, Side.STAFF, audience, words, person_id=scene.person.id, inbox_id=scene.inbox_id
    )


def _expect_open(ticket: Ticket, step: str) -> None:
    if not ticket.is_open:
        raise WrongState(ticket, step)
