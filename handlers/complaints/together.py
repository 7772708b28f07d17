"""Complaints that are one trouble: they are finished together, and one summary closes those that wait for it."""

from handlers import cards, offers
from storage.complaint_vocabulary import ComplaintStep
from storage.models import Complaint, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, TicketState


def file_those_joined(unit: UnitOfWork, first: Ticket, summary: str) -> None:
    """What was learned of the first holds for whoever complained of the same and has been called back."""
    for member in unit.incidents.list_members(first.id):
        complaint = _find_unfiled(unit, member)
        if complaint is not None:
            complaint.file(summary, unit.now)
            cards.refresh(unit, member)


def file_with_first(unit: UnitOfWork, member: Ticket) -> None:
    """One that was called back after the first was filed; with no complaint before it, it needs a card to be closed."""
    complaint = _find_unfiled(unit, member)
    if complaint is None or member.incident_id is None:
        return
    first = unit.complaints.find(member.incident_id)
    if first is not None and first.is_over:
        complaint.file(first.summary or "", unit.now)
    elif is_closed_alone(unit, member) and member.group is not None and not _has_card(unit, member):
        offers.post_to_group(unit, member, member.group)


def is_closed_alone(unit: UnitOfWork, ticket: Ticket) -> bool:
    """Whether nobody else's summary will close it: what it was joined to is no complaint."""
    return ticket.incident_id is not None and unit.tickets.get(ticket.incident_id).kind is not Kind.COMPLAINT


def _has_card(unit: UnitOfWork, ticket: Ticket) -> bool:
    rows = unit.outbox.list_messages(ticket.id, cards.CARD)
    return any(unit.chats.get(row.chat_id).is_open for row in rows)


def _find_unfiled(unit: UnitOfWork, ticket: Ticket) -> Complaint | None:
    if ticket.kind is not Kind.COMPLAINT or ticket.state is not TicketState.CLOSED:
        return None
    complaint = unit.complaints.find(ticket.id)
    return complaint if complaint is not None and complaint.step is ComplaintStep.SUMMARISE else None
