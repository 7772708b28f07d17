"""What a tenant hears whose one message told of several troubles."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.speech import Speech
from handlers.notifications.to_tenant.opening import private_button
from locales import Voice
from storage.vocabulary import Kind, Trade


@dataclass(frozen=True, slots=True)
class SeveralReceived(Notification):
    """A ticket for each trouble, told in one message; each line is number, kind, trade."""

    lines: tuple[tuple[int, Kind, Trade], ...]
    is_private: bool
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """All numbers at once; in private with what can still be added."""
        told = [voice.say("✅ Received as {count} requests:", count=len(self.lines))]
        for number, kind, trade in self.lines:
            words = {"kind": voice.term("kind", kind), "trade": voice.term("trade", trade)}
            told.append(voice.say("No. {number}: {kind} · {trade}", number=number, **words))
        if self.is_private:
            told.append(voice.say("Add words or photos here any time."))
        return Speech("\n".join(told), buttons=private_button(voice, self.open_private))
