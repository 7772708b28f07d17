"""A simulated year of one estate, drawn from a seed, whose true figures are known because it was made from them.

Every attribute is dealt out in exact shares and then shuffled; how long things take are the quantiles of one curve,
dealt out likewise. So the year's medians and shares are known before a database has counted anything, and `Job` keeps
what was meant for each ticket. Rows go in by bulk inserts: 60,000 tickets with all that hangs on them in seconds.
"""

import json
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import NormalDist
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from handlers.kinds.kind import TRADE_GROUPS
from handlers.working_time import public_days_of
from storage.complaint_vocabulary import ComplaintStep
from storage.models import (
    AskedQuestion,
    Building,
    Callback,
    Chat,
    Complaint,
    Entry,
    InboxRow,
    ListedQuestion,
    Person,
    Site,
    Survey,
    Ticket,
)
from storage.models.base import Base, table_of
from storage.vocabulary import (
    Audience,
    CallbackOutcome,
    ChatRole,
    CloseReason,
    Disposition,
    EntryKind,
    Group,
    InboxState,
    Kind,
    Side,
    TicketState,
    Trade,
    Urgency,
)

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")
BUILDINGS, FLATS = 40, 50
YEAR = 2026
KINDS = {
    Kind.REPAIR: 0.70,
    Kind.INQUIRY: 0.11,
    Kind.SERVICE: 0.08,
    Kind.COMPLAINT: 0.06,
    Kind.SUGGESTION: 0.03,
    Kind.PRAISE: 0.02,
}
TRADES = {
    Trade.PLUMBING: 0.26,
    Trade.ELECTRICAL: 0.17,
    Trade.LIFT: 0.12,
    Trade.HVAC: 0.10,
    Trade.DOOR_ACCESS: 0.09,
    Trade.CLEANING: 0.10,
    Trade.PARKING: 0.08,
    Trade.NETWORK: 0.05,
    Trade.PEST: 0.03,
}
URGENCIES = {Urgency.NORMAL: 0.78, Urgency.URGENT: 0.15, Urgency.LOW: 0.05, Urgency.EMERGENCY: 0.02}
OUTCOMES = {
    None: 0.42,
    CallbackOutcome.FIXED: 0.52,
    CallbackOutcome.PARTLY: 0.03,
    CallbackOutcome.NOT_FIXED: 0.02,
    CallbackOutcome.NOBODY_CAME: 0.01,
}
"""None is silence."""
RATINGS = {None: 0.30, 5: 0.36, 4: 0.22, 3: 0.08, 2: 0.03, 1: 0.01}
ON_TIME, CALLS_ABOVE, ASKED_AGAIN = 0.88, 0.04, 0.10
SCORES = {None: 0.60, 5: 0.16, 4: 0.14, 3: 0.06, 2: 0.03, 1: 0.01}
PROPOSALS = {1: 0.70, 2: 0.22, 3: 0.08}
PROMISED = timedelta(hours=48)
FIRST_ANSWER_MEDIAN, FIRST_ANSWER_SPREAD = 12 * 60.0, 1.1
"""Seconds, and the spread of its logarithm."""
FINISH_SHARE_SPREAD = 0.6
RESTING, SEASON = 0.55, {7: 1.25, 8: 1.25, 1: 1.15, 2: 0.85}
"""How much a day off brings of what a workday does, and how much more the hot and the cold months do."""


@dataclass(slots=True)
class Job:
    """What was meant for one ticket."""

    opened_at: datetime
    kind: Kind
    trade: Trade
    urgency: Urgency
    building: int
    flat: int
    answer_seconds: int
    finish_seconds: int
    is_on_time: bool
    outcome: CallbackOutcome | None
    rating: int | None
    calls_above: bool
    is_urged: bool
    proposals: int

    @property
    def asks(self) -> bool:
        """Whether its tenant is called back."""
        return self.kind in (Kind.REPAIR, Kind.COMPLAINT, Kind.SERVICE)

    @property
    def is_worked_on(self) -> bool:
        """Praise is logged."""
        return self.kind is not Kind.PRAISE

    @property
    def is_reopened(self) -> bool:
        """Whether the callback brought it back."""
        return self.asks and self.outcome is not None and self.outcome is not CallbackOutcome.FIXED

    @property
    def first_answer_at(self) -> datetime:
        """When somebody took it."""
        return self.opened_at + timedelta(seconds=self.answer_seconds)

    @property
    def done_at(self) -> datetime:
        """When it was finished for good."""
        return self.opened_at + timedelta(seconds=self.finish_seconds)

    @property
    def sent_at(self) -> datetime:
        """When its tenant was asked."""
        return self.done_at + timedelta(hours=2)

    @property
    def closed_at(self) -> datetime:
        """With the answer, or after two days of silence."""
        if not self.is_worked_on:
            return self.opened_at
        if not self.asks:
            return self.done_at
        return self.sent_at + (timedelta(days=2) if self.outcome is None else timedelta(hours=1))


@dataclass
class SimulatedYear:
    """The plan, and who lives where."""

    site_id: int = 1
    jobs: list[Job] = field(default_factory=list)
    scores: list[int | None] = field(default_factory=list)
    list_answers: int = 0
    list_wrong: int = 0
    chatter: int = 0


def plan(tickets: int, seed: int = 7) -> SimulatedYear:
    """Deal a year out."""
    chance = random.Random(seed)  # noqa: S311 -- a simulation, nobody's secret
    worked = tickets
    moments = _moments(tickets, chance)
    columns = zip(
        moments,
        _dealt(KINDS, worked, chance),
        _dealt(TRADES, worked, chance),
        _dealt(URGENCIES, worked, chance),
        _dealt({n: 1.5 if n < 3 else 1.0 for n in range(BUILDINGS)}, worked, chance),
        _dealt(dict.fromkeys(range(FLATS), 1.0), worked, chance),
        _shuffled([answer_quantile((n + 0.5) / worked) for n in range(worked)], chance),
        _shuffled([_late(n, worked) for n in range(worked)], chance),
        _dealt(OUTCOMES, worked, chance),
        _dealt(RATINGS, worked, chance),
        _dealt({True: CALLS_ABOVE, False: 1 - CALLS_ABOVE}, worked, chance),
        _dealt({True: ASKED_AGAIN, False: 1 - ASKED_AGAIN}, worked, chance),
        _dealt(PROPOSALS, worked, chance),
        strict=True,
    )
    year = SimulatedYear()
    for at, kind, trade, urgency, building, flat, answer, (finish, is_on_time), *rest in columns:
        outcome, rating, above, urged, proposals = rest
        year.jobs.append(
            Job(
                at,
                kind,
                trade,
                urgency,
                building,
                flat,
                answer,
                max(finish, answer + 60),
                is_on_time,
                outcome,
                rating if outcome is CallbackOutcome.FIXED else None,
                above,
                urged,
                proposals,
            )
        )
    year.scores = _dealt(SCORES, BUILDINGS * FLATS // 4, chance)
    year.list_answers, year.list_wrong, year.chatter = tickets // 10, tickets // 50, tickets
    return year


def answer_quantile(share: float) -> int:
    """How many seconds that share of first answers takes at most."""
    return max(1, round(FIRST_ANSWER_MEDIAN * math.exp(FIRST_ANSWER_SPREAD * NormalDist().inv_cdf(share))))


def write(engine: Engine, year: SimulatedYear, *, name: str = "Simulated Garden") -> None:
    """Put the year into a database that has its schema and nothing else."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA cache_size = -400000")  # kilobytes: no page is written twice
        place = "?" if engine.dialect.name == "sqlite" else "%s"
        quoted = engine.dialect.identifier_preparer.quote

        def bulk(model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
            """Past SQLAlchemy's types, which would take six times as long as the database."""
            begun = model(**{name: value for name, value in rows[0].items() if name not in NOT_GIVEN})
            given = {name: getattr(begun, name) for name in table_of(model).c.keys() - rows[0].keys() - NOT_GIVEN}
            columns = [*rows[0], *given]
            names, places = ", ".join(map(quoted, columns)), ", ".join([place] * len(columns))
            statement = f"INSERT INTO {quoted(model.__tablename__)} ({names}) VALUES ({places})"  # noqa: S608 -- ours
            connection.exec_driver_sql(statement, [_row(row | given) for row in rows])

        site = {"name": name, "timezone": str(ZONE), "language": "zh_CN", "emergency_number": "119", "id": year.site_id}
        site |= dict.fromkeys(("desk_phone", "ambulance_number", "police_number", "fire_number", "gas_number"), "")
        times = {"digest_at": time(18), "quiet_from": time(21), "quiet_until": time(9)}
        bulk(Site, [site | times | {"last_number": 1000 + len(year.jobs)}])
        bulk(Building, [_building(number) for number in range(BUILDINGS)])
        bulk(Person, [_tenant(building, flat) for building in range(BUILDINGS) for flat in range(FLATS)])
        bulk(Person, [{"id": STAFF_ID, "name": "Wang", "site_id": 1}])
        bulk(Chat, _chats())
        bulk(Ticket, [_ticket(number, job) for number, job in enumerate(year.jobs, 1)])
        bulk(Complaint, [_complaint(number, job) for number, job in _complaints(year)])
        bulk(InboxRow, list(_inbox(year)))
        bulk(Entry, [entry for number, job in enumerate(year.jobs, 1) for entry in _entries(number, job)])
        bulk(Callback, [_callback(number, job) for number, job in enumerate(year.jobs, 1) if job.asks])
        bulk(Survey, [_survey(number, score) for number, score in enumerate(year.scores, 1)])
        bulk(ListedQuestion, [_question()])
        bulk(AskedQuestion, [_asked(year, number) for number in range(year.list_answers)])


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC).isoformat(' ')[:19]}.000000"


_WORDS = (ChatRole, Kind, Trade, Urgency, TicketState, Group, CloseReason, ComplaintStep, InboxState, Disposition)
_STORED: dict[type, Callable[[Any], object]] = {
    datetime: _moment,
    time: lambda value: f"{value:%H:%M:%S}.000000",
    list: json.dumps,
    dict: json.dumps,
    **dict.fromkeys((*_WORDS, EntryKind, Side, Audience, CallbackOutcome), str),
}
"""How a cell is given to both drivers, where not as it is."""


def _row(row: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(value if (stored := _STORED.get(type(value))) is None else stored(value) for value in row.values())


STAFF_ID = BUILDINGS * FLATS + 1
ROOM, DUTY, MANAGERS = 1, 2, 3
NOT_GIVEN = {"id", "revision"}
"""What a model gives itself."""


def start() -> datetime:
    """The first moment of the year there."""
    return datetime(YEAR, 1, 1, tzinfo=ZONE)


def end() -> datetime:
    """The first moment after it."""
    return datetime(YEAR + 1, 1, 1, tzinfo=ZONE)


def _moments(tickets: int, chance: random.Random) -> list[datetime]:
    """Workdays bring more than days off, mornings more than nights, hot and cold months more than mild ones."""
    public = public_days_of("CN")
    days = [date(YEAR, 1, 1) + timedelta(days=n) for n in range((date(YEAR + 1, 1, 1) - date(YEAR, 1, 1)).days)]
    weights = {day: (1.0 if public.is_workday(day) else RESTING) * SEASON.get(day.month, 1.0) for day in days}
    hours = [1, 1, 1, 1, 1, 2, 4, 8, 12, 12, 10, 9, 7, 8, 9, 9, 9, 10, 10, 9, 7, 5, 3, 2]
    found = []
    for day in sorted(_dealt(weights, tickets, chance)):
        hour = chance.choices(range(24), hours)[0]
        local = datetime(day.year, day.month, day.day, hour, chance.randrange(60), chance.randrange(60), tzinfo=ZONE)
        found.append(local.astimezone(UTC))
    return sorted(found)


def _dealt(shares: Mapping[T, float], count: int, chance: random.Random) -> list[T]:
    """So many, in these shares to the nearest whole, in any order."""
    total, dealt, reached = sum(shares.values()), [], 0.0
    for value, share in shares.items():
        reached += share * count / total
        dealt += [value] * (round(reached) - len(dealt))
    return _shuffled(dealt, chance)


def _shuffled(values: list[T], chance: random.Random) -> list[T]:
    chance.shuffle(values)
    return values


def _late(number: int, count: int) -> tuple[int, bool]:
    """How long the work takes, and whether that keeps the promise: the first ones do, spread over its time."""
    share, promised = (number + 0.5) / count, PROMISED.total_seconds()
    if share < ON_TIME:
        return max(120, round(promised * (share / ON_TIME) ** (1 / FINISH_SHARE_SPREAD))), True
    return round(promised * (1.01 + 3 * (share - ON_TIME) / (1 - ON_TIME))), False


def _ticket(number: int, job: Job) -> dict[str, Any]:
    reason = CloseReason.LOGGED if not job.is_worked_on else CloseReason.ANSWERED
    if job.asks:
        reason = CloseReason.WITHOUT_ANSWER if job.outcome is None else CloseReason.CONFIRMED
    is_complaint = job.kind is Kind.COMPLAINT
    return {
        "id": number,
        "site_id": 1,
        "number": 1000 + number,
        "kind": job.kind,
        "trade": job.trade,
        "urgency": job.urgency,
        "words": "厨房水管漏水，请来看看",
        "language": "zh_CN",
        "reporter_id": _person_id(job.building, job.flat),
        "chat_id": ROOM,
        "message_id": None,
        "opened_at": job.opened_at,
        "building_id": job.building + 1,
        "unit": _unit(job.flat),
        "state": TicketState.CLOSED,
        "group": Group.DESK if is_complaint else TRADE_GROUPS[job.trade],
        "assignee_id": STAFF_ID if job.is_worked_on else None,
        "finish_due_at": _due(job) if job.is_worked_on else None,
        "first_answer_at": job.first_answer_at if job.is_worked_on else None,
        "accepted_at": job.first_answer_at if job.is_worked_on else None,
        "done_at": job.done_at if job.is_worked_on else None,
        "closed_at": job.closed_at,
        "close_reason": reason,
        "urged": int(job.is_urged),
        "reopened": int(job.is_reopened),
        "handed_over": 0,
        "round": (2 if job.is_reopened else 1) if job.is_worked_on else 0,
        "revision": 1,
    }


def _due(job: Job) -> datetime:
    """The promise the work was meant to keep, or not."""
    return job.done_at + timedelta(minutes=30) if job.is_on_time else job.done_at - timedelta(hours=1)


def _entries(number: int, job: Job) -> Iterator[dict[str, Any]]:
    def entry(at: datetime, kind: EntryKind, side: Side, words: str, audience: Audience = Audience.STAFF) -> Any:
        who = _person_id(job.building, job.flat) if side is Side.TENANT else None
        return {
            "ticket_id": number,
            "at": at,
            "kind": kind,
            "side": side,
            "audience": audience,
            "text": words,
            "person_id": who,
        }

    told = Audience.REPORTER
    yield entry(job.opened_at, EntryKind.WORDS, Side.TENANT, "厨房水管漏水，请来看看", told)
    if job.is_urged:
        yield entry(job.opened_at + timedelta(minutes=30), EntryKind.URGING, Side.TENANT, "还没来吗？", told)
    if not job.is_worked_on:
        return
    yield entry(job.first_answer_at, EntryKind.STEP, Side.STAFF, "taken")
    if job.calls_above:
        yield entry(job.first_answer_at, EntryKind.STEP, Side.DESK, "late:client_director")
    if job.is_reopened and job.outcome is not None:
        yield entry(job.done_at, EntryKind.STEP, Side.TENANT, job.outcome.value, told)
    yield entry(job.done_at, EntryKind.REPORT, Side.STAFF, "已修好", told)


def _callback(number: int, job: Job) -> dict[str, Any]:
    answered = job.closed_at if job.outcome is not None else None
    return {
        "ticket_id": number,
        "round": 2 if job.is_reopened else 1,
        "person_id": _person_id(job.building, job.flat),
        "sent_at": job.sent_at,
        "outcome": job.outcome,
        "answered_at": answered,
        "rating": job.rating,
    }


def _complaints(year: SimulatedYear) -> Iterator[tuple[int, Job]]:
    return ((number, job) for number, job in enumerate(year.jobs, 1) if job.kind is Kind.COMPLAINT)


def _complaint(number: int, job: Job) -> dict[str, Any]:
    return {
        "ticket_id": number,
        "begun_at": job.closed_at,
        "step": ComplaintStep.FILED,
        "is_asked": False,
        "proposals": job.proposals,
        "late_steps": 0,
        "filed_at": job.closed_at,
    }


def _inbox(year: SimulatedYear) -> Iterator[dict[str, Any]]:
    def row(key: str, at: datetime, disposition: Disposition, ticket: int | None, person: int) -> dict[str, Any]:
        return {
            "source": "memory",
            "key": key,
            "raw": "{}",
            "received_at": at,
            "state": InboxState.DONE,
            "event": "MessageReceived",
            "chat_id": ROOM,
            "person_id": person,
            "ticket_id": ticket,
            "disposition": disposition,
            "attempts": 1,
            "done_at": at,
        }

    for number, job in enumerate(year.jobs, 1):
        who = _person_id(job.building, job.flat)
        yield row(f"o{number}", job.opened_at, Disposition.OPENED, number, who)
        if job.is_urged:
            yield row(f"u{number}", job.opened_at + timedelta(minutes=30), Disposition.ADDED, number, who)
        if number <= year.chatter:
            yield row(f"c{number}", job.opened_at + timedelta(seconds=30), Disposition.CHATTER, None, who)


def _survey(number: int, score: int | None) -> dict[str, Any]:
    sent = start() + timedelta(days=number % 360, hours=10)
    answered = sent + timedelta(hours=3) if score is not None else None
    return {
        "site_id": 1,
        "person_id": number,
        "digest": f"simulated-{number}",
        "language": "zh_CN",
        "sent_at": sent,
        "expires_at": sent + timedelta(days=14),
        "answered_at": answered,
        "score": score,
    }


def _question() -> dict[str, Any]:
    return {
        "id": 1,
        "site_id": 1,
        "key": "parking",
        "wordings": {},
        "answers": {},
        "owner": "",
        "is_private": False,
    }


def _asked(year: SimulatedYear, number: int) -> dict[str, Any]:
    at = year.jobs[number * len(year.jobs) // year.list_answers].opened_at
    ending = "no" if number < year.list_wrong else "yes"
    return {
        "site_id": 1,
        "question_id": 1,
        "person_id": 1,
        "chat_id": ROOM,
        "inbox_id": 1,
        "at": at,
        "ending": ending,
        "ended_at": at,
    }


def _building(number: int) -> dict[str, Any]:
    return {"id": number + 1, "site_id": 1, "name": f"{number + 1}栋", "aliases": []}


def _tenant(building: int, flat: int) -> dict[str, Any]:
    return {
        "id": _person_id(building, flat),
        "name": f"Tenant {building + 1}-{_unit(flat)}",
        "language": "zh_CN",
        "site_id": 1,
        "building_id": building + 1,
        "unit": _unit(flat),
    }


def _chats() -> list[dict[str, Any]]:
    chats = ((ROOM, ChatRole.ROOM, None), (DUTY, ChatRole.DUTY, Group.ENGINEERING), (MANAGERS, ChatRole.MANAGER, None))
    return [
        {
            "id": number,
            "channel": "memory",
            "address": f"simulated-{role}",
            "role": role,
            "title": "",
            "site_id": 1,
            "group": group,
            "is_forum": False,
        }
        for number, role, group in chats
    ]


def _person_id(building: int, flat: int) -> int:
    return building * FLATS + flat + 1


def _unit(flat: int) -> str:
    return f"{flat // 4 + 1}{flat % 4 + 1:02}"
