"""From which confidence the desk speaks unasked and from which it asks, per language: measured, not chosen.

`make model` writes the figures from curves on writers the model had not read.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "thresholds.json"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Speak from `speak` on, ask from `ask` on, below that stay silent in a room."""

    speak: float
    ask: float


def thresholds_for(language: str) -> Thresholds:
    """Those of a language; of one without any, the most careful there are."""
    known = _measured()
    return known.get(language) or Thresholds(
        speak=max(each.speak for each in known.values()), ask=max(each.ask for each in known.values())
    )


@cache
def _measured() -> dict[str, Thresholds]:
    return {language: Thresholds(**marks) for language, marks in json.loads(FILE.read_text(encoding="utf-8")).items()}
