"""What the customer desk hears when it says that two reporters are one tenant."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.speech import Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class TenantsBound(Notification):
    """Done, and both have been told."""

    first: int
    second: int

    def say(self, voice: Voice) -> Speech:
        """Which, and how to undo it."""
        text = voice.say(
            "🔗 #{first} and #{second} are from one tenant now; both places have been told.",
            first=self.first,
            second=self.second,
        )
        return Speech(text + "\n" + voice.say("Was that wrong? /unbind {number}", number=self.second))


@dataclass(frozen=True, slots=True)
class TenantsParted(Notification):
    """Two again."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Which."""
        return Speech(
            voice.say("The tenant of #{number} is in each place a tenant of their own again.", number=self.number)
        )


@dataclass(frozen=True, slots=True)
class TenantsNotBound(Notification):
    """It could not be done."""

    def say(self, voice: Voice) -> Speech:
        """What is needed."""
        return Speech(
            voice.say(
                "I could not bind these. Write the numbers of two requests from two different places: /bind 1001 1002"
            )
        )
