"""What tenants hear. In a room never a unit, a phone or their words; in private the whole of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.vocabulary import CallbackOutcome, Kind, Lane, TicketState, Trade

RATINGS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Received(Notification):
    """A ticket was opened: the short public line, or in private the same with what comes next."""

    number: int
    kind: Kind
    trade: Trade
    group: str
    is_private: bool
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """Number, kind and trade; a link to the private chat where a room must not hear more."""
        kind, trade = voice.term("kind", self.kind), voice.term("trade", self.trade)
        text = voice.say("✅ Received, no. {number}: {kind} · {trade}.", number=self.number, kind=kind, trade=trade)
        if self.is_private:
            group = voice.term("group", self.group)
            text += "\n" + voice.say("{group} has been told. Write here any time to add words or photos.", group=group)
        return Speech(text, buttons=_private_button(voice, self.open_private))


@dataclass(frozen=True, slots=True)
class EmergencyReceived(Notification):
    """Safety first: what to do now, whom to call, and that people are on their way to know."""

    number: int
    trade: Trade
    emergency_number: str
    desk_phone: str
    open_private: str | None = None
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """The safety line of the trade, then the numbers."""
        lines = [safety_line(voice, self.trade), voice.say("In danger, call {number}.", number=self.emergency_number)]
        if self.desk_phone:
            lines.append(voice.say("Duty phone: {phone}", phone=self.desk_phone))
        lines.append(
            voice.say("No. {number}: the duty team, security and the manager have been paged.", number=self.number)
        )
        return Speech("\n".join(lines), voice.say("🚨 Emergency received"), _private_button(voice, self.open_private))


def safety_line(voice: Voice, trade: Trade) -> str:
    """What a person in that danger should do first."""
    match trade:
        case Trade.GAS:
            return voice.say("Open windows, touch no switch, light nothing, and leave the flat.")
        case Trade.FIRE_SAFETY:
            return voice.say("Leave by the stairs, not the lift. Stay low in smoke and close doors behind you.")
        case Trade.LIFT:
            return voice.say("Stay calm, press the alarm button, do not force the doors. There is enough air.")
        case Trade.ELECTRICAL:
            return voice.say("Touch nothing wet or live. Cut the main switch only if you can do so safely.")
        case Trade.PLUMBING:
            return voice.say("Close the main valve if you can, and keep away from sockets near the water.")
        case _:
            return voice.say("Please get to a safe place first.")


@dataclass(frozen=True, slots=True)
class Thanked(Notification):
    """For praise and suggestions."""

    number: int
    kind: Kind

    def say(self, voice: Voice) -> Speech:
        """Thanks, and for a suggestion that an answer comes."""
        if self.kind is Kind.SUGGESTION:
            return Speech(
                voice.say("💡 Thank you! Your suggestion is no. {number}; you will get an answer.", number=self.number)
            )
        return Speech(voice.say("🌷 Thank you for the kind words. The team will hear them."))


@dataclass(frozen=True, slots=True)
class WhichKind(Notification):
    """The desk is unsure and asks the author once."""

    name: str

    def say(self, voice: Voice) -> Speech:
        """One short question with four answers."""
        return Speech(
            voice.say("{name}, shall I pass this to the management office?", name=name(self.name)),
            buttons=(
                (
                    Button("🔧 " + voice.term("kind", Kind.REPAIR), f"kind:{Kind.REPAIR}"),
                    Button("📣 " + voice.term("kind", Kind.COMPLAINT), f"kind:{Kind.COMPLAINT}"),
                    Button("❓ " + voice.term("kind", Kind.INQUIRY), f"kind:{Kind.INQUIRY}"),
                ),
                (Button(voice.say("Not a request"), f"kind:{Kind.CHATTER}"),),
            ),
        )


@dataclass(frozen=True, slots=True)
class NotARequest(Notification):
    """The author said it was nothing for the desk; takes the question's place."""

    def say(self, voice: Voice) -> Speech:
        """As short as can be."""
        return Speech(voice.say("👌 All right, nothing passed on."))


@dataclass(frozen=True, slots=True)
class WhichUnit(Notification):
    """In private: the one detail the team cannot do without."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """One question, one way to skip it."""
        return Speech(
            voice.say("No. {number}: which building and room is it? Only the team sees it.", number=self.number),
            buttons=((Button(voice.say("Skip"), "skip"),),),
        )


@dataclass(frozen=True, slots=True)
class Noted(Notification):
    """In private: what was said has been added to a ticket."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """One line."""
        return Speech(voice.say("📝 Added to no. {number}.", number=self.number))


@dataclass(frozen=True, slots=True)
class UrgingPassed(Notification):
    """The tenant asked again: where it stands, and that staff were told."""

    number: int
    state: TicketState
    assignee: str | None

    def say(self, voice: Voice) -> Speech:
        """The true state, no promise that nobody made."""
        if self.assignee:
            return Speech(
                voice.say(
                    "No. {number} is with {name}. I have told them you asked.",
                    number=self.number,
                    name=name(self.assignee),
                )
            )
        return Speech(voice.say("No. {number} waits to be taken. I have reminded the team.", number=self.number))


@dataclass(frozen=True, slots=True)
class Taken(Notification):
    """Somebody has it."""

    number: int
    assignee: str

    def say(self, voice: Voice) -> Speech:
        """Who."""
        return Speech(voice.say("🙋 No. {number}: {name} has taken it.", number=self.number, name=name(self.assignee)))


@dataclass(frozen=True, slots=True)
class StaffReply(Notification):
    """Staff's own words, in private."""

    number: int
    words: str

    def say(self, voice: Voice) -> Speech:
        """The words, and which ticket they belong to."""
        title = voice.say("💬 Management office · no. {number}", number=self.number)
        return Speech(quote(self.words, 3000), title)


@dataclass(frozen=True, slots=True)
class AnswerWaits(Notification):
    """In the room, for a tenant who never opened the private chat: there is an answer, but not here."""

    number: int
    name: str
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """No word of what the answer says."""
        text = voice.say("{name}, there is an answer to no. {number}.", name=name(self.name), number=self.number)
        return Speech(text, buttons=_private_button(voice, self.open_private))


@dataclass(frozen=True, slots=True)
class Finished(Notification):
    """The work is done, with what was done once staff said so."""

    number: int
    words: str | None = None
    is_private: bool = True

    def say(self, voice: Voice) -> Speech:
        """Done, and in private what was done."""
        text = voice.say("🔧 No. {number} is done.", number=self.number)
        if self.is_private and self.words:
            text += "\n" + quote(self.words)
        return Speech(text)


@dataclass(frozen=True, slots=True)
class CallbackCheck(Notification):
    """Is it really fixed? Names the job and the place, so nobody has to guess."""

    number: int
    trade: Trade
    place: str | None
    done_at: datetime
    is_reminder: bool = False

    def say(self, voice: Voice) -> Speech:
        """One tap records."""
        trade = voice.term("trade", self.trade)
        job = f"{trade} · {self.place}" if self.place else trade
        text = voice.say(
            "No. {number} ({job}), finished {time}: is it fixed?",
            number=self.number,
            job=job,
            time=voice.moment(self.done_at),
        )
        if self.is_reminder:
            text = voice.say("Just once more, then I will not ask again.") + "\n" + text
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
                "🙏 Thank you: {rating} of 5 for no. {number}. Anything to add? Just write it.",
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
                "🔁 Sorry about that. No. {number} is open again with {name}. What is still wrong?",
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
class Cancelled(Notification):
    """The tenant took it back."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Done as asked."""
        return Speech(voice.say("No. {number} is cancelled.", number=self.number))


@dataclass(frozen=True, slots=True)
class SurveyInvitation(Notification):
    """A personal link to one question on a web page."""

    url: str
    lane: ClassVar[Lane] = Lane.BULK
    repeats_when_unknown: ClassVar[bool] = False
    holds_secret: ClassVar[bool] = True

    def say(self, voice: Voice) -> Speech:
        """What it costs: one question, half a minute."""
        return Speech(
            voice.say(
                "How satisfied are you with the management of your building? One question, half a minute, no login."
            ),
            buttons=((Button(voice.say("Answer"), url=self.url),),),
        )


@dataclass(frozen=True, slots=True)
class Hello(Notification):
    """The private chat was opened."""

    site: str

    def say(self, voice: Voice) -> Speech:
        """What to do here, in one breath."""
        return Speech(
            voice.say(
                "Hello, this is the front desk of {site}. Write in one sentence what is wrong or what you need; "
                "photos and voice are fine. /my shows your requests, /language changes the language.",
                site=name(self.site),
            )
        )


@dataclass(frozen=True, slots=True)
class WhichSite(Notification):
    """In private, from somebody no room has told us about."""

    def say(self, voice: Voice) -> Speech:
        """The way in."""
        return Speech(
            voice.say(
                "I do not know your building yet. Please tap the button under one of my messages in your building's group."
            )
        )


@dataclass(frozen=True, slots=True)
class WhatIsWrong(Notification):
    """In private: a picture without words, or words the desk could not place."""

    def say(self, voice: Voice) -> Speech:
        """Ask for one sentence."""
        return Speech(voice.say("Please tell me in one sentence what is wrong or what you need, and where."))


@dataclass(frozen=True, slots=True)
class MyRequests(Notification):
    """A tenant's own requests; each line is number, trade, state."""

    lines: tuple[tuple[int, Trade, TicketState], ...]

    def say(self, voice: Voice) -> Speech:
        """Newest first."""
        if not self.lines:
            return Speech(voice.say("You have no requests yet."))
        shown = (
            f"#{number} · {voice.term('trade', trade)} · {voice.term('state', state)}"
            for number, trade, state in self.lines
        )
        return Speech("\n".join(shown), voice.say("Your requests"))


@dataclass(frozen=True, slots=True)
class WhichLanguage(Notification):
    """Each language under its own name, so that anybody finds theirs."""

    def say(self, voice: Voice) -> Speech:
        """Three buttons."""
        buttons = (
            Button("简体中文", "language:zh_CN"),
            Button("繁體中文", "language:zh_TW"),
            Button("English", "language:en"),
        )
        return Speech(voice.say("Which language shall I speak?"), buttons=(buttons,))


@dataclass(frozen=True, slots=True)
class LanguageSet(Notification):
    """Takes the question's place."""

    def say(self, voice: Voice) -> Speech:
        """Said in the new language."""
        return Speech(voice.say("👌 I will speak English with you."))


def _private_button(voice: Voice, url: str | None) -> tuple[tuple[Button, ...], ...]:
    return ((Button(voice.say("Continue in private"), url=url),),) if url else ()
