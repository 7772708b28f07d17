"""What the private chat says of itself: hello, my requests, another language."""

from dataclasses import dataclass
from datetime import datetime

from handlers.notifications.hours import Slot, hour_words
from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.vocabulary import Group, TicketState, Trade

MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Hello(Notification):
    """The private chat was opened."""

    site: str

    def say(self, voice: Voice) -> Speech:
        """What to do here, in one breath."""
        return Speech(
            voice.say(
                "Hello, this is the front desk of {site}. Write in one sentence what is wrong or what you need; "
                "photos and voice are fine. /my shows your requests, /language changes the language.",
                site=name(self.site),
            )
        )


@dataclass(frozen=True, slots=True)
class WhichSite(Notification):
    """In private, from somebody no room has told us about."""

    def say(self, voice: Voice) -> Speech:
        """The way in."""
        return Speech(
            voice.say(
                "I don't know which building you're in yet. Please write its name here, "
                "or tap the button under one of my messages in your building's group."
            )
        )


@dataclass(frozen=True, slots=True)
class WhoIsThere(Notification):
    """Which groups are at work now, and until when; no names, no phones."""

    groups: tuple[tuple[Group, datetime], ...]

    def say(self, voice: Voice) -> Speech:
        """Who would come, and what to do meanwhile."""
        if not self.groups:
            return Speech(voice.say("Just write what is wrong; it goes to whoever can help."))
        lines = [
            voice.say("{group}: until {time}", group=voice.term("group", group), time=voice.time(until))
            for group, until in self.groups
        ]
        return Speech("\n".join(lines), voice.say("👥 On duty now"))


@dataclass(frozen=True, slots=True)
class WhatIsWrong(Notification):
    """In private: a picture without words, or words the desk could not place."""

    def say(self, voice: Voice) -> Speech:
        """Ask for one sentence."""
        return Speech(voice.say("Please tell me in one sentence what is wrong or what you need, and where."))


@dataclass(frozen=True, slots=True)
class MyRequests(Notification):
    """A tenant's own requests; each line is number, trade, state."""

    lines: tuple[tuple[int, Trade, TicketState], ...]
    visits: tuple[tuple[int, Slot], ...] = ()
    """Of those that somebody will come for: the number, and when."""

    def say(self, voice: Voice) -> Speech:
        """Newest first."""
        if not self.lines:
            return Speech(voice.say("You have no requests yet."))
        shown = [_request_lines(voice, self.lines)]
        shown += [
            voice.say("📅 No. {number}: somebody comes on {time}", number=number, time=hour_words(voice, slot))
            for number, slot in self.visits
        ]
        return Speech("\n".join(shown), voice.say("Your requests"))


@dataclass(frozen=True, slots=True)
class WhichOne(Notification):
    """The tenant takes one of several open requests back and does not say which; each line is number, trade, state."""

    lines: tuple[tuple[int, Trade, TicketState], ...]

    def say(self, voice: Voice) -> Speech:
        """The requests, one tap for each; nothing private, since it may be said in a room."""
        buttons = tuple(
            (
                Button(
                    voice.say("Cancel no. {number} ({trade})", number=number, trade=voice.term("trade", trade)),
                    f"cancel:{number}",
                ),
            )
            for number, trade, _ in self.lines[:MOST_CHOICES]
        )
        return Speech(_request_lines(voice, self.lines), voice.say("Which one shall I cancel?"), buttons)


def _request_lines(voice: Voice, lines: tuple[tuple[int, Trade, TicketState], ...]) -> str:
    return "\n".join(
        f"#{number} · {voice.term('trade', trade)} · {voice.term('state', state)}" for number, trade, state in lines
    )


@dataclass(frozen=True, slots=True)
class WhichLanguage(Notification):
    """Each language under its own name, so that anybody finds theirs."""

    def say(self, voice: Voice) -> Speech:
        """Three buttons."""
        buttons = (
            Button("简体中文", "language:zh_CN"),
            Button("繁體中文", "language:zh_TW"),
            Button("English", "language:en"),
        )
        return Speech(voice.say("Which language shall I speak?"), buttons=(buttons,))


@dataclass(frozen=True, slots=True)
class LanguageSet(Notification):
    """Takes the question's place."""

    def say(self, voice: Voice) -> Speech:
        """Said in the new language."""
        return Speech(voice.say("👌 I will speak English with you."))
