"""Words staff write for a question of the desk's: a note, the hour of a visit, what comes after Done.

They are meant for it when they answer it, and for a few minutes also without; later they are staff's own talk.
"""

from datetime import timedelta

from handlers import after_done, authority, cards, moved_on, prompts, staff_notes
from handlers.events import MessageReceived
from handlers.kinds import KINDS
from handlers.notifications.to_duty import AnythingToAdd, WhatTime, WhatToNote
from handlers.permissions import Act
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, find_private, react, tell
from handlers.steps import Step, is_step
from handlers.visits import agreeing, staff
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Disposition, EntryKind, Side, TicketState

OWN_WORDS = timedelta(minutes=5)
AFTERWARDS = timedelta(minutes=15)
"""How long after Done a photo needs no reply: hands are washed first."""
NOTE, TIME, ADD = WhatToNote.__name__, WhatTime.__name__, AnythingToAdd.__name__
OURS = (NOTE, TIME, ADD)


def hear(event: MessageReceived, scene: Scene) -> Outcome | None:
    """None for words that are for nobody here."""
    if event.command is not None:
        return None
    row = _find_row(event, scene)
    ticket = scene.unit.tickets.get(row.ticket_id) if row is not None and row.ticket_id is not None else None
    if row is None or ticket is None or ticket.site_id != scene.site.id:
        return None
    match row.notification:
        case name if name == NOTE:
            return staff_notes.write(event, scene, ticket, event.text)
        case name if name == ADD:
            return after_done.hear(event, scene, ticket)
        case name if name == TIME:
            turned_away = _turn_hour_away(event, scene, ticket, row)
            return turned_away or _propose(event, scene, ticket, is_asked=True)
        case name if name == cards.CARD and KINDS[ticket.kind].comes_to_door and cards.is_for(ticket, scene.chat):
            return _propose(event, scene, ticket, is_asked=False)
        case _:
            return None


def ask_note(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    """A place to write it; of what is over as well."""
    unit, prompt = scene.unit, WhatToNote(ticket.number)
    tell(unit, scene.chat, prompt, row.language, ticket_id=ticket.id, under=row.id, person_id=scene.person.id)
    cards.refresh(unit, ticket)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _find_row(event: MessageReceived, scene: Scene) -> OutboxRow | None:
    """The message that is answered, else what this person was asked last, as long as nothing was written for it."""
    if event.reply_to is not None:
        answered = scene.unit.outbox.find_by_receipt(scene.chat.id, event.reply_to)
        is_card = answered is not None and answered.notification == cards.CARD
        return (_find_note_prompt(scene, answered.ticket_id) if answered and is_card else None) or answered
    if event.is_to_another:
        return None
    row = prompts.find_newest(scene, AFTERWARDS)
    if row is None or row.notification not in OURS or row.ticket_id is None:
        return None
    if row.notification == ADD:
        return None if after_done.is_over(row) else row
    return row if row.created_at >= scene.now - OWN_WORDS and not _is_written(scene, row) else None


def _find_note_prompt(scene: Scene, ticket_id: int | None) -> OutboxRow | None:
    """A note that this person has just been asked for is often written under the card itself."""
    row = prompts.find_newest(scene, OWN_WORDS)
    is_asked = row is not None and row.notification == NOTE and row.ticket_id == ticket_id
    return row if is_asked and row is not None and not _is_written(scene, row) else None


def _is_written(scene: Scene, row: OutboxRow) -> bool:
    """Whether this person has written something for the ticket since."""
    is_note = row.notification == NOTE
    return any(
        entry.person_id == scene.person.id
        and entry.at >= row.created_at
        and (entry.kind is EntryKind.NOTE if is_note else is_step(entry, Step.VISIT_PROPOSED))
        for entry in scene.unit.tickets.list_entries(row.ticket_id or 0)
    )


def _turn_hour_away(event: MessageReceived, scene: Scene, ticket: Ticket, row: OutboxRow) -> Outcome | None:
    """Others may see to it by now; talk that answers nothing and names no hour is no answer."""
    if event.reply_to is None and staff.hear_time(scene, event.text) is None:
        return None
    return moved_on.turn_words_away(event, scene, ticket, row, Act.VISIT)


def _propose(event: MessageReceived, scene: Scene, ticket: Ticket, *, is_asked: bool) -> Outcome | None:
    """An hour for the tenant; what was asked for and cannot be read is asked for once more."""
    is_takeable = ticket.state is TicketState.ACCEPTED and ticket.incident_id is None
    if not is_asked and find_private(scene.unit, ticket.reporter_id) is None:
        return None  # an answer like any other: it waits for the tenant in private
    slot = staff.hear_time(scene, event.text) if is_takeable and not event.attached else None
    may_not = authority.refuse_to_put_off(scene, ticket, slot[0]) if slot is not None else None
    if may_not is not None:
        tell(scene.unit, scene.chat, may_not, scene.language, ticket_id=ticket.id, reply_to=event.message_id)
        return Outcome(Disposition.REFUSED, reason="may not put it off so far")
    if slot is not None:
        agreeing.propose(scene, ticket, slot, Side.STAFF)
        react(scene.unit, scene.chat, event.message_id, SEEN)
        return Outcome(Disposition.ADDED, ticket.id, "visit proposed")
    if not is_asked or not is_takeable:
        return None
    again = WhatTime(ticket.number, is_unread=True)
    tell(
        scene.unit,
        scene.chat,
        again,
        scene.language,
        ticket_id=ticket.id,
        reply_to=event.message_id,
        person_id=scene.person.id,
    )
    return Outcome(Disposition.IGNORED, reason="no hour to be read")
