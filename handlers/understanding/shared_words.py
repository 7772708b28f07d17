"""The words neighbours use for what they share, read from `locales/*/incidents.toml` on first use.

Apart from the phrasebook: these tell two tellings of one incident from two incidents, and never what a message is.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.understanding.signs import Signs
from storage.vocabulary import SharedThing

_LANGUAGES = ("zh_CN", "zh_TW", "en")
TRAPPED = "trapped"


@dataclass(frozen=True, slots=True)
class SharedWords:
    """The phrases of each thing, fault and sign; all languages are heard at once."""

    things: Signs[str]
    """By the words of `SharedThing`, and `trapped`."""
    own: Signs[str]
    faults: Signs[str]
    persons: Signs[str]
    suspects: Signs[str]
    """From where a trouble comes, by the words of `suspects`."""


@cache
def shared_words() -> SharedWords:
    """The patterns. `ValueError` for a thing nobody knows."""
    pages = [
        tomllib.loads(files("locales").joinpath(language, "incidents.toml").read_text("utf-8"))
        for language in _LANGUAGES
    ]

    def phrases(table: str) -> dict[str, str]:
        names = list(dict.fromkeys(name for page in pages for name in page[table]))
        return {name: ", ".join(page[table].get(name, "") for page in pages) for name in names}

    things = phrases("things")
    unknown = things.keys() - {TRAPPED, *SharedThing}
    if unknown:
        raise ValueError(f"no shared thing is called {', '.join(sorted(unknown))}")
    return SharedWords(*(Signs(phrases(table)) for table in ("things", "own", "faults", "persons", "suspects")))
