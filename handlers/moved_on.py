"""A ticket that went on without those who still speak of it: they hear where it is, and their words stay with staff."""

from handlers import cards, permissions
from handlers.complaints import concerns
from handlers.events import MessageReceived
from handlers.hearing import keep_attachments
from handlers.notifications import Notification
from handlers.notifications.to_duty import Toast, ToastKind, WereYouThere
from handlers.permissions import Act
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, react, tell
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Audience, Disposition, EntryKind, Side, TicketState


def where_it_is(scene: Scene, ticket: Ticket) -> Toast:
    """Finished, with somebody, or elsewhere."""
    if ticket.state in (TicketState.DONE, TicketState.CLOSED):
        kind = ToastKind.ALREADY_DONE
    elif ticket.assignee_id == scene.person.id:
        kind = ToastKind.YOURS
    elif ticket.assignee_id is not None and ticket.is_open:
        kind = ToastKind.TAKEN_BY
    else:
        kind = ToastKind.MOVED_ON
    return Toast(kind, ticket.number, cards.assignee_of(scene.unit, ticket))


def turn_words_away(
    event: MessageReceived, scene: Scene, ticket: Ticket, answered: OutboxRow, act: Act
) -> Outcome | None:
    """Words do no more than a tap would: None where this chat and this person may still do it here.

    A further report is finished with the first, as its own card says, or at its own door. What comes after the first
    such answer, and answers nothing, is staff's own talk.
    """
    if concerns.is_hidden(scene.unit, scene.chat, ticket.id):
        return Outcome(Disposition.IGNORED, reason="staff talk")
    is_elsewhere = not cards.is_for(ticket, scene.chat)
    if is_elsewhere or (act is Act.DONE and ticket.incident_id is not None and not _is_at_door(scene, answered)):
        toast = where_it_is(scene, ticket)
        if toast.kind is ToastKind.YOURS or not is_elsewhere:
            toast = Toast(ToastKind.MOVED_ON, ticket.number)
        reason = "it has moved on"
    else:
        refused = permissions.refuse(scene, answered, ticket, act)
        if refused is None or not isinstance(refused.toast, Toast):
            return None
        toast, reason = refused.toast, refused.reason or ""
    if event.reply_to is None and _was_told(scene, ticket, answered):
        return Outcome(Disposition.IGNORED, reason="staff talk")
    return keep_with_staff(event, scene, ticket, toast, reason)


def keep_with_staff(event: MessageReceived, scene: Scene, ticket: Ticket, said: Notification, reason: str) -> Outcome:
    """The words become a note, and whoever wrote them hears why."""
    keep_attachments(event, scene, ticket, Side.STAFF)
    who = (EntryKind.NOTE, Side.STAFF, Audience.STAFF)
    scene.unit.tickets.add_entry(
        ticket.id, scene.now, *who, event.text, person_id=scene.person.id, inbox_id=scene.inbox_id
    )
    react(scene.unit, scene.chat, event.message_id, SEEN)
    tell(scene.unit, scene.chat, said, scene.language, ticket_id=ticket.id, reply_to=event.message_id)
    # Without the ticket's id: a later edit must find nothing that it could carry to the tenant.
    return Outcome(Disposition.REFUSED, reason=reason)


def _is_at_door(scene: Scene, asked: OutboxRow) -> bool:
    under = scene.unit.outbox.get(asked.target_id) if asked.target_id is not None else None
    return under is not None and under.notification == WereYouThere.__name__


def _was_told(scene: Scene, ticket: Ticket, asked: OutboxRow) -> bool:
    return any(
        entry.kind is EntryKind.NOTE and entry.person_id == scene.person.id and entry.at >= asked.created_at
        for entry in scene.unit.tickets.list_entries(ticket.id)
    )
