"""The backtest on a terminal: a table as wide as its letters, and totals that add up."""

import unicodedata
from collections.abc import Iterator

from bot.backtest.results import Backtest, Row
from locales import Voice

WIDTHS = (16, 14, 34, 40)
"""Cells of the columns; the words that decided take what is left."""
SHOWN_UNREADABLE = 20


def table_of(result: Backtest, voice: Voice, *, is_whole: bool) -> Iterator[str]:
    """What the desk would have done, a line a message; with `is_whole` also what it would have left alone."""
    heads = (voice.say("time"), voice.say("sender"), voice.say("the desk"), voice.say("message"), voice.say("because"))
    yield _cells(heads)
    for row in result.rows:
        if is_whole or row.is_doing:
            at = row.spoken.at.astimezone(voice.zone).strftime("%Y-%m-%d %H:%M")
            yield _cells((at, row.spoken.name, outcome_of(row, voice), row.spoken.text, " · ".join(row.spoke_for)))


def outcome_of(row: Row, voice: Voice) -> str:
    """The end in a few words: "opened #1001 repair · plumbing"."""
    end = voice.term("disposition", row.disposition)
    if row.number is None:
        return end
    if not row.spoke_for and row.kind is None:
        return f"{end} #{row.number}"
    what = [voice.term("kind", row.kind)] if row.kind else []
    what += [voice.term("trade", row.trade)] if row.trade else []
    return f"{end} #{row.number} {' · '.join(what)}"


def totals_of(result: Backtest, voice: Voice) -> Iterator[tuple[str, int]]:
    """Name and count: every end, then their sum, what could not be read, and everything in the file."""
    totals = result.totals
    for end, count in totals.ends.items():
        yield voice.term("disposition", end), count
    yield voice.say("messages heard"), totals.messages
    yield voice.say("could not be read"), totals.unreadable
    yield voice.say("in the file"), totals.in_file


def sums_of(result: Backtest, voice: Voice) -> Iterator[str]:
    """The totals for a terminal, then what was opened and said, then what could not be read and why."""
    rows = list(totals_of(result, voice))
    widest = max(_width(name) for name, _ in rows)
    for place, (name, count) in enumerate(rows):
        if place == len(rows) - 3:
            yield "-" * (widest + 9)
        yield f"{_fill(name, widest)}{count:>9}"
    yield ""
    yield summary_of(result, voice)
    for number, why in result.unreadable[:SHOWN_UNREADABLE]:
        yield f"{number_of(result, number, voice)}: {why.say(voice)}"
    if len(result.unreadable) > SHOWN_UNREADABLE:
        yield voice.say("and {count} more", count=len(result.unreadable) - SHOWN_UNREADABLE)


def summary_of(result: Backtest, voice: Voice) -> str:
    """What was opened, and how much the room would have had to read."""
    totals = result.totals
    kinds = ", ".join(f"{voice.term('kind', kind)} {count}" for kind, count in totals.tickets.items())
    opened = voice.say_many("{count} request opened", "{count} requests opened", sum(totals.tickets.values()))
    parts = [f"{opened} ({kinds})" if kinds else opened]
    if totals.emergencies:
        parts.append(voice.say_many("{count} emergency", "{count} emergencies", totals.emergencies))
    parts.append(
        voice.say_many("{count} sentence said in the group", "{count} sentences said in the group", totals.sentences)
    )
    return " · ".join(parts)


def number_of(result: Backtest, number: int, voice: Voice) -> str:
    """Where in the file: its line, or the how manieth message it is."""
    if result.counted == "lines":
        return voice.say("line {number}", number=number)
    return voice.say("message {number}", number=number)


def _cells(cells: tuple[str, ...]) -> str:
    fixed = "  ".join(_fill(_clip(cell, width), width) for cell, width in zip(cells, WIDTHS, strict=False))
    return f"{fixed}  {' '.join(cells[-1].split())}".rstrip()


def _fill(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _clip(text: str, width: int) -> str:
    line = " ".join(text.split())
    if _width(line) <= width:
        return line
    while _width(line) > width - 1:
        line = line[:-1]
    return line + "…"


def _width(text: str) -> int:
    """Cells on a terminal: Han characters take two, marks none."""
    return sum(_cells_of(each) for each in text)


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
