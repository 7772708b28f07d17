"""Staff change what they have written: the tenant's copy changes with it, and what a file lacked reaches them."""

from collections.abc import Sequence

from handlers import cards, permissions, replies, staff_notes, undoing
from handlers.complaints import rewording
from handlers.events import MessageEdited
from handlers.notifications.to_duty import NotChanged
from handlers.notifications.to_tenant import Finished
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from storage.models import Entry, InboxRow, Ticket
from storage.vocabulary import Audience, ChatRole, Disposition, EntryKind, Side


def hear_edit(event: MessageEdited, scene: Scene) -> Outcome:
    """Staff change a reply or a report: the tenant's copy changes with it."""
    message = event.message
    versions = scene.unit.inbox.list_by_message(scene.chat.id, message.message_id)
    ticket_id = versions[-1].ticket_id if versions else None
    if permissions.has_left(scene.unit, scene.site.id, scene.person.id):
        return Outcome(Disposition.REFUSED, ticket_id, f"{permissions.Standing.GONE}: an edit")
    if ticket_id is None or not message.text or versions[-1].text == message.text:
        return Outcome(Disposition.IGNORED, ticket_id, "staff talk" if ticket_id is None else "nothing changed")
    ticket = scene.unit.tickets.get(ticket_id)
    command = staff_notes.as_command(message, is_reply=True).command
    if command is not None:
        words = command.argument if command.name == staff_notes.NAME else message.text
        _enter(scene, ticket, EntryKind.NOTE, words, Audience.STAFF)
        return Outcome(Disposition.IGNORED, reason=staff_notes.KEPT)
    stepped = rewording.hear_edit(scene, ticket, {row.text or "" for row in versions}, message.text, message.message_id)
    if stepped is not None:
        return stepped
    written = {row.id for row in versions}
    sent = [
        (each, entry)
        for each in (ticket, *scene.unit.incidents.list_members(ticket.id))
        for entry in scene.unit.tickets.list_entries(each.id)
        if entry.inbox_id in written
    ]
    replied = [(each, entry) for each, entry in sent if entry.kind is EntryKind.REPLY]
    if replied and all(undoing.is_taken_back(scene.unit, each, entry.id) for each, entry in replied):
        return Outcome(Disposition.IGNORED, ticket.id, "taken back")
    worded = [(each, entry) for each, entry in sent if entry.kind is EntryKind.REPORT or _is_reply(entry)]
    if worded:
        _change(scene, ticket, worded, message.text)
        return Outcome(Disposition.ADDED, ticket.id, "edited")
    if any(row.text for row in versions):
        if versions[0].disposition is Disposition.ADDED:  # the hour of a visit, or an amount
            _say_not_changed(scene, ticket, versions[0])
        return Outcome(Disposition.IGNORED, ticket.id, "nothing to change")
    everybody = {each.id: each for each, _ in sent}.values() or (ticket,)  # a photo that got its words later
    entries = [(each, _enter(scene, each, EntryKind.REPLY, message.text)) for each in everybody]
    replies.send_all(scene.unit, scene.desk, entries, message.text)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.ADDED, ticket.id, "words for a file")


def _say_not_changed(scene: Scene, ticket: Ticket, said: InboxRow) -> None:
    answer, key = NotChanged(ticket.number), f"not_changed:{said.id}"
    tell(scene.unit, scene.chat, answer, scene.language, ticket_id=ticket.id, reply_to=said.message_id, key=key)


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


def _enter(scene: Scene, ticket: Ticket, kind: EntryKind, words: str, audience: Audience = Audience.REPORTER) -> int:
    return scene.unit.tickets.add_entry(
        ticket.id, scene.now, kind, Side.STAFF, audience, words, person_id=scene.person.id, inbox_id=scene.inbox_id
    )
