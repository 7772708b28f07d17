"""What a chat is told when it is linked, or is not."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Speech
from locales import Voice
from storage.vocabulary import ChatRole, Group


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
class HolidaysUnknown(Notification):
    """A year is near whose public holidays are in no table yet."""

    year: int

    def say(self, voice: Voice) -> Speech:
        """Which, what happens meanwhile, what to do."""
        return Speech(
            voice.say(
                "📅 I don't know the public holidays and make-up workdays of {year} yet; until I do, I count ordinary "
                "weeks. Please have Lobby's holiday table brought up to date, and look over the roster.",
                year=self.year,
            )
        )


@dataclass(frozen=True, slots=True)
class CodeRefused(Notification):
    """A link code that is unknown, used or expired; the same words for all three."""

    def say(self, voice: Voice) -> Speech:
        """How to get one that works."""
        return Speech(voice.say("This code doesn't work here. Ask for a new one and send it within a day."))


@dataclass(frozen=True, slots=True)
class CodeForAnotherBot(Notification):
    """A link code sent through the bot that does not serve such chats; it is not used up."""

    role: ChatRole

    def say(self, voice: Voice) -> Speech:
        """Which bot to send it with."""
        if self.role is ChatRole.ROOM:
            return Speech(voice.say("This code is for the tenants' bot. Add that bot here and send the code again."))
        return Speech(voice.say("This code is for the duty bot. Add that bot here and send the code again."))
