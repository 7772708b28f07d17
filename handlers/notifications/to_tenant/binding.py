"""What tenants hear when two chats of theirs become one, or two again."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.speech import Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class BindCode(Notification):
    """A one-time code, to be sent from the other place."""

    forgets: ClassVar[str | None] = "code"

    code: str = ""
    minutes: int = 0

    def say(self, voice: Voice) -> Speech:
        """What to send, where, and how long it is good for."""
        text = voice.say(
            "Do you also write to us elsewhere? Send this there within {minutes} minutes:", minutes=self.minutes
        )
        warning = voice.say("It is for you alone: whoever sends it sees your requests.")
        return Speech("\n".join((text, f"/bind {self.code}", warning)))


@dataclass(frozen=True, slots=True)
class BindRefused(Notification):
    """One answer for all reasons."""

    def say(self, voice: Voice) -> Speech:
        """What may be wrong."""
        return Speech(
            voice.say(
                "That code does not work here: it may be used, too old, or from this very place. "
                "Send /bind in the other place for a new one."
            )
        )


@dataclass(frozen=True, slots=True)
class BoundTogether(Notification):
    """In each of the places: they are one now, and what to do if that was somebody else."""

    is_last_word: ClassVar[bool] = True

    def say(self, voice: Voice) -> Speech:
        """What it means, and the way back."""
        lines = (
            voice.say("🔗 This chat and another one now belong to one tenant: you."),
            voice.say(
                "Your requests are the same in both, and answers come where you wrote last; /here keeps them here."
            ),
            voice.say("That was not you? Send /unbind."),
        )
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Parted(Notification):
    """Two again."""

    def say(self, voice: Voice) -> Speech:
        """Where what belongs now."""
        return Speech(voice.say("This chat stands alone again; requests stay where they were made."))


@dataclass(frozen=True, slots=True)
class AnswersHere(Notification):
    """Chosen."""

    def say(self, voice: Voice) -> Speech:
        """From now on."""
        return Speech(voice.say("From now on my answers come here."))
