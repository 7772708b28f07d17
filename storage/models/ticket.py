"""The ticket: a tenant's words on their way to being solved. The model guards every step between its states."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words
from storage.registration_vocabulary import Source
from storage.roster_vocabulary import MemberRole, WaitsFor
from storage.vocabulary import CloseReason, Group, Kind, SharedThing, TicketState, Trade, Urgency

OPEN_STATES = (TicketState.RECEIVED, TicketState.ASSIGNED, TicketState.ACCEPTED)
_OPEN = "state IN ('received', 'assigned', 'accepted')"
_IS_OPEN = text(_OPEN)
_REOPENED = text("reopened > 0")
_IS_DONE = text("done_at IS NOT NULL")
_HAS_JOINED = text("incident_id IS NOT NULL")
_MAY_BE_JOINED = text(f"{_OPEN} AND shared IS NOT NULL AND incident_id IS NULL")


class WrongState(Exception):
    """The ticket has moved on; `state` says where it is now, so that a late tap gets a true answer."""

    def __init__(self, ticket: "Ticket", step: str) -> None:
        super().__init__(f"ticket {ticket.number} is {ticket.state}: cannot {step}")
        self.ticket, self.state, self.step = ticket, ticket.state, step


class Ticket(Base):
    """One request of one kind, numbered per site."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        CheckConstraint("(state = 'accepted') <= (assignee_id IS NOT NULL)", name="accepted_has_assignee"),
        CheckConstraint("(state = 'closed') <= (close_reason IS NOT NULL)", name="closed_has_reason"),
        Index("ix_ticket_open_by_site", "site_id", "id", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index(
            "ix_ticket_open_by_building", "building_id", "opened_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN
        ),
        Index("ix_ticket_due", "site_id", "finish_due_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index(None, "reporter_id", "opened_at"),
        Index(None, "site_id", "opened_at"),
        Index(None, "site_id", "closed_at"),
        Index("ix_ticket_done", "site_id", "done_at", sqlite_where=_IS_DONE, postgresql_where=_IS_DONE),
        Index("ix_ticket_reopened", "site_id", sqlite_where=_REOPENED, postgresql_where=_REOPENED),
        Index(None, "incident_id", sqlite_where=_HAS_JOINED, postgresql_where=_HAS_JOINED),
        Index(
            "ix_ticket_may_be_joined",
            "site_id",
            "shared",
            "building_id",
            "opened_at",
            sqlite_where=_MAY_BE_JOINED,
            postgresql_where=_MAY_BE_JOINED,
        ),
    )

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    number: Mapped[int]
    kind: Mapped[Kind] = mapped_column(Words(Kind))
    trade: Mapped[Trade] = mapped_column(Words(Trade))
    urgency: Mapped[Urgency] = mapped_column(Words(Urgency))
    words: Mapped[str] = mapped_column(Text)
    """What the tenant wrote, as written."""
    language: Mapped[str]
    reporter_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chat.id"))
    """Where it was said: a room or a private chat."""
    message_id: Mapped[str | None]
    opened_at: Mapped[datetime]
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), default=None)
    unit: Mapped[str | None] = mapped_column(default=None)
    place: Mapped[str | None] = mapped_column(default=None)
    """The place in the tenant's own words, when it is no unit we know."""
    phone: Mapped[str | None] = mapped_column(default=None)
    visit_time: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[TicketState] = mapped_column(Words(TicketState), default=TicketState.RECEIVED)
    group: Mapped[Group | None] = mapped_column(Words(Group), default=None)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    finish_due_at: Mapped[datetime | None] = mapped_column(default=None)
    """None while it waits: a clock that stands still reaches no hour."""
    answer_due_at: Mapped[datetime | None] = mapped_column(default=None)
    """When somebody is promised to see to it; None where the site has promised nothing of the kind."""
    promised_from: Mapped[datetime | None] = mapped_column(default=None)
    """From when the promise counts, where that is not the opening."""
    finish_within: Mapped[int | None] = mapped_column(default=None)
    """What was promised, in minutes of working time; pauses come on top."""
    offered_to_id: Mapped[int | None] = mapped_column(default=None)
    """The member whose turn it is; anybody of the group may take it. A reference would have SQLite copy the table."""
    escalated_to: Mapped[MemberRole | None] = mapped_column(Words(MemberRole), default=None)
    """The highest who has been told that it is stuck."""
    waits_for: Mapped[WaitsFor | None] = mapped_column(Words(WaitsFor), default=None)
    first_answer_at: Mapped[datetime | None] = mapped_column(default=None)
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    close_reason: Mapped[CloseReason | None] = mapped_column(Words(CloseReason), default=None)
    done_words: Mapped[str | None] = mapped_column(Text, default=None)
    urged: Mapped[int] = mapped_column(default=0)
    reopened: Mapped[int] = mapped_column(default=0)
    handed_over: Mapped[int] = mapped_column(default=0)
    round: Mapped[int] = mapped_column(default=0)
    """How many times it was finished; one callback check belongs to each round."""
    shared: Mapped[SharedThing | None] = mapped_column(Words(SharedThing), default=None)
    """What the neighbours share that it tells of; None for one flat's own trouble."""
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), default=None)
    """The first ticket of the incident it is a further report of; that one has the card, and None here."""
    perhaps_same_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), default=None)
    """An open ticket it may be the same as; staff are asked until they have said."""
    source: Mapped[Source | None] = mapped_column(Words(Source), default=None)
    """How it reached the desk where staff registered it for somebody; None where its tenant wrote it."""
    registered_by_id: Mapped[int | None] = mapped_column(default=None)
    """Who of staff did. A reference would have SQLite copy the table."""
    revision: Mapped[int] = mapped_column(init=False, default=0)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy reads it from the class

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN_STATES

    def assign(self, group: Group) -> None:
        """Offer the ticket to a group's duty chat."""
        self._expect("assign", TicketState.RECEIVED)
        self.group, self.state = group, TicketState.ASSIGNED

    def take(self, person_id: int, now: datetime) -> None:
        """A member of staff takes it; the second taker meets `WrongState`."""
        self._expect("take", TicketState.ASSIGNED)
        self.assignee_id, self.state, self.accepted_at = person_id, TicketState.ACCEPTED, now
        self.first_answer_at = self.first_answer_at or now
        self.offered_to_id = self.escalated_to = None

    def take_over(self, person_id: int) -> None:
        """A colleague goes on with it."""
        self._expect("take over", TicketState.ACCEPTED)
        self.assignee_id = person_id

    def hand_over(self, group: Group) -> None:
        """Give it to another group, which is offered it anew."""
        self._expect("hand over", TicketState.ASSIGNED, TicketState.ACCEPTED)
        self.group, self.state, self.assignee_id = group, TicketState.ASSIGNED, None
        self.handed_over += 1
        self.offered_to_id = self.escalated_to = None

    def reroute(self, group: Group) -> None:
        """It had been read wrongly and belongs to another group: offered anew, and no hand-over of anybody's."""
        self._expect("reroute", *OPEN_STATES)
        self.group, self.state, self.assignee_id = group, TicketState.ASSIGNED, None
        self.offered_to_id = self.escalated_to = None

    def raise_above(self, *, has_chat: bool) -> None:
        """It is about somebody of ours: with no group, and nobody's until one above them takes it."""
        self._expect("raise above", *OPEN_STATES)
        self.state = TicketState.ASSIGNED if has_chat else TicketState.RECEIVED
        self.group = self.assignee_id = self.offered_to_id = self.escalated_to = None

    def finish(self, person_id: int, now: datetime) -> None:
        """Work is done, says staff; whoever finishes an untaken ticket has taken it."""
        self._expect("finish", TicketState.ASSIGNED, TicketState.ACCEPTED)
        self.assignee_id = self.assignee_id or person_id
        self.first_answer_at = self.first_answer_at or now
        self.state, self.done_at, self.waits_for = TicketState.DONE, now, None
        self.round += 1

    def wait(self, what: WaitsFor) -> None:
        """Nobody here can go on: the clock stands still."""
        self._expect("wait", TicketState.ASSIGNED, TicketState.ACCEPTED)
        self.waits_for, self.finish_due_at = what, None

    def close(self, reason: CloseReason, now: datetime) -> None:
        """The callback has its answer, or silence has had its time."""
        self._expect("close", TicketState.DONE)
        self.state, self.close_reason, self.closed_at = TicketState.CLOSED, reason, now

    def log(self, now: datetime) -> None:
        """Nothing is to be done about it: praise is thanked, kept and shown."""
        self._expect("log", TicketState.RECEIVED)
        self.state, self.close_reason, self.closed_at = TicketState.CLOSED, CloseReason.LOGGED, now

    def cancel(self, now: datetime) -> None:
        """The tenant takes it back."""
        self._expect("cancel", *OPEN_STATES)
        self.state, self.close_reason, self.closed_at = TicketState.CANCELLED, CloseReason.CANCELLED, now
        self.waits_for = None

    def reopen(self) -> None:
        """It is not fixed: back to the same hands, one step more urgent."""
        self._expect("reopen", TicketState.DONE, TicketState.CLOSED)
        self.state = TicketState.ACCEPTED if self.assignee_id else TicketState.ASSIGNED
        self.close_reason = self.closed_at = self.done_at = None
        self.reopened += 1
        if self.urgency in (Urgency.NORMAL, Urgency.LOW):
            self.urgency = Urgency.URGENT

    def join(self, first: "Ticket") -> None:
        """Become a further report of an incident: from now on it stands where the first ticket stands."""
        if first.incident_id is not None or first.id == self.id or not first.is_open:
            raise WrongState(first, "join")
        self.incident_id, self.perhaps_same_id = first.id, None
        self.keep_step(first)

    def leave(self) -> None:
        """It is something else after all: from now on it goes its own way."""
        self.incident_id = self.waits_for = None

    def escalate(self, role: MemberRole) -> None:
        """Somebody above has been told; who was told before is not forgotten for one who stands lower."""
        order = list(MemberRole)
        if self.escalated_to is None or order.index(role) > order.index(self.escalated_to):
            self.escalated_to = role

    def keep_step(self, first: "Ticket") -> None:
        """Stand where the incident's first ticket stands, while that is open and this one is."""
        if self.is_open and first.is_open:
            self.state, self.group, self.assignee_id = first.state, first.group, first.assignee_id
            self.accepted_at, self.finish_due_at = first.accepted_at, first.finish_due_at
            self.waits_for = first.waits_for
            self.first_answer_at = self.first_answer_at or first.first_answer_at

    def urge(self) -> None:
        """The tenant asks again; staff see how often."""
        self._expect("urge", *OPEN_STATES)
        self.urged += 1

    def _expect(self, step: str, *states: TicketState) -> None:
        if self.state not in states:
            raise WrongState(self, step)
