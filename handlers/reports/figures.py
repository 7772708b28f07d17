"""Every figure of the desk, defined once: its name, its formula in words, its unit, and how it follows from counts.

The digest, the managers' page and the reports show what stands here; nobody else divides anything by anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from handlers.notifications.spans import span
from handlers.reports.measuring import Measured
from locales import Voice
from storage.repositories.scopes import Share, Spread

HOUR, MINUTE, DAY = 3600, 60, 86_400
SCORES = (1, 5)
DASH = "–"


class Measure(StrEnum):
    """What a figure is counted in."""

    COUNT = "count"
    SHARE = "share"
    SPAN = "span"
    MEAN = "mean"
    DEGREE = "degree"


@dataclass(frozen=True, slots=True)
class Value:
    """One figure's value in one period; without an amount there was nothing to work it out from."""

    amount: float | None = None
    of: int | None = None
    """What it rests on: so many tickets, answers, flats."""
    p90: float | None = None
    longest: float | None = None
    longest_number: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. Shares are between 0 and 1, spans in seconds."""

    key: str
    measure: Measure
    name: Callable[[Voice], str]
    formula: Callable[[Voice], str]
    value: Callable[[Measured], Value]
    more_is: int = 0
    """1 where more is better, -1 where less is, 0 where neither."""


def _count(amount: int) -> Value:
    return Value(amount)


def _share(share: Share) -> Value:
    return Value(share.part / share.whole if share.whole else None, share.whole)


def _spread(spread: Spread) -> Value:
    return Value(spread.median, spread.jobs, spread.p90, spread.longest, spread.longest_number)


def _per(amount: float, whole: int) -> Value:
    return Value(amount / whole if whole else None, whole)


def _complaint_rate(measured: Measured) -> Value:
    complaints = next((count for kind, count in measured.by_kind.items() if kind == "complaint"), 0)
    return _per(100 * complaints, measured.flats)


def _degree(measured: Measured) -> Value:
    answered, low, high = measured.survey.answered, *SCORES
    if not answered:
        return Value(None, 0)
    return Value(100 * (measured.survey.total / answered - low) / (high - low), answered)


def _self_service(measured: Measured) -> Value:
    by_bot = measured.answered_by_list.part
    return _per(by_bot, by_bot + measured.received)


FIGURES: tuple[Figure, ...] = (
    Figure(
        "received",
        Measure.COUNT,
        lambda voice: voice.say("Tickets received"),
        lambda voice: voice.say("Every ticket opened in the period, further reports of an incident too."),
        lambda measured: _count(measured.received),
    ),
    Figure(
        "complaint_rate",
        Measure.MEAN,
        lambda voice: voice.say("Complaints per 100 flats"),
        lambda voice: voice.say("Complaints received in the period for every 100 flats whose tenants the desk knows."),
        _complaint_rate,
        -1,
    ),
    Figure(
        "complaint_cycle",
        Measure.SPAN,
        lambda voice: voice.say("Complaint cycle"),
        lambda voice: voice.say(
            "From receiving to closing, in working time, of the complaints closed in the period: half took at most "
            "so long, nine of ten at most so long, and the longest with its number."
        ),
        lambda measured: _spread(measured.complaint_cycle),
        -1,
    ),
    Figure(
        "completion",
        Measure.SHARE,
        lambda voice: voice.say("Completion rate"),
        lambda voice: voice.say(
            "Of the jobs promised for the period, the share finished before its end; those taken back do not count."
        ),
        lambda measured: _share(measured.finished_of_due),
        1,
    ),
    Figure(
        "on_time",
        Measure.SHARE,
        lambda voice: voice.say("On-time rate"),
        lambda voice: voice.say("Of the jobs finished in the period, the share finished within the promise."),
        lambda measured: _share(measured.on_time),
        1,
    ),
    Figure(
        "first_answer",
        Measure.SPAN,
        lambda voice: voice.say("First answer"),
        lambda voice: voice.say("From receiving to the first act of a person, of the jobs received in the period."),
        lambda measured: _spread(measured.first_answer),
        -1,
    ),
    Figure(
        "resolution",
        Measure.SPAN,
        lambda voice: voice.say("Time to close"),
        lambda voice: voice.say("From receiving to closing, by the clock, of the jobs closed in the period."),
        lambda measured: _spread(measured.resolution),
        -1,
    ),
    Figure(
        "reopened",
        Measure.SHARE,
        lambda voice: voice.say("Reopened rate"),
        lambda voice: voice.say(
            "Of the jobs received in the period that were finished, the share a callback or a follow-up opened again."
        ),
        lambda measured: _share(measured.reopened),
        -1,
    ),
    Figure(
        "callback_coverage",
        Measure.SHARE,
        lambda voice: voice.say("Callback coverage"),
        lambda voice: voice.say("Callbacks answered by the tenant, of those sent in the period; silence is no answer."),
        lambda measured: _share(measured.callbacks),
        1,
    ),
    Figure(
        "rating",
        Measure.MEAN,
        lambda voice: voice.say("Rating"),
        lambda voice: voice.say("The mean of the ratings from 1 to 5 given in the period."),
        lambda measured: _per(measured.ratings.total, measured.ratings.given),
        1,
    ),
    Figure(
        "empowerment",
        Measure.SHARE,
        lambda voice: voice.say("Settled by the team itself"),
        lambda voice: voice.say(
            "Of the jobs closed in the period, the share closed without calling the client director or anybody above."
        ),
        lambda measured: _share(Share(measured.escalated.whole - measured.escalated.part, measured.escalated.whole)),
        1,
    ),
    Figure(
        "self_service",
        Measure.SHARE,
        lambda voice: voice.say("Settled by the desk alone"),
        lambda voice: voice.say(
            "Answers from the question list that nobody refused, of these and all tickets received together."
        ),
        _self_service,
        1,
    ),
    Figure(
        "talk",
        Measure.MEAN,
        lambda voice: voice.say("Messages per job"),
        lambda voice: voice.say("Messages between tenant and staff in the jobs closed in the period, on average."),
        lambda measured: _per(measured.talk, measured.resolution.jobs),
        -1,
    ),
    Figure(
        "first_proposal",
        Measure.SHARE,
        lambda voice: voice.say("Accepted at the first proposal"),
        lambda voice: voice.say(
            "Of the complaints received in the period whose proposal was accepted, the share that needed only one."
        ),
        lambda measured: _share(measured.accepted_at_first),
        1,
    ),
    Figure(
        "satisfaction_rate",
        Measure.SHARE,
        lambda voice: voice.say("Satisfaction rate"),
        lambda voice: voice.say("Of the surveys sent in the period and answered, the share with 4 or 5 of 5."),
        lambda measured: _share(Share(measured.survey.satisfied, measured.survey.answered)),
        1,
    ),
    Figure(
        "satisfaction_degree",
        Measure.DEGREE,
        lambda voice: voice.say("Satisfaction degree"),
        lambda voice: voice.say("The mean score of the same surveys, put on a scale from 0 to 100."),
        _degree,
        1,
    ),
    Figure(
        "active_again",
        Measure.SHARE,
        lambda voice: voice.say("Flats active again"),
        lambda voice: voice.say("Of the flats heard of in the 90 days before, the share heard of in the period too."),
        lambda measured: _share(measured.active),
    ),
)
BY_KEY = {figure.key: figure for figure in FIGURES}


def words_of(voice: Voice, figure: Figure, amount: float | None) -> str:
    """One amount of a figure as people read it."""
    if amount is None:
        return DASH
    match figure.measure:
        case Measure.COUNT:
            return f"{amount:.0f}"
        case Measure.SHARE:
            return f"{100 * amount:.0f}%" if amount in (0, 1) else f"{100 * amount:.1f}%"
        case Measure.SPAN:
            return span_words(voice, amount)
        case Measure.MEAN:
            return f"{amount:.2f}"
        case Measure.DEGREE:
            return f"{amount:.1f}"


def span_words(voice: Voice, seconds: float) -> str:
    """Minutes, hours, and days from the third on."""
    if seconds >= 3 * DAY:
        return voice.say("{days} days", days=f"{seconds / DAY:.1f}")
    return span(voice, int(seconds // MINUTE))
