"""The words neighbours use for what they share, read from `locales/*/incidents.toml` on first use.

Apart from the phrasebook: these tell two tellings of one incident from two incidents, and never what a message is.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.understanding.normal_form import normal_form
from storage.vocabulary import SharedThing

_LANGUAGES = ("zh_CN", "zh_TW", "en")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
TRAPPED = "trapped"


@dataclass(frozen=True, slots=True)
class SharedWords:
    """One pattern for each thing, fault and sign; all languages are heard at once."""

    things: dict[str, re.Pattern[str]]
    """By the words of `SharedThing`, and `trapped`."""
    own: dict[str, re.Pattern[str]]
    faults: dict[str, re.Pattern[str]]
    persons: dict[str, re.Pattern[str]]


@cache
def shared_words() -> SharedWords:
    """The patterns. `ValueError` for a thing nobody knows."""
    pages = [
        tomllib.loads(files("locales").joinpath(language, "incidents.toml").read_text("utf-8"))
        for language in _LANGUAGES
    ]

    def patterns(table: str) -> dict[str, re.Pattern[str]]:
        names = list(dict.fromkeys(name for page in pages for name in page[table]))
        return {name: pattern_of(", ".join(page[table].get(name, "") for page in pages)) for name in names}

    things = patterns("things")
    unknown = set(things) - {TRAPPED, *SharedThing}
    if unknown:
        raise ValueError(f"no shared thing is called {', '.join(sorted(unknown))}")
    return SharedWords(things, patterns("own"), patterns("faults"), patterns("persons"))


def pattern_of(phrases: str) -> re.Pattern[str]:
    """One pattern for phrases with commas between; none of them match nothing."""
    written = (normal_form(phrase).text.strip() for phrase in phrases.split(","))
    return re.compile("|".join(sorted({_one(phrase) for phrase in written if phrase}, key=len, reverse=True)) or "(?!)")


def _one(phrase: str) -> str:
    """A Latin phrase is whole words, `*` any ending; `…` is at most a dozen characters of the same sentence."""
    gap = r"[^.!?。！？\n]{0,12}" if _HAN.search(phrase) else r"[^.!?。！？\n]{0,24}"
    body = gap.join(
        re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in re.split("…|\\.\\.\\.", phrase)
    )
    if phrase[0].isascii() and phrase[0].isalpha():
        # A look behind its first letter, not before: where each alternative begins with a letter, a search skips all
        # places at which none begins, and takes a tenth of the time.
        body = f"{phrase[0]}(?<![a-z]{phrase[0]}){body[1:]}"
    ends = r"(?![a-z])" if phrase[-1].isascii() and phrase[-1].isalpha() else ""
    return f"{body}{ends}"
