"""The managers' page in words: everything the templates only have to set."""

from datetime import timedelta

from bot.web.charts import trend_of
from handlers.board.views import Board, Overview, Row, Thread
from handlers.notifications.to_duty.thread import line_words
from handlers.reports.figures import span_words, words_of
from locales import Voice
from storage.repositories.scopes import BuildingCount, Ratings

MOST_TOPICS = 12
Words = dict[str, object]


def open_lines(voice: Voice, board: Board) -> list[Words]:
    """One row for each open ticket."""
    found: list[Words] = []
    for line in board.lines:
        ticket = line.ticket
        due = voice.moment(ticket.finish_due_at) if ticket.finish_due_at else "–"
        if line.late_seconds is not None:
            due = voice.say("late by {span}", span=span_words(voice, line.late_seconds))
        found.append(
            {
                "number": ticket.number,
                "kind": voice.term("kind", ticket.kind),
                "trade": voice.term("trade", ticket.trade),
                "urgency": voice.term("urgency", ticket.urgency),
                "is_hot": ticket.urgency in ("emergency", "urgent"),
                "building": line.building,
                "group": voice.term("group", ticket.group) if ticket.group else "–",
                "who": line.assignee or voice.say("nobody yet"),
                "opened": voice.moment(ticket.opened_at),
                "due": due,
                "is_late": line.late_seconds is not None,
                "urged": ticket.urged,
            }
        )
    return found


def overview_words(voice: Voice, overview: Overview, buildings: dict[int, str]) -> Words:
    """The figures, the chart, and the tables under it."""
    trades = sorted(overview.measured.by_trade.items(), key=lambda each: -each[1])[:MOST_TOPICS]
    kinds = sorted(overview.measured.by_kind.items(), key=lambda each: -each[1])
    return {
        "figures": [figure_words(voice, row) for row in overview.rows],
        "trend": trend_of(overview.first, overview.received, overview.finished),
        "trades": _bars([(voice.term("trade", trade), count) for trade, count in trades]),
        "kinds": _bars([(voice.term("kind", kind), count) for kind, count in kinds]),
        "by_building": [
            _building(name or voice.say("no building"), count, rated) for name, count, rated in overview.buildings
        ],
        "slowest": [
            (
                each.number,
                voice.term("trade", each.trade),
                buildings.get(each.building_id or 0, ""),
                _span(voice, each.seconds),
            )
            for each in overview.slowest
        ],
    }


def figure_words(voice: Voice, row: Row) -> Words:
    """One figure: its value, what it rests on, and how it has changed."""
    figure, value = row.figure, row.value
    return {
        "key": figure.key,
        "name": figure.name(voice),
        "formula": figure.formula(voice),
        "value": words_of(voice, figure, value.amount),
        "before": words_of(voice, figure, row.before.amount),
        "notes": _notes(voice, row),
        "change": _change(voice, row),
    }


def thread_words(voice: Voice, thread: Thread) -> Words:
    """A ticket whole."""
    card = thread.card.say(voice)
    return {
        "title": card.title or "",
        "lines": card.text.split("\n"),
        "thread": [line_words(voice, line) for line in thread.lines],
    }


def _notes(voice: Voice, row: Row) -> list[str]:
    figure, value = row.figure, row.value
    notes = []
    if value.p90 is not None:
        notes.append(voice.say("nine of ten within {span}", span=words_of(voice, figure, value.p90)))
    if value.longest is not None and figure.key == "complaint_cycle":
        span = words_of(voice, figure, value.longest)
        notes.append(voice.say("longest {span}, #{number}", span=span, number=value.longest_number))
    if value.of is not None and value.amount is not None:
        notes.append(voice.say("from {count}", count=value.of))
    return notes


def _change(voice: Voice, row: Row) -> str:
    """`better`, `worse`, or nothing where it says neither, or nobody would see a difference."""
    now, before, figure = row.value.amount, row.before.amount, row.figure
    if now is None or before is None or not figure.more_is:
        return ""
    if words_of(voice, figure, now) == words_of(voice, figure, before):
        return ""
    return "better" if (now > before) == (figure.more_is > 0) else "worse"


def _bars(counted: list[tuple[str, int]]) -> list[tuple[str, int, float]]:
    """Each with its length, of a hundred."""
    top = max((count for _, count in counted), default=1)
    return [(name, count, round(100 * count / top, 1)) for name, count in counted]


def _building(name: str, count: BuildingCount, rated: Ratings) -> Words:
    return {
        "name": name,
        "received": count.received,
        "complaints": count.complaints,
        "on_time": f"{100 * count.on_time / count.promised:.0f}%" if count.promised else "–",
        "reopened": count.reopened,
        "rating": f"{rated.total / rated.given:.2f}" if rated.given else "–",
    }


def _span(voice: Voice, seconds: int | None) -> str:
    return "–" if seconds is None else span_words(voice, timedelta(seconds=seconds).total_seconds())
