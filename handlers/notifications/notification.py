"""What every notification is: frozen data that says itself in a reader's language when it is sent."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from handlers.notifications.speech import Speech
from locales import Voice
from storage.vocabulary import Lane


@dataclass(frozen=True, slots=True)
class Notification(ABC):
    """One thing the desk can say. Fields are stored as JSON in the outbox and rendered by `say` at the last moment."""

    lane: ClassVar[Lane] = Lane.NORMAL
    repeats_when_unknown: ClassVar[bool] = True
    """Whether it is said again, marked as a possible repeat, when nobody knows if it arrived."""
    forgets: ClassVar[str | None] = None
    """The field that opens something: the row forgets it once it has ended."""
    is_last_word: ClassVar[bool] = False
    """Whether it may use the last message a platform lets us send to somebody who does not write back."""

    @abstractmethod
    def say(self, voice: Voice) -> Speech:
        """The words and buttons in the voice's language."""

    def say_anew(self, voice: Voice) -> Speech:
        """What is sent in place of a change where a channel cannot change what it has said."""
        return self.say(voice)
