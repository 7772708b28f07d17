"""What a tenant hears while a case is on its way."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import REPLY_LENGTH, name, quote
from handlers.notifications.speech import Speech
from handlers.notifications.to_tenant.opening import private_button
from locales import Voice
from storage.vocabulary import Lane, TicketState, Trade


@dataclass(frozen=True, slots=True)
class Noted(Notification):
    """In private: what was said has been added to a ticket."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """One line."""
        return Speech(voice.say("📝 Added to no. {number}.", number=self.number))


@dataclass(frozen=True, slots=True)
class WaitsForParts(Notification):
    """The work stands still until a part has come."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Nobody need ask why nobody comes."""
        said = voice.say("📦 No. {number} waits for a part. We go on as soon as it is here.", number=self.number)
        return Speech(said)


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
        return Speech(
            voice.say(
                "No. {number} is still waiting for someone to take it. I have reminded the team.", number=self.number
            )
        )


@dataclass(frozen=True, slots=True)
class GrievancePassed(Notification):
    """The tenant is cross about what still is not right: their words were passed on, and that is all to be said."""

    number: int
    assignee: str | None

    def say(self, voice: Voice) -> Speech:
        """Kindly, and no promise that nobody made."""
        if self.assignee:
            return Speech(
                voice.say(
                    "Sorry about this. I have passed your words on to {name} (no. {number}).",
                    number=self.number,
                    name=name(self.assignee),
                )
            )
        return Speech(
            voice.say("Sorry about this. I have passed your words on to the team (no. {number}).", number=self.number)
        )


@dataclass(frozen=True, slots=True)
class CallHeard(Notification):
    """Somebody in danger calls again: everybody was told again, and who is on it."""

    number: int
    assignee: str | None
    emergency_number: str
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """Who has it, and what to do meanwhile."""
        if self.assignee:
            line = voice.say(
                "📣 No. {number}: {name} has it. I have just told everybody again.",
                number=self.number,
                name=name(self.assignee),
            )
        else:
            line = voice.say("📣 No. {number}: I have just alerted everybody again.", number=self.number)
        return Speech(voice.together(line, voice.say("If it gets worse, call {phone}.", phone=self.emergency_number)))


@dataclass(frozen=True, slots=True)
class PlaceNoted(Notification):
    """Where the emergency is has been passed on."""

    number: int
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """One line; the place itself is not repeated in a room."""
        return Speech(voice.say("📍 Thank you, passed on to everybody alerted (no. {number}).", number=self.number))


@dataclass(frozen=True, slots=True)
class Progress(Notification):
    """Somebody asks how a ticket of theirs goes."""

    number: int
    trade: Trade
    state: TicketState
    assignee: str | None

    def say(self, voice: Voice) -> Speech:
        """Its state, and who has it, in one line."""
        trade, state = voice.term("trade", self.trade), voice.term("state", self.state)
        if self.assignee and self.state is TicketState.ACCEPTED:
            return Speech(
                voice.say(
                    "No. {number} ({trade}): {state}, with {name}.",
                    number=self.number,
                    trade=trade,
                    state=state,
                    name=name(self.assignee),
                )
            )
        return Speech(voice.say("No. {number} ({trade}): {state}.", number=self.number, trade=trade, state=state))


@dataclass(frozen=True, slots=True)
class SolvedPassedOn(Notification):
    """The tenant says that it is solved while nobody has marked it done."""

    number: int
    is_no_visit: bool = False
    """Whether they said that nobody need come."""

    def say(self, voice: Voice) -> Speech:
        """Kindly, in one line."""
        if self.is_no_visit:
            return Speech(
                voice.say(
                    "👌 All right, I have told the team that nobody needs to come (no. {number}).", number=self.number
                )
            )
        return Speech(
            voice.say("😊 Good to hear! I have told the team that no. {number} is solved.", number=self.number)
        )


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
    is_corrected: bool = False
    """Whether other words stood here before; where a channel cannot edit, this says why it comes again."""

    def say(self, voice: Voice) -> Speech:
        """The words, and which ticket they belong to."""
        title = voice.say("💬 Management office · no. {number}", number=self.number)
        if self.is_corrected:
            title += " " + voice.say("(corrected)")
        return Speech(quote(self.words, REPLY_LENGTH) or voice.say("(photo or file)"), title)


@dataclass(frozen=True, slots=True)
class AnswerWaits(Notification):
    """In the room, for a tenant who never opened the private chat: there is an answer, but not here."""

    number: int
    name: str
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """No word of what the answer says."""
        text = voice.say("{name}, you have an answer about no. {number}.", name=name(self.name), number=self.number)
        return Speech(text, buttons=private_button(voice, self.open_private))


@dataclass(frozen=True, slots=True)
class Finished(Notification):
    """The work is done, with what was done once staff said so."""

    is_last_word: ClassVar[bool] = True

    number: int
    words: str | None = None
    is_private: bool = True

    def say(self, voice: Voice) -> Speech:
        """Done, and in private what was done."""
        text = voice.say("🔧 No. {number} is done.", number=self.number)
        if self.is_private and self.words:
            text += "\n" + quote(self.words, REPLY_LENGTH)
        return Speech(text)


@dataclass(frozen=True, slots=True)
class FileRefused(Notification):
    """A file of the tenant's own could not be taken."""

    number: int
    is_too_big: bool = False

    def say(self, voice: Voice) -> Speech:
        """What to do instead."""
        if self.is_too_big:
            return Speech(
                voice.say("📎 Your file for no. {number} is too big. Could you send a smaller one?", number=self.number)
            )
        return Speech(
            voice.say("📎 Your file for no. {number} didn't come through. Could you send it again?", number=self.number)
        )


@dataclass(frozen=True, slots=True)
class AlarmStays(Notification):
    """The tenant takes an emergency back; only the team calls one off."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """What happens instead."""
        return Speech(
            voice.say(
                "No. {number} is an emergency, so the team will make sure first. I have told them you called it off.",
                number=self.number,
            )
        )


@dataclass(frozen=True, slots=True)
class Cancelled(Notification):
    """The tenant took it back."""

    number: int
    trade: Trade = Trade.OTHER

    def say(self, voice: Voice) -> Speech:
        """Done as asked, and which of theirs it was."""
        if self.trade is Trade.OTHER:
            return Speech(voice.say("No. {number} is cancelled.", number=self.number))
        trade = voice.term("trade", self.trade)
        return Speech(voice.say("No. {number} ({trade}) is cancelled.", number=self.number, trade=trade))
