"""The desk's list of possible requests nobody answered, a few at a time."""

from dataclasses import dataclass
from datetime import datetime

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_duty.finding import page_buttons
from locales import Voice
from storage.vocabulary import Kind

PER_PAGE = 4
WORDS_SHOWN = 160


@dataclass(frozen=True, slots=True)
class PossibleLine:
    """Somebody's words, and what they read like most."""

    asking_id: int
    name: str
    words: str
    at: datetime
    kind: Kind


@dataclass(frozen=True, slots=True)
class PossibleRequests(Notification):
    """One page; two buttons for each."""

    lines: tuple[PossibleLine, ...]
    total: int
    page: int = 0

    def say(self, voice: Voice) -> Speech:
        """Who said what and when; open as what it reads like, or dismiss."""
        first = self.page * PER_PAGE + 1
        said, rows = [], []
        for number, line in enumerate(self.lines, first):
            words = voice.say("{name}: “{words}”", name=name(line.name), words=quote(line.words, WORDS_SHOWN))
            said.append(f"{number}. {voice.moment(line.at)} · {words}")
            opens = Button(f"{number} ✅ {voice.term('kind', line.kind)}", f"open:{line.asking_id}={self.page}")
            dismiss = voice.say("Dismiss")
            dismisses = Button(f"{number} ✖️ {dismiss}", f"dismiss:{line.asking_id}={self.page}")
            rows.append((opens, dismisses))
        title = voice.say("🤔 Possible requests · {count}", count=self.total)
        return Speech("\n".join(said), title, (*rows, *page_buttons(voice, self.page, -(-self.total // PER_PAGE))))


@dataclass(frozen=True, slots=True)
class NothingPossible(Notification):
    """The list is empty, or it is not this chat's."""

    is_desks: bool = True

    def say(self, voice: Voice) -> Speech:
        """So."""
        if not self.is_desks:
            return Speech(voice.say("The customer desk looks after the list of possible requests."))
        return Speech(voice.say("🎉 No possible request is waiting."))
