"""A push that raises is tried again, then put aside for good: its kind mends what must go on, managers are told."""

from handlers.notifications.to_manager import PlanFailed
from handlers.pushes.table import PUSHES
from handlers.speaking import language_of, tell
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, PushState


def put_aside(unit: UnitOfWork, push_id: int, reason: str, tries: int) -> None:
    """Count a failure, and at the last say so."""
    unit.pushes.fail(push_id, reason, tries)
    push = unit.pushes.get(push_id)
    if push.state is not PushState.FAILED:
        return
    ticket = unit.tickets.get(push.ticket_id) if push.ticket_id is not None else None
    chat = unit.chats.get(push.chat_id) if push.chat_id is not None else None
    site_id = ticket.site_id if ticket else chat.site_id if chat else None
    for manager in unit.chats.list_by_role(site_id, ChatRole.MANAGER) if site_id is not None else ():
        said = PlanFailed(push.id, ticket.number if ticket else None)
        tell(unit, manager, said, language_of(unit, manager), key=f"put_aside:{push.id}:{manager.id}")
    if push.kind in PUSHES:
        PUSHES[push.kind].put_aside(unit, push)
