"""A flood of one tenant, as staff read it: one message that grows, in place of hundreds."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Speech
from locales import Voice

LINE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class TenantSaidMuch(Notification):
    """Under the newest card: the last words of many, and how many there are."""

    SHOWN: ClassVar[int] = 20
    """Lines; the thread keeps all of them."""

    number: int
    name: str
    count: int
    words: tuple[str, ...]

    def say(self, voice: Voice) -> Speech:
        """Who, how many, and the newest."""
        title = voice.say("💬 #{number} · {name}", number=self.number, name=name(self.name))
        lines = [f"· {quote(' '.join(words.split()), LINE_LENGTH)}" for words in self.words]
        earlier = self.count - len(self.words)
        if earlier > 0:
            lines.insert(0, voice.say_many("… and {count} before", "… and {count} before", earlier))
        heading = voice.say("Many messages at once, kept together here:")
        return Speech("\n".join([heading, *lines]), title)
