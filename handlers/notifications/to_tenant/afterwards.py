"""What a tenant is asked when the work is done, and what follows from the answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.vocabulary import CallbackOutcome, Lane, Trade

RATINGS = range(1, 6)


@dataclass(frozen=True, slots=True)
class CallbackCheck(Notification):
    """Is it really fixed? Names the job and the place, so nobody has to guess."""

    is_last_word: ClassVar[bool] = True

    number: int
    trade: Trade
    place: str | None
    done_at: datetime
    is_reminder: bool = False

    def say(self, voice: Voice) -> Speech:
        """One tap records."""
        trade = voice.term("trade", self.trade)
        job = f"{trade} · {quote(self.place, 60)}" if self.place else trade
        text = voice.say(
            "No. {number} ({job}), finished {time}: is it fixed?",
            number=self.number,
            job=job,
            time=voice.moment(self.done_at),
        )
        if self.is_reminder:
            text = voice.say("Just one more time, then I won't ask again.") + "\n" + text
        good, middling, bad, none = (
            Button(mark + voice.term("outcome", outcome), f"callback:{outcome}")
            for mark, outcome in zip(("✅ ", "🔸 ", "❌ ", "🚫 "), CallbackOutcome, strict=True)
        )
        return Speech(text, buttons=((good, middling), (bad, none)))


@dataclass(frozen=True, slots=True)
class RatePlease(Notification):
    """Takes the callback's place once it is answered well."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Five taps to choose from."""
        stars = tuple(Button("⭐" * n, f"rate:{n}") for n in RATINGS)
        text = voice.say("👍 Glad no. {number} is fixed. How was the service, 1 to 5?", number=self.number)
        return Speech(text, buttons=(stars[:2], stars[2:4], stars[4:]))


@dataclass(frozen=True, slots=True)
class RatingThanked(Notification):
    """Takes the question's place once it is rated."""

    number: int
    rating: int

    def say(self, voice: Voice) -> Speech:
        """Thanks; a free line is welcome."""
        return Speech(
            voice.say(
                "🙏 Thank you: {rating} out of 5 for no. {number}. Anything to add? Just write it here.",
                rating=self.rating,
                number=self.number,
            )
        )


@dataclass(frozen=True, slots=True)
class Reopened(Notification):
    """Not fixed is not done: it goes back, and the tenant is asked what is wrong."""

    number: int
    assignee: str | None

    def say(self, voice: Voice) -> Speech:
        """Sorry, and who goes on."""
        who = name(self.assignee) if self.assignee else voice.say("the team")
        return Speech(
            voice.say(
                "🔁 Sorry about that. I've reopened no. {number}; {name} is looking after it. What is still wrong?",
                number=self.number,
                name=who,
            )
        )


@dataclass(frozen=True, slots=True)
class WordsKept(Notification):
    """A free line after a rating was kept."""

    def say(self, voice: Voice) -> Speech:
        """Thanks."""
        return Speech(voice.say("🙏 Thank you, I have passed that on."))


@dataclass(frozen=True, slots=True)
class SurveyInvitation(Notification):
    """A personal link to one question on a web page."""

    url: str
    lane: ClassVar[Lane] = Lane.BULK
    repeats_when_unknown: ClassVar[bool] = False
    forgets: ClassVar[str | None] = "url"

    def say(self, voice: Voice) -> Speech:
        """What it costs: one question, half a minute."""
        return Speech(
            voice.say(
                "How satisfied are you with the management of your building as a whole, not just the last job? "
                "One question, half a minute, no login."
            ),
            buttons=((Button(voice.say("Answer"), url=self.url),),),
        )
