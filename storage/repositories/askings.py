"""Questions the desk put to people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage.models import Asking, Chat
from storage.models.base import one_of
from storage.prepared import Prepared, wire
from storage.vocabulary import AskingKind, AskingState

IS_OPEN = one_of(Asking.state, AskingState.OPEN)
_HAS_OPEN = Prepared(
    select(Asking.id)
    .where(Asking.person_id == bindparam("person"), Asking.chat_id == bindparam("chat"), IS_OPEN)
    .limit(1)
)


@dataclass
class Askings:
    """Adds askings and finds the open one a person may be answering."""

    session: Session

    def add(self, asking: Asking) -> Asking:
        """Save a new asking and learn its id."""
        self.session.add(asking)
        self.session.flush()
        return asking

    def get(self, asking_id: int) -> Asking:
        """The asking, or `NoResultFound`."""
        return self.session.get_one(Asking, asking_id)

    def has_open(self, person_id: int, chat_id: int) -> bool:
        """Whether this person owes an answer in a chat; asked of every new case, so kept cheap."""
        return _HAS_OPEN.first(wire(self.session), {"person": person_id, "chat": chat_id}) is not None

    def find_open(self, person_id: int, chat_id: int, *kinds: AskingKind) -> Asking | None:
        """The newest open asking of these kinds to a person in a chat."""
        return self.session.scalar(
            select(Asking)
            .where(
                Asking.person_id == person_id,
                Asking.chat_id == chat_id,
                IS_OPEN,
                Asking.kind.in_(kinds),
            )
            .order_by(Asking.id.desc())
            .limit(1)
        )

    def list_around(
        self, person_id: int, chat_id: int, kind: AskingKind, since: datetime, until: datetime
    ) -> Sequence[Asking]:
        """What was asked of a person in a chat in that time, oldest first."""
        return self.session.scalars(
            select(Asking)
            .where(
                Asking.chat_id == chat_id,
                Asking.asked_at.between(since, until),
                Asking.person_id == person_id,
                Asking.kind == kind,
            )
            .order_by(Asking.id)
        ).all()

    def list_expired(self, site_id: int, kind: AskingKind) -> Sequence[Asking]:
        """What of this kind nobody has answered in the chats of a site, oldest first."""
        return self.session.scalars(
            select(Asking)
            .join(Chat, Chat.id == Asking.chat_id)
            .where(
                Chat.site_id == site_id,
                Asking.kind == kind,
                one_of(Asking.state, AskingState.EXPIRED),
                Asking.inbox_id.is_not(None),
            )
            .order_by(Asking.id)
        ).all()

    def list_open_by_ticket(self, ticket_id: int) -> Sequence[Asking]:
        """Open askings about a ticket."""
        return self.session.scalars(select(Asking).where(Asking.ticket_id == ticket_id, IS_OPEN)).all()

    def count_in_chat_since(self, chat_id: int, kind: AskingKind, since: datetime) -> int:
        """How often this was asked in a chat lately, so that a room is never pestered."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Asking)
                .where(Asking.chat_id == chat_id, Asking.kind == kind, Asking.asked_at >= since)
            )
            or 0
        )
