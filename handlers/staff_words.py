"""Which message of ours staff's words are for, when they do not answer it by a reply to it."""

from handlers import cards, prompts, undoing
from handlers.events import MessageReceived
from handlers.notifications.to_duty import WhatToAsk, WhatWasDone
from handlers.prompting import OWN_WORDS
from handlers.scene import Scene
from storage.models import OutboxRow
from storage.vocabulary import EntryKind


def find_awaited(event: MessageReceived, scene: Scene) -> OutboxRow | None:
    """What this person just tapped to write in words of their own, while nothing has been written for it yet."""
    prompt = prompts.find_newest(scene, OWN_WORDS)
    if prompt is None or prompt.notification not in (WhatToAsk.__name__, WhatWasDone.__name__):
        return None
    if prompt.ticket_id is None or not event.text or event.is_to_another:
        return None
    ticket = scene.unit.tickets.get(prompt.ticket_id)
    written = (EntryKind.REPLY, EntryKind.REPORT)
    is_answered = any(
        entry.person_id == scene.person.id and entry.kind in written and entry.at >= prompt.created_at
        for entry in scene.unit.tickets.list_entries(ticket.id)
    )
    return prompt if ticket.is_open and not is_answered else None


def find_going_on(event: MessageReceived, scene: Scene) -> OutboxRow | None:
    """The card, when somebody goes on under their own words to the tenant; under a colleague's they talk to them."""
    said = scene.unit.inbox.list_by_message(scene.chat.id, event.reply_to) if event.reply_to else ()
    if not said or said[0].person_id != scene.person.id or said[0].ticket_id is None or event.is_to_another:
        return None
    ticket, heard = scene.unit.tickets.get(said[0].ticket_id), {row.id for row in said}
    written = (entry for entry in scene.unit.tickets.list_entries(ticket.id) if entry.inbox_id in heard)
    told = [entry.id for entry in written if entry.kind is EntryKind.REPLY]
    if all(undoing.is_taken_back(scene.unit, ticket, entry_id) for entry_id in told):
        return None
    return next((row for row, chat in cards.standing(scene.unit, ticket) if chat.id == scene.chat.id), None)
