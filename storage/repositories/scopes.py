"""What a figure is asked about, and the raw counts it is answered with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

from storage.models import Ticket
from storage.planning import unindexed
from storage.repositories.sights import Sight
from storage.vocabulary import Group, Kind, Trade


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: of what a reader may see, one period, and where given one building and one group."""

    sight: Sight
    since: datetime
    until: datetime
    building_id: int | None = None
    group: Group | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole site: what belongs to no building and no group counts only then."""
        return self.building_id is None and self.group is None

    def where(self, *, begins_elsewhere: bool = False) -> tuple[ColumnElement[bool], ...]:
        """The conditions of a statement over tickets, but for the period; `begins_elsewhere` where the period is that
        of another table, whose rows in it are far fewer than the site's tickets.
        """
        found = self.sight.where()
        if begins_elsewhere:
            found = (unindexed(Ticket.site_id) == self.sight.site_id, *found[1:])
        if self.building_id is not None:
            found = (*found, Ticket.building_id == self.building_id)
        return found if self.group is None else (*found, Ticket.group == self.group)

    def within(self, moment: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """Whether something happened in the period."""
        return and_(moment >= self.since, moment < self.until)


class Spread(NamedTuple):
    """How long things took, in seconds: half of them at most `median`, nine of ten at most `p90`."""

    jobs: int = 0
    median: int | None = None
    p90: int | None = None
    longest: int | None = None
    longest_number: int | None = None


class Share(NamedTuple):
    """So many of so many."""

    part: int = 0
    whole: int = 0


class Demand(NamedTuple):
    """How many tickets of one sort were received."""

    kind: Kind
    trade: Trade
    building_id: int | None
    tickets: int


class Ratings(NamedTuple):
    """How many, and their sum."""

    given: int = 0
    total: int = 0


class ComplaintSpan(NamedTuple):
    """One closed complaint, for whoever counts its working time."""

    number: int
    group: Group | None
    opened_at: datetime
    closed_at: datetime


class SurveyCount(NamedTuple):
    """One-question surveys: how many were sent and answered, how many were satisfied, and the sum of their scores."""

    sent: int = 0
    answered: int = 0
    satisfied: int = 0
    total: int = 0


class BuildingCount(NamedTuple):
    """One building in a period; None is what has no building."""

    building_id: int | None
    received: int
    complaints: int
    finished: int
    promised: int
    """Of the finished, those that had a promise."""
    on_time: int
    reopened: int


class LongCase(NamedTuple):
    """One job that took long, or that there is something to learn from."""

    ticket_id: int
    number: int
    kind: Kind
    trade: Trade
    building_id: int | None
    seconds: int | None
    """From receiving to closing; None where it is not over."""
    reopened: int
    urged: int
    handed_over: int
