"""What managers hear: one honest digest a day, and alarms that cannot wait for it.

No phone, no room, no words, but for an emergency: then the words are what a manager acts on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Speech
from locales import Voice
from storage.vocabulary import ChatRole, Disposition, Group, Kind, Lane, Trade

CRY_LENGTH = 300
UNTAKEN_SHOWN = 15


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """One late ticket."""

    number: int
    trade: Trade
    due_at: datetime
    hours_late: int


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
    lane: ClassVar[Lane] = Lane.BULK
    repeats_when_unknown: ClassVar[bool] = False

    def say(self, voice: Voice) -> Speech:
        """An empty day is one line."""
        title = voice.say("📊 {site} · {day}", site=name(self.site), day=voice.day(self.day))
        stirred = (self.heard, self.new, self.closed, self.open, self.unconfirmed, self.undelivered, self.failed_pushes)
        if not any(stirred):
            return Speech(voice.say("A quiet day: nothing heard, nothing open."), title)
        return Speech("\n".join(self._lines(voice)), title)

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
        if self.new_by_kind:
            lines.append("  " + " · ".join(f"{voice.term('kind', kind)} {count}" for kind, count in self.new_by_kind))
        if self.unconfirmed:
            lines.append(voice.say("🔧 Done, not yet confirmed by the tenant: {count}", count=self.unconfirmed))
        if self.late:
            lines.append(voice.say("⚠️ Most delayed:"))
            lines += [
                voice.say_many(
                    "  #{number} {trade}, {count} hour late",
                    "  #{number} {trade}, {count} hours late",
                    line.hours_late,
                    number=line.number,
                    trade=voice.term("trade", line.trade),
                )
                for line in self.late
            ]
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
        if self.undelivered:
            lines.append(voice.say("📭 Not delivered: {count}", count=self.undelivered))
        if self.failed_pushes:
            lines.append(voice.say("⚠️ Planned steps that failed: {count}", count=self.failed_pushes))
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

    def _ledger_line(self, voice: Voice) -> str:
        parts = [f"{voice.term('disposition', disposition)} {count}" for disposition, count in self.ledger]
        line = voice.say("👂 Heard {heard} = {parts}", heard=self.heard, parts=" + ".join(parts) or "0")
        if self.unsettled:
            line += " · " + voice.say("⚠️ {count} still unaccounted for", count=self.unsettled)
        return line


@dataclass(frozen=True, slots=True)
class EmergencyPaged(Notification):
    """An emergency reached the manager at the same moment as the duty team."""

    number: int
    trade: Trade
    place: str | None
    alerted: tuple[Group, ...]
    written_at: datetime | None = None
    """When it was cried, if that is long before it was heard."""
    words: str = ""
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """What, where and in whose words: whoever decides within a minute must not have to ask."""
        trade = voice.term("trade", self.trade)
        who = " · ".join(voice.term("group", group) for group in self.alerted)
        lines = [f"📍 {self.place}"] if self.place else []
        lines += [voice.say("🕓 Written {time}", time=voice.moment(self.written_at))] if self.written_at else []
        lines.append(f"#{self.number} {trade}")
        lines += [voice.say("“{words}”", words=quote(self.words, CRY_LENGTH))] if self.words else []
        lines.append(voice.say("Alerted just now: {who}", who=who) if who else voice.say("⚠️ No duty chat to alert."))
        return Speech("\n".join(lines), voice.say("🚨 Emergency"))


@dataclass(frozen=True, slots=True)
class NobodyTakes(Notification):
    """An emergency nobody took, or that no duty chat exists for."""

    number: int
    group: Group | None
    minutes: int
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """What is stuck, where, how long."""
        if self.group is None:
            return Speech(
                voice.say("⚠️ #{number} has no duty chat to go to. Please have one linked.", number=self.number)
            )
        group = voice.term("group", self.group)
        return Speech(
            voice.say(
                "⚠️ {group} has not taken #{number} for {minutes} minutes.",
                group=group,
                number=self.number,
                minutes=self.minutes,
            )
        )


@dataclass(frozen=True, slots=True)
class UntakenLine:
    """One ticket nobody has taken; without a group no duty chat exists for it."""

    number: int
    trade: Trade
    group: Group | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Untaken(Notification):
    """Every ticket nobody takes, in one message."""

    lines: tuple[UntakenLine, ...]

    def say(self, voice: Voice) -> Speech:
        """Which, whose, since when; the first few of many."""
        shown = [self._line(voice, line) for line in self.lines[:UNTAKEN_SHOWN]]
        more = len(self.lines) - len(shown)
        if more:
            shown.append(voice.say("… and {count} more", count=more))
        if any(line.group is None for line in self.lines):
            shown.append(voice.say("Please have a duty chat linked for what has none."))
        return Speech("\n".join(shown), voice.say("⏳ Not taken yet"))

    @staticmethod
    def _line(voice: Voice, line: UntakenLine) -> str:
        group = voice.term("group", line.group) if line.group else voice.say("no duty chat")
        since = voice.say("since {time}", time=voice.moment(line.since))
        return f"#{line.number} {voice.term('trade', line.trade)} · {group} · {since}"


@dataclass(frozen=True, slots=True)
class PushedToAndFro(Notification):
    """Handed over again and again: somebody above the groups has to decide."""

    number: int
    times: int
    group: Group

    def say(self, voice: Voice) -> Speech:
        """How often, and where it lies now."""
        return Speech(
            voice.say(
                "↔️ #{number} has been handed over {times} times and is with {group} now. Please decide whose it is.",
                number=self.number,
                times=self.times,
                group=voice.term("group", self.group),
            )
        )


@dataclass(frozen=True, slots=True)
class CardLost(Notification):
    """A card could not be put into its duty chat, so nobody has seen the ticket there."""

    number: int
    group: Group

    def say(self, voice: Voice) -> Speech:
        """Which, where, what to do."""
        return Speech(
            voice.say(
                "⚠️ #{number} did not reach the duty chat of {group}. Please let me back in, or tell them yourself.",
                number=self.number,
                group=voice.term("group", self.group),
            )
        )


@dataclass(frozen=True, slots=True)
class DutyChatClosed(Notification):
    """A duty chat with open tickets has shut us out."""

    group: Group
    numbers: tuple[int, ...]
    is_with_desk: bool

    def say(self, voice: Voice) -> Speech:
        """Which chat, what was open there, where it is now."""
        lines = [
            voice.say("⚠️ I can no longer write in the duty chat of {group}.", group=voice.term("group", self.group)),
            voice.say("Open there: {numbers}", numbers=" ".join(f"#{number}" for number in self.numbers)),
            voice.say("Their cards are with the customer desk now.")
            if self.is_with_desk
            else voice.say("They have nowhere else to go. Please let me back in, or have another chat linked."),
        ]
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class PlanFailed(Notification):
    """Something planned, such as a callback, could not be done and was put aside."""

    push_id: int
    number: int | None

    def say(self, voice: Voice) -> Speech:
        """Which ticket, where there is one."""
        if self.number is None:
            return Speech(voice.say("⚠️ Something I had planned failed. It is kept as no. {row}.", row=self.push_id))
        return Speech(voice.say("⚠️ The next step I had planned for #{number} failed.", number=self.number))


@dataclass(frozen=True, slots=True)
class MessageFailed(Notification):
    """A message the desk could not handle; its raw form is kept."""

    inbox_id: int

    def say(self, voice: Voice) -> Speech:
        """Which one, and how to look at it."""
        return Speech(
            voice.say(
                "⚠️ One message could not be handled. It is kept as no. {row} for whoever looks after Lobby.",
                row=self.inbox_id,
            )
        )


@dataclass(frozen=True, slots=True)
class Linked(Notification):
    """A chat was linked."""

    role: ChatRole
    site: str
    what: str | None = None
    group: Group | None = None

    def say(self, voice: Voice) -> Speech:
        """What this chat is from now on."""
        detail = voice.term("group", self.group) if self.group else self.what
        where = f"{name(self.site)} · {name(detail)}" if detail else name(self.site)
        return Speech(
            voice.say("🔗 Linked: this is now the {role} of {where}.", role=voice.term("role", self.role), where=where)
        )


@dataclass(frozen=True, slots=True)
class CodeRefused(Notification):
    """A link code that is unknown, used or expired; the same words for all three."""

    def say(self, voice: Voice) -> Speech:
        """How to get one that works."""
        return Speech(voice.say("This code doesn't work here. Ask for a new one and send it within a day."))
