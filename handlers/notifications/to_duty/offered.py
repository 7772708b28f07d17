"""Whose turn it is: offers that move on, leads that are asked, shifts that begin and end."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.spans import span
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.vocabulary import Group, Lane, Trade

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody to turn to."""

    name: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class OfferedNext(Notification):
    """Nobody took it; it is the next one's turn."""

    number: int
    name: str
    minutes: int

    def say(self, voice: Voice) -> Speech:
        """Whose turn it is now."""
        said = voice.say(
            "👉 {name}, #{number} has waited {span}. Can you take it?",
            name=name(self.name),
            number=self.number,
            span=span(voice, self.minutes),
        )
        return Speech(said, buttons=((Button(voice.say("✋ Take"), "take"),),))


@dataclass(frozen=True, slots=True)
class LeadAsked(Notification):
    """Nobody took it; the lead decides."""

    number: int
    names: tuple[str, ...]
    minutes: int

    def say(self, voice: Voice) -> Speech:
        """Who is asked, and why."""
        said = voice.say(
            "⏫ {names}, nobody has taken #{number} for {span}. Please decide who does.",
            names=" · ".join(map(name, self.names)),
            number=self.number,
            span=span(voice, self.minutes),
        )
        return Speech(said, buttons=((Button(voice.say("✋ Take"), "take"),),))


@dataclass(frozen=True, slots=True)
class NobodyOnDuty(Notification):
    """A ticket came, and the roster names nobody for this hour."""

    number: int
    trade: Trade
    group: Group
    leads: tuple[Reachable, ...] = ()
    next_name: str | None = None
    next_at: datetime | None = None
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """What, for whom to call, and when somebody comes."""
        group, trade = voice.term("group", self.group), voice.term("trade", self.trade)
        title = voice.say("🚷 Nobody of {group} is on duty", group=group)
        lines = [f"#{self.number} {trade}"]
        lines += [
            f"👉 {name(lead.name)}" + (f" · ☎️ {quote(lead.phone, 40)}" if lead.phone else "") for lead in self.leads
        ]
        if self.next_name and self.next_at:
            at = voice.moment(self.next_at)
            lines.append(voice.say("next: {name}, from {time}", name=name(self.next_name), time=at))
        return Speech("\n".join(lines), title)


@dataclass(frozen=True, slots=True)
class TakenSilent(Notification):
    """Somebody has it, and nothing has been heard since."""

    number: int
    name: str
    minutes: int
    leads: tuple[str, ...] = ()

    def say(self, voice: Voice) -> Speech:
        """A question to whoever has it; later also their lead's."""
        said = voice.say(
            "🔇 {name}, you took #{number} {span} ago. How is it going?",
            name=name(self.name),
            number=self.number,
            span=span(voice, self.minutes),
        )
        leads = " · ".join(map(name, self.leads))
        rows = ((Button(voice.say("👍 On it"), "on_it"), Button(voice.say("🙋 I take over"), "take_over")),)
        return Speech(f"{said}\n👉 {leads}" if leads else said, buttons=rows)


@dataclass(frozen=True, slots=True)
class ComesOnDuty(Notification):
    """A shift begins, and something waits."""

    names: tuple[str, ...]
    until: datetime
    waiting: tuple[int, ...]

    def say(self, voice: Voice) -> Speech:
        """Who is there now, and what waits for them."""
        numbers = " ".join(f"#{number}" for number in self.waiting[:SHOWN])
        if len(self.waiting) > SHOWN:
            numbers += " …"
        names, until = " · ".join(map(name, self.names)), voice.time(self.until)
        return Speech(
            voice.say("🔄 On duty until {time}: {names}", time=until, names=names)
            + "\n"
            + voice.say("Waiting to be taken: {numbers}", numbers=numbers)
        )


@dataclass(frozen=True, slots=True)
class ShiftEnds(Notification):
    """Somebody goes home with a job open."""

    number: int
    trade: Trade
    name: str

    def say(self, voice: Voice) -> Speech:
        """Who goes on with it?"""
        said = voice.say(
            "🔄 {name} goes off duty. Who goes on with #{number} {trade}?",
            name=name(self.name),
            number=self.number,
            trade=voice.term("trade", self.trade),
        )
        rows = ((Button(voice.say("🙋 I take over"), "take_over"), Button(voice.say("I keep it"), "keep")),)
        return Speech(said, buttons=rows)
