"""Staff change the words they wrote for a step of a complaint: the tenant's copy changes while it is still asked about.

What the tenant has agreed to stays as it was agreed; the new words are then a note among staff.
"""

from collections.abc import Collection

from handlers import cards
from handlers.complaints import asking
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.complaint_vocabulary import ComplaintStep
from storage.models import Complaint, Ticket
from storage.vocabulary import Audience, Disposition, EntryKind, Kind, Side, TicketState

OWN = (ComplaintStep.INVESTIGATE, ComplaintStep.PROPOSE)
"""While a finding may still be written anew."""


def hear_edit(scene: Scene, ticket: Ticket, before: Collection[str], words: str, message_id: str) -> Outcome | None:
    """`before` is how the message has read so far; None where none of it was written for a step."""
    complaint = scene.unit.complaints.find(ticket.id) if ticket.kind is Kind.COMPLAINT else None
    if complaint is None or not {complaint.account, complaint.finding, complaint.proposal, complaint.summary} & set(
        before
    ):
        return None
    is_changed = ticket.state is not TicketState.CANCELLED and _reword(scene, ticket, complaint, before, words)
    what = (EntryKind.NOTE, Side.STAFF, Audience.STAFF)
    scene.unit.tickets.add_entry(ticket.id, scene.now, *what, words, person_id=scene.person.id, inbox_id=scene.inbox_id)
    if not is_changed:
        moved_on = Toast(ToastKind.MOVED_ON, ticket.number)
        tell(scene.unit, scene.chat, moved_on, scene.language, ticket_id=ticket.id, reply_to=message_id)
    cards.refresh(scene.unit, ticket)
    return Outcome(Disposition.IGNORED, ticket.id, "edited" if is_changed else "a step that is over")


def _reword(scene: Scene, ticket: Ticket, complaint: Complaint, before: Collection[str], words: str) -> bool:
    """Whether the step these words were for still stands."""
    if complaint.step is ComplaintStep.CONFIRM and complaint.is_asked and complaint.account in before:
        complaint.account = words
        asking.reword(scene.unit, ticket, words)
    elif complaint.step is ComplaintStep.ANSWER and complaint.is_asked and complaint.proposal in before:
        complaint.proposal = words
        asking.reword(scene.unit, ticket, words)
    elif complaint.step in OWN and complaint.finding in before:
        complaint.finding = words
    elif complaint.is_over and complaint.summary in before:
        complaint.summary = words
    else:
        return False
    return True
