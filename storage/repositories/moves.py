"""A group that became a supergroup: one row, one address, and every address it ever had leads there."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.models import Base, Chat, FormerAddress
from storage.models.base import table_of


def move(session: Session, channel: str, old_address: str, new_address: str) -> bool:
    """Re-key a group; True when there was something to move.

    The news comes more than once and in any order: by two service messages, and by a send that was refused. So both
    addresses may have a row by then. The one that somebody linked stays, the other is folded into it. A folded row is
    renamed, never deleted; all that was said and heard there goes with the group.
    """
    old, new = _standing_at(session, channel, old_address), _standing_at(session, channel, new_address)
    if old is new:
        return False
    if old is None:
        _remember(session, channel, old_address, new)
        return False
    if new is None:
        kept = old
    elif new.is_linked and not old.is_linked:
        kept = new
        _fold(session, old, new, new_address)
    else:
        kept = old
        _take_over_link(old, new)
        _fold(session, new, old, new_address)
    kept.address = new_address
    session.flush()
    _remember(session, channel, old_address, kept)
    return True


def find_moved(session: Session, channel: str, former_address: str) -> Chat | None:
    """The group that was at this address once."""
    return session.scalar(
        select(Chat)
        .join(FormerAddress, FormerAddress.chat_id == Chat.id)
        .where(FormerAddress.channel == channel, FormerAddress.address == former_address)
    )


def _standing_at(session: Session, channel: str, address: str) -> Chat | None:
    return session.scalar(select(Chat).where(Chat.channel == channel, Chat.address == address))


def _remember(session: Session, channel: str, address: str, chat: Chat | None) -> None:
    if chat is None:
        return
    known = session.scalar(
        select(FormerAddress).where(FormerAddress.channel == channel, FormerAddress.address == address)
    )
    if known is None:
        session.add(FormerAddress(channel=channel, address=address, chat_id=chat.id))
    else:
        known.chat_id = chat.id
    session.flush()


def _take_over_link(kept: Chat, newcomer: Chat) -> None:
    """Linked again at the new address before we heard of the move: what was said last about the group holds."""
    if not newcomer.is_linked:
        return
    kept.role, kept.group, kept.language = newcomer.role, newcomer.group, newcomer.language
    kept.site_id, kept.building_id = newcomer.site_id, newcomer.building_id
    if newcomer.is_open:
        kept.reopen()


def _fold(session: Session, folded: Chat, kept: Chat, address: str) -> None:
    folded.address = f"{address}#folded-into-{kept.id}"
    folded.closed_reason = "folded"
    session.flush()
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            if column.references(table_of(Chat).c.id):
                session.connection().execute(update(table).where(column == folded.id).values({column: kept.id}))
    session.expire_all()
