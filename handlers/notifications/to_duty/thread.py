"""A ticket whole, for whoever looks it up: the card as it is now, then line by line what was said and done."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_duty.card import TicketCard
from handlers.notifications.to_duty.finding import page_buttons
from handlers.notifications.to_duty.step_words import step_words
from locales import Voice
from storage.vocabulary import EntryKind, Side

LINES_PER_PAGE = 10
LINE_LENGTH = 240
MARKS = {
    EntryKind.WORDS: "💬",
    EntryKind.QUESTION: "❓",
    EntryKind.REPLY: "↩️",
    EntryKind.REPORT: "🔧",
    EntryKind.URGING: "⏰",
    EntryKind.NOTE: "📝",
}


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One line of a thread; `who` is None where the desk itself did it."""

    at: datetime
    kind: EntryKind
    side: Side
    text: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class WholeTicket(Notification):
    """Everything about one ticket, as it was when it was asked for. Its phone is whole only where it is needed."""

    card: TicketCard
    lines: tuple[ThreadLine, ...] = ()
    page: int = 0
    pages: int = 1
    hides_phone: bool = False
    """Whether the phone on this card is masked; who needs it taps for it."""
    can_print: bool = False
    has_card: bool = False
    """Whether this chat may have the ticket's living card."""

    def say(self, voice: Voice) -> Speech:
        """The card without its buttons, and the thread under it."""
        shown = replace(self.card, is_ours=False).say(voice)
        thread = [line_words(voice, line) for line in self.lines]
        text = "\n".join([*([shown.text] if self.page == 0 else []), *(["—", *thread] if thread else [])])
        return Speech(text, shown.title, (*page_buttons(voice, self.page, self.pages), *self._buttons(voice)))

    def _buttons(self, voice: Voice) -> tuple[tuple[Button, ...], ...]:
        row = []
        if self.has_card:
            row.append(Button(voice.say("🃏 Card"), "card"))
        if self.can_print:
            row.append(Button(voice.say("🖨 Print"), "print"))
        if self.hides_phone:
            row.append(Button(voice.say("☎️ Show the number"), "phone"))
        return (tuple(row),) if row else ()


@dataclass(frozen=True, slots=True)
class PrintLink(Notification):
    """The way to the page that is made for paper."""

    number: int
    url: str
    forgets: ClassVar[str | None] = "url"

    def say(self, voice: Voice) -> Speech:
        """One button, for a day."""
        said = voice.say("🖨 #{number} on one page, A5 or A4. The link works for a day.", number=self.number)
        return Speech(said, buttons=((Button(voice.say("Open the page"), url=self.url),),))


@dataclass(frozen=True, slots=True)
class CardBelow(Notification):
    """Takes the place of a card that was shown anew further down."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Where to look."""
        return Speech(voice.say("👇 The card of #{number} is further down.", number=self.number))


def line_words(voice: Voice, line: ThreadLine) -> str:
    """When, who, what."""
    at = voice.moment(line.at)
    who = f"{name(line.who)}: " if line.who else ""
    if line.kind is EntryKind.STEP:
        done = step_words(voice, line.text)
        return f"{at} · {who}{done}"
    words = quote(line.text, LINE_LENGTH) if line.text else "📎"
    return f"{at} {MARKS[line.kind]} {who}{words}"
