"""Chats and the one-time codes that link them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.directory import INFO, remember
from storage.models import Chat, LinkCode, Person, Ticket, Window
from storage.prepared import Prepared, wire
from storage.repositories.moves import find_moved, move
from storage.vocabulary import ChatRole, Group

# Asked for every message, so built once: to build such a statement costs more than to run it.
_BY_ADDRESS = select(Chat).where(Chat.channel == bindparam("channel"), Chat.address == bindparam("address"))
_LINKED_BY_ADDRESS = _BY_ADDRESS.where(
    Chat.role.in_((ChatRole.ROOM, ChatRole.DUTY, ChatRole.MANAGER)), Chat.closed_reason.is_(None)
)
_PRIVATE = Prepared(
    select(Chat.id, Chat.channel, Chat.address, Chat.closed_at)
    .join(Person, Person.id == Chat.person_id)
    .where(Chat.person_id == bindparam("person"), Chat.role == ChatRole.PRIVATE)
    .order_by(Chat.closed_at.is_not(None), Chat.id != Person.answers_chat_id, Chat.id.desc())
    .limit(2)
)
_BY_ROLE = (
    select(Chat)
    .where(Chat.site_id == bindparam("site"), Chat.role == bindparam("role"), Chat.closed_reason.is_(None))
    .order_by(Chat.id)
)
_SHADOWS = select(Chat).where(Chat.role == ChatRole.ROOM, Chat.shadow_from.is_not(None))
_OPENED = select(Ticket.chat_id, Ticket.opened_at).where(Ticket.id == bindparam("ticket"))
_BY_GROUP = _BY_ROLE.where(Chat.group == bindparam("of_group"))


_SEALED_FROM, _SEALED_TO = "sealed:", "sealed;"
"""Addresses between these are sealed."""


@dataclass(eq=False)
class _Sealed:
    rows: Sequence[tuple[int, str, str, datetime]] = ()
    is_shared: bool = False


@dataclass
class Chats:
    """Finds chats by address, role and owner."""

    session: Session
    now: datetime

    def get(self, chat_id: int) -> Chat:
        """The chat, or `NoResultFound`."""
        return self.session.get_one(Chat, chat_id)

    def find(self, channel: str, address: str) -> Chat | None:
        """The chat at that address; a group that has moved is found at each address it had."""
        found = self.session.scalar(_BY_ADDRESS, {"channel": channel, "address": address})
        return found or find_moved(self.session, channel, address)

    def recall(self, channel: str, address: str) -> Chat | None:
        """The linked, open chat at that address, shared and not to be changed; None sends the caller to `find`."""
        asked = {"channel": channel, "address": address}
        key = ("chat", channel, address)
        return remember(self.session, key, lambda session: session.scalar(_LINKED_BY_ADDRESS, asked))

    def add_sealed(self, chat: Chat) -> Chat:
        """Save a chat whose address only the desk can read, and learn its id."""
        directory = self.session.info.get(INFO)
        if directory is not None:
            directory.forget()  # private chats are not watched, but these are remembered
        return self.add(chat)

    def list_sealed(self, channel: str, since: datetime) -> Sequence[tuple[int, str]]:
        """The sealed chats of a channel with a ticket opened since then, newest first: id and address."""
        found = remember(self.session, ("sealed",), _read_sealed).rows
        return [(row[0], row[1]) for row in found if row[2] == channel and row[3] >= since]

    def find_by_code(self, code: str) -> Chat | None:
        """The room whose deep link carries this code."""
        return self.session.scalar(select(Chat).where(Chat.code == code))

    def add(self, chat: Chat) -> Chat:
        """Save a new chat and learn its id."""
        self.session.add(chat)
        self.session.flush()
        return chat

    def find_private(self, person_id: int) -> Chat | None:
        """Where a person can be written to in private, if they ever opened such a chat."""
        found = _PRIVATE.rows(wire(self.session), {"person": person_id})
        if len(found) == 2 and found[1][3] is None and self._is_shut(*found[0][1:3]):
            return self.get(found[1][0])  # where they would rather have it nothing may go just now
        return self.get(found[0][0]) if found else None

    def list_private(self, person_id: int) -> Sequence[Chat]:
        """All private chats of a person, newest first."""
        owned = select(Chat).where(Chat.person_id == person_id, Chat.role == ChatRole.PRIVATE)
        return self.session.scalars(owned.order_by(Chat.id.desc())).all()

    def _is_shut(self, channel: str, address: str) -> bool:
        """Whether a platform that counts lets nothing go there but the last word."""
        window = self.session.scalar(select(Window).where(Window.channel == channel, Window.address == address))
        return window is not None and window.left(self.now) <= 1

    def list_by_role(self, site_id: int, role: ChatRole, group: Group | None = None) -> Sequence[Chat]:
        """Open chats of a role at a site, of one group where given, oldest first; shared, not to be changed."""
        query, asked = _BY_ROLE, {"site": site_id, "role": role}
        if group is not None:
            query, asked = _BY_GROUP, asked | {"of_group": group}
        key = ("chats", site_id, role, group)
        return remember(self.session, key, lambda session: list(session.scalars(query, asked)))

    def list_linked(self) -> Sequence[Chat]:
        """Every room, duty chat and manager chat of every site."""
        linked = (ChatRole.ROOM, ChatRole.DUTY, ChatRole.MANAGER)
        return self.session.scalars(select(Chat).where(Chat.role.in_(linked)).order_by(Chat.id)).all()

    def is_silent(self, chat: Chat, ticket_id: int | None) -> bool:
        """Whether nothing may be said to tenants here: in a room in the shadow, or of a ticket that one opened."""
        if chat.role not in (ChatRole.ROOM, ChatRole.PRIVATE):
            return False
        shadows = remember(self.session, ("shadows",), lambda session: list(session.scalars(_SHADOWS)))
        if not shadows:
            return False
        return chat.is_shadow or (ticket_id is not None and self._is_opened_in(shadows, ticket_id))

    def is_shadow_ticket(self, ticket_id: int) -> bool:
        """Whether the ticket came from a room in the shadow, so that its tenant has heard nothing of it."""
        shadows = remember(self.session, ("shadows",), lambda session: list(session.scalars(_SHADOWS)))
        return bool(shadows) and self._is_opened_in(shadows, ticket_id)

    def _is_opened_in(self, shadows: Sequence[Chat], ticket_id: int) -> bool:
        found = self.session.execute(_OPENED, {"ticket": ticket_id}).first()
        return found is not None and any(
            room.id == found[0] and (room.is_shadow or room.was_shadow(found[1])) for room in shadows
        )

    def move(self, channel: str, old_address: str, new_address: str) -> bool:
        """Re-key a group that became a supergroup; True when there was something to move."""
        return move(self.session, channel, old_address, new_address)

    def add_code(self, code: LinkCode) -> None:
        """Save a new one-time code."""
        self.session.add(code)

    def find_code(self, digest: str) -> LinkCode | None:
        """The one-time code with this digest, used or not."""
        return self.session.scalar(select(LinkCode).where(LinkCode.digest == digest))

    def list_by_address(self, address: str) -> Sequence[Chat]:
        """The same group as each of our bots in it knows it."""
        return self.session.scalars(select(Chat).where(Chat.address == address).order_by(Chat.id)).all()

    def claim_code(self, digest: str, chat_id: int, now: datetime) -> LinkCode | None:
        """Use a code up for this chat: None when it is unknown, used or expired. Compare-and-set, so once only."""
        claimed = self.session.scalar(
            update(LinkCode)
            .where(LinkCode.digest == digest, LinkCode.used_at.is_(None), LinkCode.expires_at > now)
            .values(used_at=now, chat_id=chat_id)
            .returning(LinkCode.id)
        )
        return None if claimed is None else self.session.get_one(LinkCode, claimed)


def _read_sealed(session: Session) -> _Sealed:
    asked = (
        select(Chat.id, Chat.address, Chat.channel, Ticket.opened_at)
        .join(Ticket, Ticket.chat_id == Chat.id)
        .where(Chat.role == ChatRole.PRIVATE, Chat.address >= _SEALED_FROM, Chat.address < _SEALED_TO)
        .order_by(Ticket.id.desc())
    )
    return _Sealed([(row[0], row[1], row[2], row[3]) for row in session.execute(asked)])
