"""A simulated year comes back as it was made, and as somebody counts it who knows no SQL."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from benchmarks import year as simulated
from handlers.reports.figures import FIGURES, words_of
from handlers.reports.measuring import CALLS_ABOVE, Measured, measure
from locales import LOCALES, Voice
from storage.models import Callback, Complaint, Entry, Person, Site, Survey, Ticket
from storage.models.question import AskedQuestion
from storage.repositories.scopes import Ratings, Scope, Share, Spread, SurveyCount
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Audience, CloseReason, Group, Kind
from storage.writer import Writer

TICKETS = 1200
ZONE = simulated.ZONE
YEAR = (simulated.start(), simulated.end())
OCTOBER = (datetime(2026, 10, 1, tzinfo=ZONE), datetime(2026, 11, 1, tzinfo=ZONE))
TALK = ("words", "question", "reply", "report", "urging")


@pytest.fixture
def year(writer: Writer) -> simulated.SimulatedYear:
    """Small, and drawn like the large one."""
    made = simulated.plan(TICKETS)
    simulated.write(writer.engine, made)
    return made


def measured(writer: Writer, **changes: Any) -> Measured:
    """What the desk counts, of the whole year where nothing else is asked."""
    scope = replace(Scope(Sight(1), *YEAR), **changes)
    return writer.read_now(lambda unit: measure(unit, unit.sites.get(1), scope))


def test_the_year_comes_back_as_it_was_made(writer: Writer, year: simulated.SimulatedYear) -> None:
    jobs, of_year = year.jobs, measured(writer)
    worked_on = [job for job in jobs if job.is_worked_on]
    assert of_year.by_kind == {kind: round(TICKETS * share) for kind, share in simulated.KINDS.items()}
    assert of_year.by_trade == Counter(job.trade for job in jobs)
    median, nine = simulated.answer_quantile(0.5), simulated.answer_quantile(0.9)
    assert of_year.first_answer.jobs == len(worked_on)
    assert of_year.first_answer.median == pytest.approx(median, rel=0.05)
    assert of_year.first_answer.p90 == pytest.approx(nine, rel=0.05)
    january = YEAR[1]
    finished = [job for job in worked_on if job.done_at < january]
    assert of_year.on_time == Share(sum(job.is_on_time for job in finished), len(finished))
    assert of_year.on_time.part / of_year.on_time.whole == pytest.approx(simulated.ON_TIME, abs=0.01)
    asked = [job for job in worked_on if job.asks and job.sent_at < january]
    assert of_year.callbacks == Share(sum(job.outcome is not None for job in asked), len(asked))
    assert of_year.reopened == Share(sum(job.is_reopened for job in worked_on), len(worked_on))
    rated = [job.rating for job in asked if job.rating is not None and job.closed_at < january]
    assert of_year.ratings == Ratings(len(rated), sum(rated))
    answered = [score for score in year.scores if score is not None]
    assert of_year.survey == SurveyCount(
        len(year.scores), len(answered), sum(score >= 4 for score in answered), sum(answered)
    )
    assert of_year.answered_by_list == Share(year.list_answers - year.list_wrong, year.list_answers)
    assert of_year.flats == simulated.BUILDINGS * simulated.FLATS


def test_whoever_counts_by_hand_comes_to_the_same(writer: Writer, year: simulated.SimulatedYear) -> None:
    counted = writer.read_now(Everything)
    for changes in (
        {},
        {"since": OCTOBER[0], "until": OCTOBER[1]},
        {"since": OCTOBER[0], "until": OCTOBER[1], "building_id": 2},
        {"group": Group.ENGINEERING, "until": OCTOBER[1]},
    ):
        scope = replace(Scope(Sight(1), *YEAR), **changes)
        assert measured(writer, **changes) == counted.measure(scope), changes


def test_what_a_reader_may_not_see_is_in_no_figure(writer: Writer, year: simulated.SimulatedYear) -> None:
    longest = measured(writer).complaint_cycle.longest_number
    assert longest is not None
    hidden = measured(writer, sight=Sight(1, None, (longest - 1000,)))
    assert hidden.complaint_cycle.longest_number != longest
    assert hidden.by_kind[Kind.COMPLAINT] == measured(writer).by_kind[Kind.COMPLAINT] - 1


def test_every_figure_is_named_and_defined_in_every_language() -> None:
    nothing = Spread()
    empty = Measured(
        {}, {}, {}, 0, nothing, nothing, nothing, Share(), Share(), Share(), Share(), Ratings(), Share(), 0,
        Share(), Share(), SurveyCount(), Share(),
    )  # fmt: skip
    for figure in FIGURES:
        names = [(figure.name(Voice(language)), figure.formula(Voice(language))) for language in LOCALES]
        assert len(set(names)) == len(LOCALES), figure.key
        value = figure.value(empty)
        assert words_of(Voice("en"), figure, value.amount) == ("0" if figure.key == "received" else "–")


class Everything:
    """The whole database as plain rows, and every count by a loop."""

    def __init__(self, unit: UnitOfWork) -> None:
        def rows(model: Any) -> Sequence[Any]:
            found = unit.session.scalars(select(model)).all()
            unit.session.expunge_all()
            return found

        self.tickets: Sequence[Ticket] = rows(Ticket)
        self.callbacks: Sequence[Callback] = rows(Callback)
        self.entries: Sequence[Entry] = rows(Entry)
        self.surveys: Sequence[Survey] = rows(Survey)
        self.asked: Sequence[AskedQuestion] = rows(AskedQuestion)
        self.complaints: Sequence[Complaint] = rows(Complaint)
        self.people: Sequence[Person] = rows(Person)
        self.site: Site = rows(Site)[0]

    def measure(self, scope: Scope) -> Measured:
        """The same counts, one ticket after another."""

        def is_in(moment: datetime | None) -> bool:
            return moment is not None and scope.since <= moment < scope.until

        mine = [
            each
            for each in self.tickets
            if scope.building_id in (None, each.building_id) and scope.group in (None, each.group)
        ]
        by_id = {each.id: each for each in mine}
        came = [each for each in mine if is_in(each.opened_at)]
        closed = [each for each in mine if is_in(each.closed_at) and each.close_reason is not CloseReason.LOGGED]
        due = [each for each in mine if is_in(each.finish_due_at)]
        done = [each for each in mine if is_in(each.done_at)]
        finished = [each for each in came if each.round]
        sent = [each for each in self.callbacks if each.ticket_id in by_id and is_in(each.sent_at)]
        rated = [
            each.rating
            for each in self.callbacks
            if each.ticket_id in by_id and is_in(each.answered_at) and each.rating is not None
        ]
        closed_ids = {each.id for each in closed}
        above = {each.ticket_id for each in self.entries if each.text in CALLS_ABOVE} & closed_ids
        talk = [
            each
            for each in self.entries
            if each.ticket_id in closed_ids and each.kind in TALK and each.audience is Audience.REPORTER
        ]
        accepted = [each.proposals for each in self.complaints if each.ticket_id in {one.id for one in came}]
        is_whole = scope.building_id is None and scope.group is None
        answers = [each.ending for each in self.asked if is_in(each.at) and is_whole]
        surveys = [each.score for each in self.surveys if is_in(each.sent_at) and is_whole]
        scores = [score for score in surveys if score is not None]
        before = scope.since - timedelta(days=90)
        flats_before = {(t.building_id, t.unit) for t in mine if before <= t.opened_at < scope.since}
        flats = {(person.building_id, person.unit) for person in self.people if person.unit}
        return Measured(
            by_kind=dict(Counter(each.kind for each in came)),
            by_trade=dict(Counter(each.trade for each in came)),
            by_building=dict(Counter(each.building_id for each in came)),
            flats=sum(scope.building_id in (None, building) for building, _ in flats),
            first_answer=spread((t.number, seconds(t.opened_at, t.first_answer_at)) for t in came if t.first_answer_at),
            resolution=spread((t.number, seconds(t.opened_at, t.closed_at)) for t in closed),
            complaint_cycle=spread(
                (t.number, seconds(t.opened_at, t.closed_at)) for t in closed if t.kind is Kind.COMPLAINT
            ),
            finished_of_due=Share(sum(t.done_at is not None and t.done_at < scope.until for t in due), len(due)),
            on_time=Share(sum(t.done_at <= t.finish_due_at for t in done), len(done)),
            reopened=Share(sum(t.reopened > 0 for t in finished), len(finished)),
            callbacks=Share(sum(each.answered_at is not None for each in sent), len(sent)),
            ratings=Ratings(len(rated), sum(rated)),
            escalated=Share(len(above), len(closed)),
            talk=len(talk),
            accepted_at_first=Share(accepted.count(1), len(accepted)),
            answered_by_list=Share(answers.count("yes"), len(answers)),
            survey=SurveyCount(len(surveys), len(scores), sum(score >= 4 for score in scores), sum(scores)),
            active=Share(len(flats_before & {(t.building_id, t.unit) for t in came}), len(flats_before)),
        )


def seconds(start: datetime, end: datetime | None) -> int:
    assert end is not None
    return int((end - start).total_seconds())


def spread(times: Any) -> Spread:
    ordered = sorted((took, number) for number, took in times)
    if not ordered:
        return Spread()
    half, nine = (ordered[math.ceil(len(ordered) * share / 100) - 1][0] for share in (50, 90))
    return Spread(len(ordered), half, nine, *ordered[-1])
