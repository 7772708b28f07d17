"""Many new cards at once, as one message."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.speech import Button, Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class CardsGathered(Notification):
    """A storm in one message; its cards are behind a button."""

    count: int
    urgent: int
    numbers: tuple[int, ...]
    """The first few, urgent first."""
    is_all_shown: bool = False

    def say(self, voice: Voice) -> Speech:
        """How many, how many urgent, which."""
        text = voice.say_many("📥 {count} new request", "📥 {count} new requests", self.count)
        if self.urgent:
            text += " · " + voice.say("🔴 {count} urgent", count=self.urgent)
        text += (
            "\n" + " ".join(f"#{number}" for number in self.numbers) + (" …" if self.count > len(self.numbers) else "")
        )
        return Speech(text, buttons=() if self.is_all_shown else ((Button(voice.say("Show the next cards"), "show"),),))
