"""What happens under a card: the tenant's words and files, reminders, what did not arrive."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import REPLY_LENGTH, name, quote
from handlers.notifications.spans import span
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_duty.reports import Report, report_lines
from handlers.notifications.trial import trial_line
from locales import Voice
from storage.vocabulary import CallbackOutcome, Kind


@dataclass(frozen=True, slots=True)
class TenantSaid(Notification):
    """The tenant's answer, under the card."""

    number: int
    name: str
    words: str

    def say(self, voice: Voice) -> Speech:
        """Who and what."""
        title = voice.say("💬 #{number} · {name}", number=self.number, name=name(self.name))
        return Speech(quote(self.words, REPLY_LENGTH) or voice.say("(photo or file)"), title)


@dataclass(frozen=True, slots=True)
class FileOf(Notification):
    """Carries one photo or file to the other side, with the number it belongs to."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """The caption."""
        return Speech(voice.say("📎 No. {number}", number=self.number))


@dataclass(frozen=True, slots=True)
class FileLost(Notification):
    """A file that was sent cannot be shown: the platform would not hand it out, or it is too big."""

    number: int
    is_too_big: bool = False

    def say(self, voice: Voice) -> Speech:
        """So that nobody waits for it."""
        if self.is_too_big:
            return Speech(voice.say("📎 A file for #{number} is too big to be shown here.", number=self.number))
        return Speech(voice.say("📎 A file for #{number} could not be fetched.", number=self.number))


@dataclass(frozen=True, slots=True)
class TenantUrges(Notification):
    """The tenant asks again."""

    number: int
    times: int
    words: str | None = None
    """Theirs, where they say more than that."""

    def say(self, voice: Voice) -> Speech:
        """How often, and with which words."""
        said = voice.say_many(
            "⏰ The tenant asks about #{number} again.",
            "⏰ The tenant asks about #{number} again, for the {count}. time.",
            self.times,
            number=self.number,
        )
        return Speech(f"{said}\n{quote(self.words)}" if self.words else said)


@dataclass(frozen=True, slots=True)
class TenantSaysSolved(Notification):
    """It has been mended, or mended itself, and nobody has said so yet."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """One tap confirms it."""
        return Speech(
            voice.say("✅ #{number}: the tenant says it is solved.", number=self.number),
            buttons=((Button(voice.say("✔️ Done"), "solved"),),),
        )


@dataclass(frozen=True, slots=True)
class SolvedTakenBack(Notification):
    """Takes the place of `TenantSaysSolved`: the fault is back."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Nothing left to confirm."""
        return Speech(voice.say("↩️ #{number}: not solved after all, the tenant writes again.", number=self.number))


@dataclass(frozen=True, slots=True)
class NotFixed(Notification):
    """The callback came back bad: same hands, now urgent."""

    number: int
    outcome: CallbackOutcome
    assignee: str | None
    report: Report | None = None
    """Who says so, where several may have reported it."""

    def say(self, voice: Voice) -> Speech:
        """What the tenant said and who goes on."""
        return Speech("\n".join([self._what(voice), *report_lines(voice, (self.report,) if self.report else ())]))

    def _what(self, voice: Voice) -> str:
        said = voice.term("outcome", self.outcome)
        if self.assignee:
            return voice.say(
                "🔁 #{number}: the tenant says “{said}”. Reopened with {name}.",
                number=self.number,
                said=said,
                name=name(self.assignee),
            )
        return voice.say(
            "🔁 #{number}: the tenant says “{said}”. Reopened for the group.", number=self.number, said=said
        )


@dataclass(frozen=True, slots=True)
class StillUntaken(Notification):
    """Nobody took it yet."""

    number: int
    minutes: int
    is_over: bool = False
    """Whether somebody has taken it since, or nobody here needs to."""

    def say(self, voice: Voice) -> Speech:
        """How long it has waited."""
        waited = span(voice, self.minutes)
        if self.is_over:
            return Speech(voice.say("⌛ #{number} had waited {span}.", number=self.number, span=waited))
        return Speech(
            voice.say("⏳ #{number} has waited {span}. Who can take it?", number=self.number, span=waited),
            buttons=((Button(voice.say("✋ Take"), "take"),),),
        )


@dataclass(frozen=True, slots=True)
class WhatToAsk(Notification):
    """Staff want to ask something of their own."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Reply here."""
        return Speech(
            voice.say(
                "✍️ Write your question now or reply to this message; the tenant of #{number} will get it.",
                number=self.number,
            )
        )


@dataclass(frozen=True, slots=True)
class WhatWasDone(Notification):
    """Staff want to report in their own words."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Reply here."""
        return Speech(
            voice.say("✍️ Write what was done for #{number} now, or reply to this message.", number=self.number)
        )


@dataclass(frozen=True, slots=True)
class NotDelivered(Notification):
    """A reply did not reach the tenant, and what happens instead."""

    number: int
    delivery: str
    is_noticed_in_room: bool
    phone: str | None = None

    def say(self, voice: Voice) -> Speech:
        """The true state first, then the way out."""
        state = voice.term("delivery", self.delivery)
        lines = [voice.say("📭 #{number}: {state}.", number=self.number, state=state)]
        if self.is_noticed_in_room:
            lines.append(voice.say("I've let them know in the building's group that an answer is waiting."))
        lines.append(
            voice.say("You can call {phone}.", phone=self.phone)
            if self.phone
            else voice.say("Please call or visit if it cannot wait.")
        )
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class PossibleRequest(Notification):
    """Words the desk was unsure of and nobody explained; a person decides."""

    name: str
    words: str
    is_shadow: bool = False
    """Whether it was said where the desk only listens: then nobody was asked."""

    def say(self, voice: Voice) -> Speech:
        """The words, and one tap to open or dismiss."""
        kinds = (Kind.REPAIR, Kind.COMPLAINT, Kind.INQUIRY)
        words = voice.say("{name}: “{words}”", name=name(self.name), words=quote(self.words))
        return Speech(
            f"{words}\n{trial_line(voice)}" if self.is_shadow else words,
            voice.say("🤔 Possible request") if self.is_shadow else voice.say("🤔 Possible request: I asked, no reply"),
            (
                tuple(Button(voice.term("kind", kind), f"kind:{kind}") for kind in kinds),
                (Button(voice.say("Dismiss"), f"kind:{Kind.CHATTER}"),),
            ),
        )


@dataclass(frozen=True, slots=True)
class PossibleRequestSettled(Notification):
    """Takes the place of a possible request once somebody decided."""

    name: str
    words: str
    number: int | None

    def say(self, voice: Voice) -> Speech:
        """What became of it."""
        end = voice.say("Opened as #{number}.", number=self.number) if self.number else voice.say("Dismissed.")
        return Speech(voice.say("{name}: “{words}”", name=name(self.name), words=quote(self.words)) + f"\n{end}")
