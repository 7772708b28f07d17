"""What staff see of a ticket that waits, and of a promise that is near or broken."""

from dataclasses import dataclass
from datetime import datetime

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.roster_vocabulary import WaitsFor


@dataclass(frozen=True, slots=True)
class GoesOn(Notification):
    """The tenant for whom it waited has been heard."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """The clock runs."""
        return Speech(voice.say("▶️ #{number}: the tenant was heard from; its clock runs again.", number=self.number))


@dataclass(frozen=True, slots=True)
class PromiseNear(Notification):
    """It is promised to be finished soon."""

    number: int
    due_at: datetime
    assignee: str | None

    def say(self, voice: Voice) -> Speech:
        """By when, and to whom it is said."""
        due = voice.moment(self.due_at)
        if self.assignee:
            who = name(self.assignee)
            return Speech(
                voice.say("⏰ #{number} is promised by {time}. {name}?", number=self.number, time=due, name=who)
            )
        return Speech(voice.say("⏰ #{number} is promised by {time}.", number=self.number, time=due))


@dataclass(frozen=True, slots=True)
class PromiseBroken(Notification):
    """The promised hour has come, and it is not done; or nobody has seen to it."""

    number: int
    due_at: datetime
    is_answer: bool
    who: tuple[str, ...] = ()
    """Whose it is, and who leads them."""

    def say(self, voice: Voice) -> Speech:
        """What was promised, and who is asked."""
        due = voice.moment(self.due_at)
        if self.is_answer:
            said = voice.say("🔔 #{number}: an answer was promised by {time}.", number=self.number, time=due)
        else:
            said = voice.say("🔔 #{number} was promised by {time} and is late now.", number=self.number, time=due)
        names = " · ".join(map(name, self.who))
        return Speech(f"{said}\n👉 {names}" if names else said)


def waiting_line(voice: Voice, waits_for: WaitsFor, since: datetime | None) -> str:
    """On the card: for what, since when."""
    what = voice.term("waits_for", waits_for)
    if since is None:
        return voice.say("⏸ Waits for {what}", what=what)
    return voice.say("⏸ Waits for {what} since {time}", what=what, time=voice.moment(since))


def waiting_rows(voice: Voice, waits_for: WaitsFor | None) -> tuple[tuple[Button, ...], ...]:
    """For what it may wait, less what it waits for already."""
    choices = {
        WaitsFor.TENANT: Button(voice.say("👤 For the tenant"), "wait:tenant"),
        WaitsFor.PARTS: Button(voice.say("📦 For parts"), "wait:parts"),
    }
    return (tuple(button for what, button in choices.items() if what is not waits_for),)


def waiting_button(voice: Voice, waits_for: WaitsFor | None) -> Button:
    """On the card's first buttons: into waiting, or out of it."""
    return Button(voice.say("▶️ Go on"), "wait:over") if waits_for else Button(voice.say("⏸ Waiting"), "wait")
