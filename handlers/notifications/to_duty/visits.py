"""What staff see of a visit: on the card, and under it what the tenant says, when it is near, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.notifications.hours import Slot, hour_words
from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_duty.ready import ready_report, reports_for
from locales import Voice
from storage.vocabulary import Kind, Trade


@dataclass(frozen=True, slots=True)
class VisitShown:
    """The visit on its card."""

    visit_id: int
    starts_at: datetime
    ends_at: datetime | None
    is_agreed: bool
    is_tenants: bool = False
    """Whether the tenant proposed it, so that staff are to agree."""

    @property
    def slot(self) -> Slot:
        """Its hours."""
        return self.starts_at, self.ends_at


def visit_line(voice: Voice, shown: VisitShown) -> str:
    """On the card."""
    time = hour_words(voice, shown.slot)
    if shown.is_agreed:
        return voice.say("📅 Visit agreed: {time}", time=time)
    if shown.is_tenants:
        return voice.say("📅 The tenant proposes: {time}", time=time)
    return voice.say("📅 Proposed, waits for the tenant: {time}", time=time)


def answer_row(voice: Voice, shown: VisitShown) -> tuple[Button, ...]:
    """Yes to what the tenant proposes, or something else."""
    return Button(voice.say("👍 Accept"), f"visit:yes={shown.visit_id}"), Button(voice.say("🕐 Another time"), "visit")


def manage_row(voice: Voice, shown: VisitShown | None) -> tuple[tuple[Button, ...], ...]:
    """Under the hours to choose from: words of one's own, agreed on the telephone, or no visit after all."""
    own = Button(voice.say("✍️ Write a time"), "visit:own")
    if shown is None:
        return ((own,),)
    off = Button(voice.say("✖️ No visit"), "visit:off")
    if shown.is_agreed or shown.is_tenants:
        return ((own, off),)
    return ((Button(voice.say("☎️ Agreed by phone"), "visit:phone"),), (own, off))


@dataclass(frozen=True, slots=True)
class WhatTime(Notification):
    """Staff want to write the hour themselves."""

    number: int
    is_unread: bool = False
    """Whether what was written could not be read as an hour."""

    def say(self, voice: Voice) -> Speech:
        """How it may be written."""
        if self.is_unread:
            said = voice.say("🤔 I couldn't read an hour in that. Like this, perhaps: tomorrow 3pm, Sat morning")
            return Speech(said)
        return Speech(
            voice.say(
                "✍️ When can you come for #{number}? Write it now, for instance: tomorrow 3pm, Sat morning",
                number=self.number,
            )
        )


@dataclass(frozen=True, slots=True)
class VisitWanted(Notification):
    """The tenant would rather have another hour."""

    number: int
    visit_id: int
    name: str
    starts_at: datetime
    ends_at: datetime | None
    was: Slot | None = None
    """What had been agreed or proposed before."""

    def say(self, voice: Voice) -> Speech:
        """When, and what stood before; one tap agrees."""
        said = voice.say(
            "📅 #{number} · {name} proposes {time}.",
            number=self.number,
            name=name(self.name),
            time=hour_words(voice, (self.starts_at, self.ends_at)),
        )
        if self.was is not None:
            said += "\n" + voice.say("It was: {time}", time=hour_words(voice, self.was))
        return Speech(said, buttons=((Button(voice.say("👍 Accept"), f"visit:yes={self.visit_id}"),),))


@dataclass(frozen=True, slots=True)
class VisitSettled(Notification):
    """Both sides agree."""

    number: int
    name: str
    starts_at: datetime
    ends_at: datetime | None
    place: str | None = None
    beside: tuple[tuple[int, datetime, datetime | None], ...] = ()
    """Other visits of the same hands at that time."""

    def say(self, voice: Voice) -> Speech:
        """When, where, and whether it can be done at all."""
        time = hour_words(voice, (self.starts_at, self.ends_at))
        lines = [voice.say("📅 #{number}: the visit is agreed, {time}.", number=self.number, time=time)]
        if self.place:
            lines.append(f"📍 {quote(self.place, 120)}")
        lines += overlap_lines(voice, self.name, self.beside)
        return Speech("\n".join(lines))


def overlap_lines(voice: Voice, who: str, beside: Sequence[tuple[int, datetime, datetime | None]]) -> list[str]:
    """Each other visit at the same time."""
    return [
        voice.say(
            "⚠️ {name}, you also have #{number} then: {time}",
            name=name(who),
            number=number,
            time=hour_words(voice, (start, end)),
        )
        for number, start, end in beside
    ]


@dataclass(frozen=True, slots=True)
class VisitOff(Notification):
    """The tenant cannot after all, or calls it off."""

    number: int
    name: str
    starts_at: datetime
    ends_at: datetime | None
    words: str | None = None
    is_asked: bool = False
    """Whether the tenant is being asked for another hour."""

    def say(self, voice: Voice) -> Speech:
        """What no longer holds, and what happens instead."""
        lines = [
            voice.say(
                "📅 #{number} · {name}: {time} does not suit.",
                number=self.number,
                name=name(self.name),
                time=hour_words(voice, (self.starts_at, self.ends_at)),
            )
        ]
        if self.words:
            lines.append(voice.say("“{words}”", words=quote(self.words, 200)))
        if self.is_asked:
            lines.append(voice.say("I have asked which time would suit."))
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class VisitNear(Notification):
    """A visit is due soon."""

    number: int
    trade: Trade
    name: str | None
    starts_at: datetime
    ends_at: datetime | None
    place: str | None
    phone: str | None
    minutes: int | None = None
    """How soon; None where it is hours or a night away."""

    def say(self, voice: Voice) -> Speech:
        """Who, when, where, and whom to call."""
        time, trade = hour_words(voice, (self.starts_at, self.ends_at)), voice.term("trade", self.trade)
        if self.minutes is not None:
            said = voice.say(
                "🚶 #{number} {trade}: the visit is soon, {time}", number=self.number, trade=trade, time=time
            )
        else:
            said = voice.say("🔔 #{number} {trade}: visit {time}", number=self.number, trade=trade, time=time)
        lines = [f"👉 {name(self.name)}"] if self.name else []
        lines += [f"📍 {quote(self.place, 120)}"] if self.place else []
        lines += [f"☎️ {quote(self.phone, 40)}"] if self.phone else []
        return Speech("\n".join(lines), said) if lines else Speech(said)


@dataclass(frozen=True, slots=True)
class WereYouThere(Notification):
    """The hour has gone by, and nobody has said how it went."""

    number: int
    kind: Kind
    trade: Trade
    name: str | None
    starts_at: datetime
    ends_at: datetime | None
    is_reporting: bool = False
    """Whether what was done is being chosen."""
    is_over: bool = False

    def say(self, voice: Voice) -> Speech:
        """One tap tells; Done opens what may have been done."""
        time = hour_words(voice, (self.starts_at, self.ends_at))
        if self.is_over:
            return Speech(voice.say("📅 #{number}: visit {time}", number=self.number, time=time))
        said = voice.say("📅 #{number}, {time}: were you there?", number=self.number, time=time)
        if self.name:
            said = f"👉 {name(self.name)}\n{said}"
        if self.is_reporting:
            done = [Button(ready_report(voice, r), f"done:{r}") for r in reports_for(self.kind, self.trade)]
            rows = [tuple(done[at : at + 2]) for at in range(0, len(done), 2)]
            return Speech(said, buttons=(*rows, (Button(voice.say("✍️ Write my own"), "done:own"),)))
        return Speech(
            said,
            buttons=(
                (Button(voice.say("✅ Done"), "were:done"), Button(voice.say("🚪 Nobody home"), "were:nobody")),
                (Button(voice.say("⏳ Not yet"), "were:not_yet"),),
            ),
        )


@dataclass(frozen=True, slots=True)
class VisitUntold(Notification):
    """The tenant cannot be written to about the hour."""

    number: int
    phone: str | None = None
    is_question: bool = True
    """Whether they were to be asked; else something is settled that they do not know of."""

    def say(self, voice: Voice) -> Speech:
        """What to do instead."""
        if self.is_question:
            said = voice.say("📭 #{number}: I cannot write to the tenant about the visit.", number=self.number)
        else:
            said = voice.say(
                "📭 #{number}: the tenant has not been told in writing; I cannot reach them.", number=self.number
            )
        if self.phone:
            said += "\n" + voice.say("You can call {phone}.", phone=quote(self.phone, 40))
        if self.is_question:
            said += "\n" + voice.say("Once it is agreed, tap 📅 Visit, then “Agreed by phone”.")
        return Speech(said)
