"""Messages whose labels are known, from a file: a JSON object a line, or a table. What `lobby score` reads."""

import json
from collections.abc import Iterator
from typing import Any

from handlers.understanding.scoring import Labelled

COLUMNS = ("language", "kind", "trade", "urgent", "room", "telephone", "message")
"""Of a table, tab separated; `#` begins a remark, `-` is nothing, a slash parts kinds a careful reader could defend.

Its rooms are places as written, flats and courtyards alike, so no unit is measured on them.
"""
_NOTHING = "-"


class BadLabel(ValueError):
    """A line that holds no labelled message; says which line, and what is wrong with it."""


def labels_in_lines(text: str) -> Iterator[Labelled]:
    """From JSON lines; blank ones are passed over."""
    for number, line in _lines(text):
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("not a JSON object")
            yield Labelled.of(row)
        except KeyError as error:
            raise BadLabel(f"line {number}: there is no {error}") from error
        except json.JSONDecodeError as error:
            raise BadLabel(f"line {number} is no JSON: give one JSON object a line, or a table named .tsv") from error
        except (ValueError, TypeError, RecursionError) as error:
            raise BadLabel(f"line {number}: {error}") from error


def labels_in_table(text: str) -> Iterator[Labelled]:
    """From a table; blank lines and remarks are passed over."""
    for number, line in _lines(text):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            raise BadLabel(f"line {number}: {len(cells)} columns in place of {len(COLUMNS)}: {', '.join(COLUMNS)}")
        try:
            yield Labelled.of(_row(*cells))
        except ValueError as error:
            raise BadLabel(f"line {number}: {error}") from error


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # A message may hold signs that splitlines() takes for the end of a line.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            yield number, line.removesuffix("\r")


def _row(language: str, kind: str, trade: str, urgent: str, room: str, phone: str, message: str) -> dict[str, Any]:
    if urgent not in ("0", "1"):
        raise ValueError(f"urgent is {urgent!r}; write 0 or 1")
    first, *others = kind.split("/")
    return {
        "text": message,
        "lang": language,
        "kind": first,
        "alt_kinds": others,
        "trade": _known(trade),
        "urgent": urgent == "1",
        "room": _known(room),
        "phone": _known(phone),
    }


def _known(cell: str) -> str | None:
    return None if cell == _NOTHING else cell
