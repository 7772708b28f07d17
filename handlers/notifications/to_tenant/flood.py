"""What somebody hears who writes very much at once."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.speech import Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class KeptTogether(Notification):
    """Said once: nothing is lost, it only has no number of its own."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Where it is kept."""
        return Speech(
            voice.say(
                "That is a lot at once. Everything you write now is kept under no. {number}, and the team reads it. "
                "In an emergency, write it: that always comes first.",
                number=self.number,
            )
        )
