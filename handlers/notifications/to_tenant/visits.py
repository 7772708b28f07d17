"""What a tenant hears of a visit: when somebody could come, will come, has come, and what it costs.

When a door will be opened, or that nobody was behind it, is no business of a room's: there only the office's own offer
of hours is said, and of whatever is agreed that it is, without a time.
"""

from dataclasses import dataclass
from datetime import datetime

from handlers.notifications.hours import Slot, hour_words, slot_buttons
from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_tenant.opening import private_button
from locales import Voice


@dataclass(frozen=True, slots=True)
class VisitProposed(Notification):
    """Staff could come at an hour."""

    number: int
    visit_id: int
    starts_at: datetime
    ends_at: datetime | None
    worker: str | None = None

    def say(self, voice: Voice) -> Speech:
        """When; one tap agrees, and words do as well."""
        time = hour_words(voice, (self.starts_at, self.ends_at))
        if self.worker:
            said = voice.say(
                "📅 No. {number}: {name} could come on {time}. Does that suit you?",
                number=self.number,
                name=name(self.worker),
                time=time,
            )
        else:
            said = voice.say(
                "📅 No. {number}: we could come on {time}. Does that suit you?", number=self.number, time=time
            )
        yes = Button(voice.say("👍 That suits me"), f"visit:yes={self.visit_id}")
        return Speech(said, buttons=((yes, Button(voice.say("🕐 Another time"), f"visit:other={self.visit_id}")),))


@dataclass(frozen=True, slots=True)
class VisitAsked(Notification):
    """Which hour would suit? Also after somebody came in vain."""

    number: int
    slots: tuple[Slot, ...]
    missed: Slot | None = None
    """The hours in which somebody rang and nobody was in."""
    is_private: bool = True

    def say(self, voice: Voice) -> Speech:
        """Hours to tap, and a word that any other may be written."""
        lines = []
        if self.missed is not None and not self.is_private:
            lines.append(voice.say("📅 No. {number}: the visit did not come about. No harm done!", number=self.number))
            lines.append(voice.say("When may we come again? Tap a time, or write one, such as “Sat morning”."))
        elif self.missed is not None:
            time = hour_words(voice, self.missed)
            lines.append(
                voice.say(
                    "🚪 No. {number}: we came ({time}) and missed you. No harm done!", number=self.number, time=time
                )
            )
            lines.append(voice.say("When may we come again? Tap a time, or write one, such as “Sat morning”."))
        else:
            lines.append(
                voice.say(
                    "🕐 No. {number}: when would suit you? Tap a time, or write one, such as “Sat morning”.",
                    number=self.number,
                )
            )
        return Speech("\n".join(lines), buttons=slot_buttons(voice, self.slots))


@dataclass(frozen=True, slots=True)
class VisitPassedOn(Notification):
    """The tenant's own hour is with staff."""

    number: int
    starts_at: datetime
    ends_at: datetime | None
    is_private: bool = True

    def say(self, voice: Voice) -> Speech:
        """Which hour, and that an answer follows."""
        if not self.is_private:
            return Speech(voice.say("📅 No. {number}: I've asked the team and will tell you.", number=self.number))
        time = hour_words(voice, (self.starts_at, self.ends_at))
        return Speech(
            voice.say("📅 No. {number}: {time}. I've asked the team and will tell you.", number=self.number, time=time)
        )


@dataclass(frozen=True, slots=True)
class VisitAgreed(Notification):
    """Somebody will come."""

    number: int
    starts_at: datetime
    ends_at: datetime | None
    worker: str | None = None
    is_private: bool = True
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """When and who, and what to do if something comes up."""
        if not self.is_private:
            said = voice.say("✅ No. {number}: the visit is agreed.", number=self.number)
            where = voice.say("You find the time in our private chat.")
            return Speech(voice.together(said, where), buttons=private_button(voice, self.open_private))
        time = hour_words(voice, (self.starts_at, self.ends_at))
        if self.worker:
            said = voice.say(
                "✅ Agreed for no. {number}: {name} comes on {time}.",
                number=self.number,
                name=name(self.worker),
                time=time,
            )
        else:
            said = voice.say("✅ Agreed for no. {number}: we come on {time}.", number=self.number, time=time)
        return Speech(voice.together(said, voice.say("If something comes up, just write here.")))


@dataclass(frozen=True, slots=True)
class VisitReminder(Notification):
    """It is near."""

    number: int
    visit_id: int
    starts_at: datetime
    ends_at: datetime | None
    worker: str | None = None
    is_private: bool = True
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """When, and the way to move it."""
        if not self.is_private:
            said = voice.say("🔔 No. {number}: a reminder of the visit we agreed on.", number=self.number)
            other = Button(voice.say("🕐 Another time"), f"visit:other={self.visit_id}")
            where = voice.say("You find the time in our private chat.")
            return Speech(voice.together(said, where), buttons=((other,), *private_button(voice, self.open_private)))
        time = hour_words(voice, (self.starts_at, self.ends_at))
        who = name(self.worker) if self.worker else voice.say("our team")
        said = voice.say(
            "🔔 A reminder: {name} comes for no. {number} on {time}.", name=who, number=self.number, time=time
        )
        button = Button(voice.say("🕐 Another time"), f"visit:other={self.visit_id}")
        return Speech(said, buttons=((button,),))


@dataclass(frozen=True, slots=True)
class VisitCalledOff(Notification):
    """Nobody comes at that hour."""

    number: int
    starts_at: datetime
    ends_at: datetime | None
    is_theirs: bool = False
    """Whether the tenant called it off."""
    is_private: bool = True

    def say(self, voice: Voice) -> Speech:
        """That it is off, and that the request stays."""
        time = hour_words(voice, (self.starts_at, self.ends_at))
        if not self.is_private:
            said = voice.say("📅 No. {number}: the visit is off.", number=self.number)
        elif self.is_theirs:
            said = voice.say("👌 No. {number}: the visit on {time} is off.", number=self.number, time=time)
        else:
            said = voice.say(
                "📅 No. {number}: sorry, we cannot come on {time} after all.", number=self.number, time=time
            )
        return Speech(voice.together(said, voice.say("Your request stays with us; we'll agree on another time.")))


@dataclass(frozen=True, slots=True)
class Charged(Notification):
    """What the work costs."""

    number: int
    cents: int
    currency: str

    def say(self, voice: Voice) -> Speech:
        """The amount, and whom to ask."""
        amount = voice.money(self.cents, self.currency)
        return Speech(
            voice.say(
                "💰 No. {number}: {amount} was charged for the work. Any question? Just write here.",
                number=self.number,
                amount=amount,
            )
        )
