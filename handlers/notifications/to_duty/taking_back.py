"""What became of words that staff took back: never "deleted" before a platform has said so."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.speech import Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class ReplyTakenBack(Notification):
    """No copy of it is left with the tenant."""

    number: int
    was_seen: bool = False
    """Whether it had arrived; then somebody may have read it."""

    def say(self, voice: Voice) -> Speech:
        """The truth: gone is not unread."""
        if self.was_seen:
            said = voice.say(
                "↩️ #{number}: taken back and deleted for the tenant, who may have read it.", number=self.number
            )
        else:
            said = voice.say("↩️ #{number}: taken back before the tenant got it.", number=self.number)
        return Speech(said)


@dataclass(frozen=True, slots=True)
class ReplyStays(Notification):
    """It cannot be deleted any more, or not there."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """And what to do instead."""
        return Speech(
            voice.say(
                "⚠️ #{number}: I cannot take that back; the tenant still has it. To put it right, edit your message or"
                " reply once more.",
                number=self.number,
            )
        )


@dataclass(frozen=True, slots=True)
class NotChanged(Notification):
    """An edit of what was said once and for all: the hour of a visit, an amount."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """And what to do instead."""
        return Speech(
            voice.say("✏️ #{number}: an edit changes nothing here. Please write it again.", number=self.number)
        )


@dataclass(frozen=True, slots=True)
class NothingToTakeBack(Notification):
    """It is not clear which words are meant, or they were somebody else's."""

    def say(self, voice: Voice) -> Speech:
        """How to point at them."""
        return Speech(voice.say("Send /undo as a reply to your own message to the tenant, or to the card."))
