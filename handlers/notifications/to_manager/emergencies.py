"""What cannot wait a minute; here alone managers read a tenant's own words, as they act on them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.spans import span
from handlers.notifications.speech import Speech
from handlers.notifications.trial import trial_line
from locales import Voice
from storage.vocabulary import Group, Lane, Trade

CRY_LENGTH = 300


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
    is_shadow: bool = False
    """Whether the one who cried has heard nothing: neither the safety line nor the number to call."""
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
        lines += [trial_line(voice)] if self.is_shadow else []
        return Speech("\n".join(lines), voice.say("🚨 Emergency"))


@dataclass(frozen=True, slots=True)
class CalledAgain(Notification):
    """Somebody in an emergency that is not over calls for help again."""

    number: int
    trade: Trade
    place: str | None
    words: str
    assignee: str | None
    times: int = 1
    """How often they have called by now."""
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """What, where, in whose words, and who has it."""
        what = " · ".join([voice.term("trade", self.trade), *([self.place] if self.place else [])])
        lines = [
            voice.say("📣 #{number} {what}: they call for help again.", number=self.number, what=what),
            voice.say("“{words}”", words=quote(self.words, CRY_LENGTH)),
            voice.say("With {name}.", name=name(self.assignee))
            if self.assignee
            else voice.say("Nobody has taken it yet."),
        ]
        if self.times > 1:
            lines.insert(1, voice.say_many("Called {count} time", "Called {count} times", self.times))
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class NobodyTakes(Notification):
    """An emergency nobody took, or that no duty chat exists for."""

    number: int
    group: Group | None
    minutes: int
    trade: Trade = Trade.OTHER
    place: str | None = None
    words: str = ""
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """What is stuck, where, how long."""
        if self.group is None:
            return Speech(
                voice.say("⚠️ #{number} has no duty chat to go to. Please have one linked.", number=self.number)
            )
        group, what = voice.term("group", self.group), voice.term("trade", self.trade)
        lines = [
            voice.say(
                "⚠️ {group} has not taken #{number} {what} for {span}.",
                group=group,
                number=self.number,
                what=f"{what} · {self.place}" if self.place else what,
                span=span(voice, self.minutes),
            )
        ]
        lines += [voice.say("“{words}”", words=quote(self.words, CRY_LENGTH))] if self.words else []
        return Speech("\n".join(lines))
