"""Rosters: read whole with every ticket and so remembered whole; changed row by row, seldom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.directory import remember
from storage.models import (
    OPEN_STATES,
    Absence,
    Base,
    LadderRung,
    Member,
    OfferRule,
    Pause,
    Promise,
    Shift,
    SpecialDay,
    Swap,
    Ticket,
    WorkingHours,
)
from storage.models.base import Shared, one_of
from storage.roster_vocabulary import SwapState

Part = TypeVar("Part", bound=Shift | Absence | WorkingHours | SpecialDay | Promise | OfferRule | LadderRung)
"""What a roster is made of, besides its members."""


@dataclass(eq=False)
class SiteRoster:
    """All there is to know of a site's roster, shared and not to be changed."""

    members: Sequence[Member] = ()
    """Those who are there now."""
    shifts: Sequence[Shift] = ()
    absences: Sequence[Absence] = ()
    hours: Sequence[WorkingHours] = ()
    special_days: Sequence[SpecialDay] = ()
    promises: Sequence[Promise] = ()
    offer_rules: Sequence[OfferRule] = ()
    rungs: Sequence[LadderRung] = ()
    derived: dict[Any, Any] = field(default_factory=dict)
    """What others have worked out from it, good for as long as it is."""
    is_empty: bool = field(init=False)
    """Whether nobody has set one up; then everything is open to all, at all hours."""

    def __post_init__(self) -> None:
        self.is_empty = not (self.members or self.hours or self.special_days or self.promises)

    @property
    def is_shared(self) -> bool:
        """Whether it is remembered."""
        return any(row.is_shared for row in self._rows())

    @is_shared.setter
    def is_shared(self, value: bool) -> None:
        for row in self._rows():
            row.is_shared = value

    def find_member(self, member_id: int | None) -> Member | None:
        """The member with this id, while they are there."""
        return next((member for member in self.members if member.id == member_id), None)

    def find_by_name(self, name: str) -> Member | None:
        """The member the roster calls so."""
        return next((member for member in self.members if member.name == name), None)

    def find_by_person(self, person_id: int) -> Member | None:
        """The member who speaks as this person."""
        return next((member for member in self.members if member.person_id == person_id), None)

    def _rows(self) -> Iterable[Shared]:
        rows = (self.members, self.shifts, self.absences, self.hours, self.special_days)
        return chain(*rows, self.promises, self.offer_rules, self.rungs)


@dataclass
class Rosters:
    """Finds and changes what a roster is made of."""

    session: Session

    def recall(self, site_id: int) -> SiteRoster:
        """The site's roster as it is now."""
        return remember(self.session, ("roster", site_id), lambda session: _read(session, site_id))

    def add(self, row: Base) -> None:
        """Save a new row and learn its id."""
        self.session.add(row)
        self.session.flush()

    def remove(self, row: Base) -> None:
        """Let a row go."""
        self.session.delete(row)
        self.session.flush()

    def list_members(self, site_id: int) -> Sequence[Member]:
        """Everybody who ever was, to be changed."""
        return self.session.scalars(select(Member).where(Member.site_id == site_id).order_by(Member.id)).all()

    def list_rows(self, model: type[Part], site_id: int) -> Sequence[Part]:
        """All rows of a kind, to be changed."""
        return _list_rows(self.session, model, site_id)

    def list_absences(self, site_id: int, since: date) -> Sequence[Absence]:
        """Absences from a day on, to be changed."""
        return self.session.scalars(
            select(Absence).where(Absence.site_id == site_id, Absence.day >= since).order_by(Absence.id)
        ).all()

    def list_pauses(self, ticket_id: int) -> Sequence[Pause]:
        """When a ticket's clock stood still, in order; the last may still last."""
        return self.session.scalars(select(Pause).where(Pause.ticket_id == ticket_id).order_by(Pause.id)).all()

    def find_pause(self, ticket_id: int) -> datetime | None:
        """Since when a ticket's clock stands still."""
        last = select(Pause.since).where(Pause.ticket_id == ticket_id, Pause.until.is_(None)).order_by(Pause.id.desc())
        return self.session.scalar(last.limit(1))

    def count_work(self, site_id: int) -> tuple[dict[int, int], dict[int, int]]:
        """Open tickets by the person who has them, and by the member they are offered to."""
        is_open = (Ticket.site_id == site_id, one_of(Ticket.state, *OPEN_STATES), Ticket.incident_id.is_(None))

        def count(column: InstrumentedAttribute[int | None]) -> dict[int, int]:
            asked = select(column, func.count()).where(*is_open, column.is_not(None)).group_by(column)
            return {key: number for key, number in self.session.execute(asked) if key is not None}

        return count(Ticket.assignee_id), count(Ticket.offered_to_id)

    def find_absence(self, member_id: int, day: date) -> Absence | None:
        """Whether and how somebody is away on a day, to be changed."""
        return self.session.scalar(select(Absence).where(Absence.member_id == member_id, Absence.day == day))

    def get_member(self, member_id: int) -> Member:
        """The member, to be changed."""
        return self.session.get_one(Member, member_id)

    def claim_code(self, digest: str, site_id: int, person_id: int, now: datetime) -> Member | None:
        """Bind whoever has this code to a person: None when it is unknown, used or expired."""
        found = self.session.scalar(
            select(Member)
            .where(
                Member.code_digest == digest,
                Member.site_id == site_id,
                Member.code_until > now,
                Member.left_at.is_(None),
            )
            .with_for_update()
        )
        if found is not None:
            found.person_id, found.code_digest, found.code_until = person_id, None, None
            self.session.flush()
        return found

    def has_left(self, site_id: int, person_id: int) -> bool:
        """Whether the roster once named this person and names them no more."""
        left = select(Member.id).where(
            Member.person_id == person_id, Member.site_id == site_id, Member.left_at.is_not(None)
        )
        return self.session.scalar(left.limit(1)) is not None

    def get_swap(self, swap_id: int) -> Swap:
        """The swap, or `NoResultFound`."""
        return self.session.get_one(Swap, swap_id)

    def list_approved_days(self, site_id: int, since: date) -> set[tuple[int, date]]:
        """Who is away on which day from then on because a colleague works for them."""
        approved = select(Swap).where(Swap.site_id == site_id, Swap.state == SwapState.APPROVED)
        found: set[tuple[int, date]] = set()
        for swap in self.session.scalars(approved):
            found.add((swap.asker_id, swap.day))
            if swap.return_day is not None:
                found.add((swap.other_id, swap.return_day))
        return {(member, day) for member, day in found if day >= since}

    def settle_swap(self, swap: Swap, before: SwapState, after: SwapState, person_id: int, now: datetime) -> bool:
        """Take a swap one step on; False when somebody was first."""
        settled = self.session.scalar(
            update(Swap)
            .where(Swap.id == swap.id, Swap.state == before)
            .values(state=after, decided_by_id=person_id, decided_at=now)
            .returning(Swap.id)
        )
        self.session.refresh(swap)
        return settled is not None


def _read(session: Session, site_id: int) -> SiteRoster:
    members = session.scalars(
        select(Member).where(Member.site_id == site_id, Member.left_at.is_(None)).order_by(Member.id)
    ).all()
    return SiteRoster(
        members,
        _list_rows(session, Shift, site_id),
        _list_rows(session, Absence, site_id),
        _list_rows(session, WorkingHours, site_id),
        _list_rows(session, SpecialDay, site_id),
        _list_rows(session, Promise, site_id),
        _list_rows(session, OfferRule, site_id),
        _list_rows(session, LadderRung, site_id),
    )


def _list_rows(session: Session, model: type[Part], site_id: int) -> Sequence[Part]:
    return session.scalars(select(model).where(model.site_id == site_id).order_by(model.id)).all()
