"""What happened in a period, counted in the database: the raw counts every figure is worked out from.

`handlers/reports/figures.py` says what each figure is. Periods are half open: `since` counts, `until` does not. A job
is a ticket that is no further report of an incident; what a reader may not see is in no count.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.complaint_vocabulary import ComplaintStep
from storage.epoch import epoch
from storage.models import AskedQuestion, Callback, Complaint, Entry, Person, Survey, Ticket
from storage.models.base import one_of
from storage.question_vocabulary import Ending
from storage.repositories.scopes import ComplaintSpan, Demand, Ratings, Scope, Share, Spread, SurveyCount
from storage.vocabulary import Audience, CallbackOutcome, CloseReason, EntryKind, Kind, TicketState, Trade

ANSWERED_AFTER = (ComplaintStep.CARRY_OUT, ComplaintStep.CALL_BACK, ComplaintStep.SUMMARISE, ComplaintStep.FILED)
"""A complaint that stands here has had its proposal accepted."""
TALK = (EntryKind.WORDS, EntryKind.QUESTION, EntryKind.REPLY, EntryKind.REPORT, EntryKind.URGING)
SATISFIED = 4
"""From this score on somebody is satisfied, of five."""
NOT_WORKED_ON = (CloseReason.CANCELLED, CloseReason.LOGGED)
IS_JOB = Ticket.incident_id.is_(None)


@dataclass
class Periods:
    """Reads only; run it off the writer."""

    session: Session

    def demand(self, scope: Scope) -> list[Demand]:
        """What was received, by kind, trade and building."""
        rows = self.session.execute(
            select(Ticket.kind, Ticket.trade, Ticket.building_id, func.count())
            .where(*scope.where(), scope.within(Ticket.opened_at))
            .group_by(Ticket.kind, Ticket.trade, Ticket.building_id)
        )
        return [Demand(*row) for row in rows]

    def first_answers(self, scope: Scope) -> Spread:
        """From receiving to the first human act, of the jobs received."""
        return self._spread(scope, Ticket.first_answer_at, scope.within(Ticket.opened_at))

    def resolutions(self, scope: Scope) -> Spread:
        """From receiving to closing, of the jobs closed that were worked on."""
        worked_on = Ticket.close_reason.not_in(NOT_WORKED_ON)
        return self._spread(scope, Ticket.closed_at, scope.within(Ticket.closed_at) & worked_on)

    def finished_of_due(self, scope: Scope) -> Share:
        """Of the jobs promised for the period, how many were finished before its end."""
        not_taken_back = Ticket.state != TicketState.CANCELLED
        return self._share(scope, Ticket.done_at < scope.until, scope.within(Ticket.finish_due_at) & not_taken_back)

    def on_time(self, scope: Scope) -> Share:
        """Of the jobs finished in the period that had a promise, how many kept it."""
        is_finished = scope.within(Ticket.done_at) & Ticket.finish_due_at.is_not(None)
        return self._share(scope, Ticket.done_at <= Ticket.finish_due_at, is_finished)

    def reopened(self, scope: Scope) -> Share:
        """Of the jobs received that were finished at least once, how many were opened again."""
        return self._share(scope, Ticket.reopened > 0, scope.within(Ticket.opened_at) & (Ticket.round > 0))

    def escalated(self, scope: Scope, steps: tuple[str, ...]) -> Share:
        """Of the jobs closed that were worked on, in how many threads one of these steps stands."""
        stands = select(Entry.id).where(
            Entry.ticket_id == Ticket.id, Entry.kind == EntryKind.STEP, Entry.text.in_(steps)
        )
        worked_on = Ticket.close_reason.not_in(NOT_WORKED_ON)
        return self._share(scope, stands.exists(), scope.within(Ticket.closed_at) & worked_on)

    def count_talk(self, scope: Scope) -> int:
        """Messages between tenants and staff in the threads of the jobs closed that were worked on."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(Ticket)
                .join(Entry, Entry.ticket_id == Ticket.id)
                .where(
                    *scope.where(),
                    IS_JOB,
                    scope.within(Ticket.closed_at),
                    Ticket.close_reason.not_in(NOT_WORKED_ON),
                    Entry.audience == Audience.REPORTER,
                    one_of(Entry.kind, *TALK),
                )
            )
            or 0
        )

    def callbacks(self, scope: Scope) -> Share:
        """Of the callbacks sent in the period, how many have an answer."""
        row = self.session.execute(
            select(func.count(Callback.answered_at), func.count())
            .join(Ticket, Ticket.id == Callback.ticket_id)
            .where(*scope.where(begins_elsewhere=True), scope.within(Callback.sent_at))
        ).one()
        return Share(*row)

    def outcomes(self, scope: Scope) -> dict[tuple[Trade, CallbackOutcome], int]:
        """What tenants said in the period of the work, by trade."""
        rows = self.session.execute(
            select(Ticket.trade, Callback.outcome, func.count())
            .join(Ticket, Ticket.id == Callback.ticket_id)
            .where(
                *scope.where(begins_elsewhere=True), scope.within(Callback.answered_at), Callback.outcome.is_not(None)
            )
            .group_by(Ticket.trade, Callback.outcome)
        )
        return {(row[0], row[1]): row[2] for row in rows if row[1] is not None}

    def ratings(self, scope: Scope) -> dict[int | None, Ratings]:
        """The ratings of 1 to 5 given in the period, by building."""
        rows = self.session.execute(
            select(Ticket.building_id, func.count(Callback.rating), func.sum(Callback.rating))
            .join(Ticket, Ticket.id == Callback.ticket_id)
            .where(
                *scope.where(begins_elsewhere=True), scope.within(Callback.answered_at), Callback.rating.is_not(None)
            )
            .group_by(Ticket.building_id)
        )
        return {row[0]: Ratings(row[1], int(row[2] or 0)) for row in rows}

    def complaints_closed(self, scope: Scope) -> list[ComplaintSpan]:
        """The complaints closed, as they came."""
        rows = self.session.execute(
            select(Ticket.number, Ticket.group, Ticket.opened_at, Ticket.closed_at)
            .where(
                *scope.where(),
                scope.within(Ticket.closed_at),
                Ticket.kind == Kind.COMPLAINT,
                Ticket.close_reason.not_in(NOT_WORKED_ON),
            )
            .order_by(Ticket.number)
        )
        return [ComplaintSpan(row[0], row[1], row[2], row[3]) for row in rows if row[3] is not None]

    def accepted_at_first(self, scope: Scope) -> Share:
        """Of the complaints received whose proposal was accepted, how many had no other before it."""
        row = self.session.execute(
            select(func.coalesce(func.sum(case((Complaint.proposals == 1, 1), else_=0)), 0), func.count())
            .join(Ticket, Ticket.id == Complaint.ticket_id)
            .where(
                *scope.where(),
                scope.within(Ticket.opened_at),
                Complaint.proposals > 0,
                Complaint.step.in_(ANSWERED_AFTER),
            )
        ).one()
        return Share(int(row[0]), row[1])

    def answered_by_list(self, scope: Scope) -> Share:
        """Of the answers given from the question list, how many nobody said were not it. Of the whole site alone."""
        if not scope.is_whole:
            return Share()
        wrong = one_of(AskedQuestion.ending, Ending.NO, Ending.MORE)
        row = self.session.execute(
            select(func.count(), func.coalesce(func.sum(case((wrong, 1), else_=0)), 0)).where(
                AskedQuestion.site_id == scope.sight.site_id, scope.within(AskedQuestion.at)
            )
        ).one()
        return Share(row[0] - int(row[1]), row[0])

    def survey(self, scope: Scope) -> SurveyCount:
        """The surveys sent in the period. Of the whole site alone."""
        if not scope.is_whole:
            return SurveyCount()
        satisfied = case((Survey.score >= SATISFIED, 1), else_=0)
        row = self.session.execute(
            select(func.count(), func.count(Survey.score), func.sum(satisfied), func.sum(Survey.score)).where(
                Survey.site_id == scope.sight.site_id, scope.within(Survey.sent_at)
            )
        ).one()
        return SurveyCount(row[0], row[1], int(row[2] or 0), int(row[3] or 0))

    def flats(self, scope: Scope) -> set[tuple[int, str]]:
        """The flats heard of in the period: building and room."""
        rows = self.session.execute(
            select(Ticket.building_id, Ticket.unit)
            .where(
                *scope.where(),
                scope.within(Ticket.opened_at),
                Ticket.building_id.is_not(None),
                Ticket.unit.is_not(None),
            )
            .distinct()
        )
        return {(row[0], row[1]) for row in rows if row[0] is not None and row[1] is not None}

    def count_flats(self, scope: Scope) -> int:
        """The flats whose tenants the desk knows: as near as it comes to those that are lived in."""
        known = select(Person.building_id, Person.unit).where(
            Person.site_id == scope.sight.site_id, Person.unit.is_not(None), Person.building_id.is_not(None)
        )
        if scope.building_id is not None:
            known = known.where(Person.building_id == scope.building_id)
        return self.session.scalar(select(func.count()).select_from(known.distinct().subquery())) or 0

    def _share(self, scope: Scope, part: ColumnElement[bool], whole: ColumnElement[bool]) -> Share:
        row = self.session.execute(
            select(func.coalesce(func.sum(case((part, 1), else_=0)), 0), func.count()).where(
                *scope.where(), IS_JOB, whole
            )
        ).one()
        return Share(int(row[0]), row[1])

    def _spread(self, scope: Scope, end: InstrumentedAttribute[Any], which: ColumnElement[bool]) -> Spread:
        """Percentiles by the nearest rank: each of them is a time something really took."""
        took = epoch(end) - epoch(Ticket.opened_at)
        of = func.count().over()
        rows = (
            select(
                took.label("took"),
                Ticket.number.label("number"),
                func.row_number().over(order_by=(took, Ticket.number)).label("place"),
                of.label("of"),
            )
            .where(*scope.where(), IS_JOB, end.is_not(None), which)
            .subquery()
        )
        place, count = rows.c.place, rows.c.of
        at_half, at_nine = _nearest_rank(count, 50), _nearest_rank(count, 90)
        wanted = or_(place == at_half, place == at_nine, place == count)
        found = {row.place: row for row in self.session.execute(select(rows).where(wanted))}
        if not found:
            return Spread()
        of_all = max(found)
        half, nine, last = (found[_rank(of_all, share)] for share in (50, 90, 100))
        return Spread(of_all, half.took, nine.took, last.took, last.number)


def _rank(count: int, percent: int) -> int:
    return -(-count * percent // 100)


def _nearest_rank(count: ColumnElement[int], percent: int) -> ColumnElement[int]:
    return (count * percent + literal(99, Integer)) // 100
