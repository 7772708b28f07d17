"""A week's or a month's report, as a file in the managers' chat."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Speech
from locales import Voice
from storage.vocabulary import Lane


@dataclass(frozen=True, slots=True)
class ReportFile(Notification):
    """The file itself is made when it is sent."""

    site_id: int
    site: str
    first: date
    last: date
    is_month: bool
    lane: ClassVar[Lane] = Lane.BULK
    repeats_when_unknown: ClassVar[bool] = False

    def say(self, voice: Voice) -> Speech:
        """What the file is."""
        days = {"site": name(self.site), "first": voice.day(self.first), "last": voice.day(self.last)}
        if self.is_month:
            return Speech(voice.say("📄 {site}: the month from {first} to {last}", **days))
        return Speech(voice.say("📄 {site}: the week from {first} to {last}", **days))
