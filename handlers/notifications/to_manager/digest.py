"""One honest digest a day. No phone, no room, no words."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.spans import span
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_manager.incident_lines import DayOfIncidents, incident_lines
from locales import Voice
from storage.vocabulary import Disposition, Kind, Lane, Trade

MOST_BUTTONS, BUTTONS_IN_A_ROW = 8, 4
TEN, RAREST = 10, 1000


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """One late ticket."""

    number: int
    trade: Trade
    due_at: datetime
    hours_late: int
    is_untaken: bool = False
    """Whether nobody has it in hand."""


class UnusualWhat(StrEnum):
    """Of what there was more or less than usual."""

    ALL = "all"
    KIND = "kind"
    TRADE = "trade"
    BUILDING = "building"


@dataclass(frozen=True, slots=True)
class Unusual:
    """Something that came more often or more rarely than on such days before."""

    what: UnusualWhat
    name: str
    """Of a kind or a trade its word, of a building its name."""
    count: int
    usual: float
    once_in: int
    """So many such days bring one like it."""


@dataclass(frozen=True, slots=True)
class DailyDigest(Notification):
    """One day of a site in one minute of reading."""

    site: str
    day: date
    heard: int
    ledger: tuple[tuple[Disposition, int], ...]
    unsettled: int
    """Messages heard that no disposition accounts for yet."""
    new: int
    new_by_kind: tuple[tuple[Kind, int], ...]
    closed: int
    open: int
    overdue: int
    reopened: int
    urged: int
    callbacks_sent: int
    callbacks_answered: int
    rating: float | None
    ratings: int
    undelivered: int
    unanswered: int
    late: tuple[OverdueLine, ...]
    missed_days: int = 0
    unconfirmed: int = 0
    failed_pushes: int = 0
    incidents: DayOfIncidents | None = None
    """None where neighbours shared nothing."""
    list_answers: tuple[int, int, int] = (0, 0, 0)
    """Answers given from the question list, and of how many it was said that this was it, and that it was not."""
    to_review: tuple[str, ...] = ()
    """The questions whose answers somebody should look over."""
    usual_new: float | None = None
    """How many were new on the same weekdays before; None where nothing is usual yet."""
    unusual: tuple[Unusual, ...] = ()
    complaints_closed: int = 0
    complaint_minutes: int | None = None
    """Of working time, within which half of these were closed."""
    until: datetime | None = None
    """Where the next one begins."""
    lane: ClassVar[Lane] = Lane.BULK
    repeats_when_unknown: ClassVar[bool] = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        stirred = (self.heard, self.new, self.closed, self.open, self.unconfirmed, self.undelivered, self.failed_pushes)
        return not any(stirred) and not self.to_review

    def say(self, voice: Voice) -> Speech:
        """An empty day is one line."""
        title = voice.say("📊 {site} · {day}", site=name(self.site), day=voice.day(self.day))
        if self.is_empty:
            return Speech(voice.say("A quiet day: nothing heard, nothing open."), title)
        return Speech("\n".join(self._lines(voice)), title, self._buttons())

    def _buttons(self) -> tuple[tuple[Button, ...], ...]:
        """One for each ticket named, to open it."""
        numbers = [line.number for line in self.late]
        numbers += [line.number for line in self.incidents.shown] if self.incidents is not None else []
        named = [Button(f"#{number}", f"show:{number}") for number in dict.fromkeys(numbers)][:MOST_BUTTONS]
        return tuple(tuple(named[at : at + BUTTONS_IN_A_ROW]) for at in range(0, len(named), BUTTONS_IN_A_ROW))

    def _lines(self, voice: Voice) -> list[str]:
        lines = [
            voice.say(
                "New {new} · closed {closed} · open {open} · overdue {overdue}",
                new=self.new,
                closed=self.closed,
                open=self.open,
                overdue=self.overdue,
            )
        ]
        if self.usual_new is not None and not any(each.what is UnusualWhat.ALL for each in self.unusual):
            weekday = voice.weekday(self.day)
            lines[0] += "\n" + voice.say(
                "  usual on a {weekday}: {usual} new", weekday=weekday, usual=_few(self.usual_new)
            )
        lines += [_unusual_line(voice, each, self.day) for each in self.unusual]
        if self.new_by_kind:
            lines.append("  " + " · ".join(f"{voice.term('kind', kind)} {count}" for kind, count in self.new_by_kind))
        if self.incidents is not None:
            lines += incident_lines(voice, self.incidents)
        if self.complaints_closed and self.complaint_minutes is not None:
            lines.append(
                voice.say(
                    "📣 Complaints closed {count} · half of them within {span} of working time",
                    count=self.complaints_closed,
                    span=span(voice, self.complaint_minutes),
                )
            )
        if self.unconfirmed:
            lines.append(voice.say("🔧 Done, not yet confirmed by the tenant: {count}", count=self.unconfirmed))
        if self.late:
            lines.append(voice.say("⚠️ Most delayed:"))
            lines += [_late_line(voice, line) for line in self.late]
        if self.reopened or self.urged:
            lines.append(
                voice.say("🔁 Reopened {reopened} · ⏰ urged {urged}", reopened=self.reopened, urged=self.urged)
            )
        if self.callbacks_sent:
            line = voice.say(
                "☎️ Callbacks answered {answered} of {sent}", answered=self.callbacks_answered, sent=self.callbacks_sent
            )
            if self.rating is not None:
                line += " · " + voice.say("⭐ {rating} ({count})", rating=f"{self.rating:.1f}", count=self.ratings)
            lines.append(line)
        if self.unanswered:
            lines.append(voice.say("🤔 Possible requests not yet looked at: {count}", count=self.unanswered))
        lines += self._list_lines(voice)
        if self.undelivered:
            lines.append(voice.say("📭 Not delivered: {count}", count=self.undelivered))
        if self.failed_pushes:
            lines.append(voice.say("⚠️ Planned steps that failed: {count}", count=self.failed_pushes))
        if self.heard or self.ledger or self.unsettled:
            lines.append(self._ledger_line(voice))
        if self.missed_days:
            lines.append(
                voice.say_many(
                    "(One digest was missed before this.)",
                    "({count} digests were missed before this.)",
                    self.missed_days,
                )
            )
        return lines

    def _list_lines(self, voice: Voice) -> list[str]:
        lines = []
        given, right, wrong = self.list_answers
        if given:
            lines.append(
                voice.say(
                    "💡 Answered from the question list: {given} (yes {right} · no {wrong})",
                    given=given,
                    right=right,
                    wrong=wrong,
                )
            )
        if self.to_review:
            keys = " · ".join(map(name, self.to_review))
            lines.append(voice.say("🗓 Answers to look over: {questions}", questions=keys))
        return lines

    def _ledger_line(self, voice: Voice) -> str:
        parts = [f"{voice.term('disposition', disposition)} {count}" for disposition, count in self.ledger]
        line = voice.say("👂 Heard {heard} = {parts}", heard=self.heard, parts=" + ".join(parts) or "0")
        if self.unsettled:
            line += " · " + voice.say("⚠️ {count} still unaccounted for", count=self.unsettled)
        return line


def _few(usual: float) -> str:
    """A mean of counts: whole from ten on."""
    return f"{usual:.0f}" if usual >= TEN or usual == int(usual) else f"{usual:.1f}"


def _unusual_line(voice: Voice, each: Unusual, day: date) -> str:
    """What there was, what there usually is, and how rare that is."""
    match each.what:
        case UnusualWhat.ALL:
            thing = voice.say("all requests")
        case UnusualWhat.BUILDING:
            thing = name(each.name)
        case UnusualWhat.KIND | UnusualWhat.TRADE:
            thing = voice.term(each.what.value, each.name)
    return voice.say(
        "❗ {thing}: {count}, usually {usual} · about one {weekday} in {once_in} is like this",
        thing=thing,
        count=each.count,
        usual=_few(each.usual),
        weekday=voice.weekday(day),
        once_in=f"{each.once_in}+" if each.once_in >= RAREST else each.once_in,
    )


def _late_line(voice: Voice, line: OverdueLine) -> str:
    """How late, and where that is so, that nobody has taken it."""
    late = voice.say_many(
        "  #{number} {trade}, {count} hour late",
        "  #{number} {trade}, {count} hours late",
        line.hours_late,
        number=line.number,
        trade=voice.term("trade", line.trade),
    )
    return late + " · " + voice.say("nobody has taken it") if line.is_untaken else late


@dataclass(frozen=True, slots=True)
class DigestTrend(Notification):
    """The picture above a digest: day by day what was received and what was finished. Drawn when it is sent."""

    site: str
    first: date
    received: tuple[int, ...]
    finished: tuple[int, ...]
    lane: ClassVar[Lane] = Lane.BULK
    repeats_when_unknown: ClassVar[bool] = False

    def say(self, voice: Voice) -> Speech:
        """The caption says what the picture shows, also to whoever cannot see it."""
        last = len(self.received)
        return Speech(
            voice.say(
                "📈 {site}, {days} days: received {received}, finished {finished}",
                site=name(self.site),
                days=last,
                received=sum(self.received),
                finished=sum(self.finished),
            )
        )


@dataclass(frozen=True, slots=True)
class DigestHour(Notification):
    """This chat has its digest at an hour of its own."""

    at: time

    def say(self, voice: Voice) -> Speech:
        """From when on."""
        return Speech(voice.say("✅ From now on the digest comes here at {time}.", time=f"{self.at:%H:%M}"))
