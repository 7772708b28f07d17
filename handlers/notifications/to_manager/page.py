"""The way to the managers' page."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Button, Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class PageLink(Notification):
    """A link that opens the page once, for whoever asked."""

    url: str
    who: str
    minutes: int
    forgets: ClassVar[str | None] = "url"
    repeats_when_unknown: ClassVar[bool] = False

    def say(self, voice: Voice) -> Speech:
        """For whom, how often, how long."""
        return Speech(
            voice.say(
                "🔑 {name}, your link to the board, figures and reports. It opens once, within {minutes} minutes.",
                name=name(self.who),
                minutes=self.minutes,
            ),
            buttons=((Button(voice.say("Open the page"), url=self.url),),),
        )


@dataclass(frozen=True, slots=True)
class PageNowhere(Notification):
    """Nobody outside can reach our pages."""

    def say(self, voice: Voice) -> Speech:
        """What is missing."""
        return Speech(voice.say("The page has no address yet; whoever runs me can give it one."))
