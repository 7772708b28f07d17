"""What an operator does between two days: looks after sites and buildings, and after what was never delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from storage.models import (
    Absence,
    AskedQuestion,
    Building,
    Chat,
    LadderRung,
    LinkCode,
    ListedQuestion,
    Member,
    OfferRule,
    OutboxRow,
    Person,
    PlaceCode,
    Promise,
    Push,
    Shift,
    Site,
    SpecialDay,
    Swap,
    Ticket,
    WorkingHours,
)
from storage.models.base import one_of
from storage.models.ticket import OPEN_STATES
from storage.repositories.claims import IS_UNDELIVERED
from storage.signals import Signal
from storage.vocabulary import ChatRole, Operation, OutboxState, PushState

IS_OPEN = one_of(Ticket.state, *OPEN_STATES)
UNKNOWN = "unknown"
"""The reason of a row of which nobody knows whether it arrived."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A row that ended unsent, and where it should have gone; nothing of what it says."""

    id: int
    ended_at: datetime | None
    notification: str
    state: OutboxState
    reason: str | None
    number: int | None
    role: ChatRole
    chat: str
    closed_reason: str | None


@dataclass
class Upkeep:
    """Seldom run and by hand, so these statements are plain and may walk through tables."""

    session: Session
    signals: set[Signal]

    def get_site(self, site_id: int) -> Site:
        """The site, to be changed."""
        return self.session.get_one(Site, site_id)

    def get_building(self, building_id: int) -> Building:
        """The building, to be changed."""
        return self.session.get_one(Building, building_id)

    def count_tickets(
        self, *, site_id: int | None = None, building_id: int | None = None, only_open: bool = False
    ) -> int:
        """Tickets of a site or of a building."""
        asked = select(func.count()).select_from(Ticket)
        if site_id is not None:
            asked = asked.where(Ticket.site_id == site_id)
        if building_id is not None:
            asked = asked.where(Ticket.building_id == building_id)
        return self.session.scalar(asked.where(IS_OPEN) if only_open else asked) or 0

    def list_chats_of(self, building_id: int) -> Sequence[Chat]:
        """Rooms linked to this building alone."""
        return self.session.scalars(select(Chat).where(Chat.building_id == building_id).order_by(Chat.id)).all()

    def respeak(self, site_id: int, before: str, language: str) -> None:
        """Linked chats that spoke the site's language speak its new one."""
        linked = (ChatRole.ROOM, ChatRole.DUTY, ChatRole.MANAGER)
        chats = select(Chat).where(Chat.site_id == site_id, Chat.language == before, Chat.role.in_(linked))
        for chat in self.session.scalars(chats):
            chat.language = language

    def list_waiting_pushes(self, site_id: int, kind: str) -> Sequence[Push]:
        """What is due later, of one kind, in the chats of a site."""
        return self.session.scalars(
            select(Push)
            .join(Chat, Chat.id == Push.chat_id)
            .where(Chat.site_id == site_id, Push.kind == kind, Push.state == PushState.WAITING)
        ).all()

    def remove_building(self, building: Building) -> None:
        """Let a building go; past tickets keep its name as the place where they were."""
        own = Ticket.building_id == building.id
        self.session.execute(update(Ticket).where(own, Ticket.place.is_(None)).values(place=building.name))
        for model in (Ticket, Person, Chat, LinkCode):
            self.session.execute(update(model).where(model.building_id == building.id).values(building_id=None))
        # Its posters may hang for a while yet: they still bring people to the site.
        posted = update(PlaceCode).where(PlaceCode.building_id == building.id)
        self.session.execute(posted.values(building_id=None, unit=None))
        self.session.delete(building)
        self.session.flush()

    def remove_site(self, site: Site) -> None:
        """Let a site go that never had a ticket; its chats are strangers again."""
        for chat in self.session.scalars(select(Chat).where(Chat.site_id == site.id)):
            chat.site_id = chat.building_id = chat.group = None
            chat.role = chat.role if chat.role is ChatRole.PRIVATE else ChatRole.UNLINKED
            self.session.execute(
                update(Push)
                .where(Push.chat_id == chat.id, Push.state == PushState.WAITING)
                .values(state=PushState.CANCELLED)
            )
        self.session.execute(update(Person).where(Person.site_id == site.id).values(site_id=None, building_id=None))
        self.session.execute(delete(LinkCode).where(LinkCode.site_id == site.id))
        self.session.execute(delete(PlaceCode).where(PlaceCode.site_id == site.id))
        self.session.flush()
        of_roster = (Swap, Absence, Shift, Member, WorkingHours, SpecialDay, Promise, OfferRule, LadderRung)
        for model in (AskedQuestion, ListedQuestion, *of_roster):
            for row in self.session.scalars(select(model).where(model.site_id == site.id)):
                self.session.delete(row)
            self.session.flush()
        for building in self.session.scalars(select(Building).where(Building.site_id == site.id)):
            self.session.delete(building)
        self.session.flush()
        self.session.delete(site)
        self.session.flush()

    def list_undelivered(self, limit: int) -> Sequence[Undelivered]:
        """What ended unsent, newest first; what a summary spoke for is counted with the summary."""
        found = self.session.execute(
            select(OutboxRow, Chat, Ticket.number)
            .join(Chat, Chat.id == OutboxRow.chat_id)
            .outerjoin(Ticket, Ticket.id == OutboxRow.ticket_id)
            .where(
                IS_UNDELIVERED,
                OutboxRow.gathered_into_id.is_(None),
                OutboxRow.operation != Operation.OPEN_TOPIC,  # what was to go into it stands in the chat itself
            )
            .order_by(OutboxRow.id.desc())
            .limit(limit)
        )
        return [
            Undelivered(
                row.id,
                row.ended_at,
                row.notification,
                row.state,
                row.reason,
                number,
                chat.role,
                "" if chat.role is ChatRole.PRIVATE else chat.title or chat.address,
                chat.closed_reason,
            )
            for row, chat, number in found
        ]

    def find_undelivered(self, outbox_id: int) -> OutboxRow | None:
        """The row, when it ended unsent."""
        return self.session.scalar(select(OutboxRow).where(OutboxRow.id == outbox_id, IS_UNDELIVERED))

    def is_outdated(self, row: OutboxRow) -> bool:
        """Whether a newer edit of the same message has been said or waits."""
        newer = aliased(OutboxRow)
        return row.operation is Operation.EDIT and bool(
            self.session.scalar(
                select(
                    exists().where(
                        newer.target_id == row.target_id, newer.operation == Operation.EDIT, newer.id > row.id
                    )
                )
            )
        )

    def retry_undelivered(self, row: OutboxRow, now: datetime) -> None:
        """Say it after all, with what a summary speaks for; what may have arrived is marked as a possible repeat."""
        for again in (row, *self.session.scalars(select(OutboxRow).where(OutboxRow.gathered_into_id == row.id))):
            again.is_repeat = again.is_repeat or again.reason == UNKNOWN
            again.state, again.attempts = OutboxState.PENDING, 0
            again.due_at, again.reason, again.ended_at = now, None, None
        self.signals.add(Signal.OUTBOX)
