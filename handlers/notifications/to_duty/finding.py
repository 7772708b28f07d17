"""What staff and managers read when they look tickets up: short pages, one line a ticket, one tap to the card."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from unicodedata import east_asian_width

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_duty.card import STATE_MARKS, URGENCY_MARKS
from locales import Voice
from storage.repositories.searches import MOST, Search, What
from storage.vocabulary import Group, TicketState, Urgency

PER_PAGE = 8
IN_A_ROW = 4
WORDS_SHOWN = 32
PLACE_SHOWN = 24
"""Columns."""
OPEN = (TicketState.RECEIVED, TicketState.ASSIGNED, TicketState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A ticket in one line: what, where, whose, and whether it is late. No phone."""

    number: int
    urgency: Urgency
    state: TicketState
    words: str
    place: str | None = None
    who: str | None = None
    group: Group | None = None
    late_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundTickets(Notification):
    """One page of what was looked for; its buttons turn the page, or show a ticket."""

    what: What
    search: Search
    lines: tuple[FoundLine, ...]
    total: int
    asked: str = ""
    """What was asked for in the asker's words, without a phone nobody here need read."""
    page: int = 0

    def say(self, voice: Voice) -> Speech:
        """How many, then a line each."""
        many = f"{MOST}+" if self.total > MOST else str(self.total)
        title = f"{self._title(voice)} · {many}"
        text = "\n".join(_line(voice, line, is_late=self.what is What.OVERDUE) for line in self.lines)
        if self.total > MOST:
            text += "\n" + voice.say("That is a lot; one more word narrows it down.")
        return Speech(text, title, self._buttons(voice))

    def _title(self, voice: Voice) -> str:
        match self.what:
            case What.OPEN:
                return voice.say("📋 Open")
            case What.MINE:
                return voice.say("📋 With {name}", name=name(self.asked))
            case What.OVERDUE:
                return voice.say("⚠️ Overdue")
            case What.ROOM:
                return f"📍 {quote(self.asked, 60)}"
            case What.WORDS:
                return f"🔎 {quote(self.asked, 60)}"

    def _buttons(self, voice: Voice) -> tuple[tuple[Button, ...], ...]:
        shows = [Button(f"#{line.number}", f"show:{line.number}") for line in self.lines]
        rows = [tuple(shows[first : first + IN_A_ROW]) for first in range(0, len(shows), IN_A_ROW)]
        return (*rows, *page_buttons(voice, self.page, -(-min(self.total, MOST) // PER_PAGE)))


@dataclass(frozen=True, slots=True)
class NothingFound(Notification):
    """Nothing fits."""

    what: What
    asked: str = ""

    def say(self, voice: Voice) -> Speech:
        """So, and what else could be tried."""
        match self.what:
            case What.OPEN:
                return Speech(voice.say("🎉 Nothing is open here."))
            case What.MINE:
                return Speech(voice.say("🙌 Nothing is with you at the moment."))
            case What.OVERDUE:
                return Speech(voice.say("👍 Nothing is late."))
            case What.ROOM:
                return Speech(voice.say("📍 {place}: no request so far.", place=quote(self.asked, 60)))
            case What.WORDS:
                return Speech(
                    voice.say(
                        "🔎 Nothing found for “{words}”. Fewer or other words may help.", words=quote(self.asked, 60)
                    )
                )


class FindTrouble(StrEnum):
    """Why a command could not be followed."""

    WHICH_NUMBER = "which_number"
    WHICH_ROOM = "which_room"
    WHICH_WORDS = "which_words"
    NO_SUCH_TICKET = "no_such_ticket"


@dataclass(frozen=True, slots=True)
class HowToFind(Notification):
    """A command that cannot be followed as it was written."""

    trouble: FindTrouble
    number: int | None = None

    def say(self, voice: Voice) -> Speech:
        """What to write instead."""
        match self.trouble:
            case FindTrouble.WHICH_NUMBER:
                return Speech(voice.say("Please add the number, like this: /t 1024"))
            case FindTrouble.WHICH_ROOM:
                return Speech(voice.say("Please add building and room, like this: /room 3-1202"))
            case FindTrouble.WHICH_WORDS:
                return Speech(voice.say("Please add a word, a phone number or a room, like this: /find kitchen leak"))
            case FindTrouble.NO_SUCH_TICKET:
                said = voice.say("There is no #{number} here. /find looks for words.", number=self.number or "")
                return Speech(said)


@dataclass(frozen=True, slots=True)
class StaffHelp(Notification):
    """What can be written here."""

    def say(self, voice: Voice) -> Speech:
        """One line each."""
        told = (
            ("/open /mine /overdue", voice.say("what is open, yours, late")),
            ("/find", voice.say("by words, phone or room")),
            ("/room", voice.say("what a room has had")),
            ("/t", voice.say("one ticket whole, by its number")),
            ("/a", voice.say("in reply to a card: send a ready answer")),
            ("/new", voice.say("register for somebody who called or came by")),
            ("/undo", voice.say("in reply to a card or to your own words: take back what you told the tenant")),
            ("/possible", voice.say("what might be a request")),
            ("/onduty", voice.say("who is on duty")),
        )
        lines = (f"{command} – {what}" for command, what in told)
        return Speech("\n".join(lines), voice.say("What you can write here"))


def page_buttons(voice: Voice, page: int, pages: int) -> tuple[tuple[Button, ...], ...]:
    """Back and on, with where one is; none where all is on one page."""
    if pages <= 1:
        return ()
    back = (Button(voice.say("‹ Back"), f"page:{page - 1}"),) if page > 0 else ()
    more = (Button(voice.say("More ›"), f"page:{page + 1}"),) if page + 1 < pages else ()
    return ((*back, Button(f"{page + 1}/{pages}", f"page:{page}"), *more),)


def _line(voice: Voice, line: FoundLine, *, is_late: bool) -> str:
    mark = URGENCY_MARKS[line.urgency] if line.state in OPEN else STATE_MARKS[line.state]
    parts = [f"{mark} #{line.number} {_short(line.place or '', PLACE_SHOWN)}".rstrip(), _short(line.words, WORDS_SHOWN)]
    if line.who:
        parts.append(name(line.who))
    elif line.group:
        parts.append(voice.term("group", line.group))
    said = " · ".join(parts)
    if line.late_since is not None:
        said += f" ⚠️ {voice.moment(line.late_since)}" if is_late else " ⚠️"
    return said


def _short(words: str, columns: int) -> str:
    """At most so many columns of a screen, of which a Chinese character takes two."""
    shown, room = "", columns
    for char in quote(words).replace("\n", " "):
        room -= 2 if east_asian_width(char) in "WF" else 1
        if room < 0:
            return shown.rstrip() + "…"
        shown += char
    return shown
