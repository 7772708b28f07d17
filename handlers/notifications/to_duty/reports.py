"""Who else reported the same thing, on the card: how many and from where, and on request in whose words."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button
from locales import Voice
from storage.vocabulary import Trade

PLACES_SHOWN = 8
WORDS_SHOWN = 80
LABEL = 24


@dataclass(frozen=True, slots=True)
class Report:
    """One report of an incident, with enough to judge whether it is the same."""

    number: int
    trade: Trade
    reporter: str
    words: str
    place: str | None = None


def places_line(voice: Voice, count: int, places: Sequence[str]) -> str:
    """How many, and from where."""
    said = voice.say_many("👥 {count} report", "👥 {count} reports", count)
    shown = [quote(place, 40).replace("\n", " ") for place in places[:PLACES_SHOWN]]
    more = " …" if len(places) > PLACES_SHOWN else ""
    return f"{said} · {' · '.join(shown)}{more}" if shown else said


def report_lines(voice: Voice, reports: Sequence[Report]) -> list[str]:
    """Each in its own words."""
    lines = []
    for report in reports:
        place = f" · {quote(report.place, 40)}" if report.place else ""
        said = voice.say("“{words}”", words=quote(report.words, WORDS_SHOWN))
        lines.append(f"#{report.number} · {name(report.reporter)}{place}\n{said}")
    return lines


def split_buttons(voice: Voice, reports: Sequence[Report], first: int) -> tuple[tuple[Button, ...], ...]:
    """Each further report may be given a card of its own."""
    buttons = [
        Button(voice.say("✂️ Split #{number}", number=report.number), f"split:{report.number}")
        for report in reports
        if report.number != first
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def merge_buttons(voice: Voice, reports: Sequence[Report]) -> tuple[tuple[Button, ...], ...]:
    """The open tickets it may be merged into, told apart by place and trade."""
    return tuple(
        (Button(f"#{report.number} · {_what(voice, report)} · {_label(report.words)}", f"merge:{report.number}"),)
        for report in reports
    )


def _what(voice: Voice, report: Report) -> str:
    trade = voice.term("trade", report.trade)
    return f"{trade} · {_label(report.place)}" if report.place else trade


def _label(words: str) -> str:
    return quote(words, LABEL).replace("\n", " ")
