"""Sentences today's understanding is unsure of, found by trying, since understanding gets better."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from handlers.understanding.reading import read
from handlers.understanding.thresholds import thresholds_for
from handlers.understanding.understanding import Sense, Understanding
from storage.vocabulary import Kind, Urgency

CORPUS = Path(__file__).parents[2] / "locales" / "en" / "corpus"


@cache
def unsure() -> tuple[str, str]:
    """Two sentences the desk asks about, the first that come in the corpus."""
    found = (words for words in _sentences() if _is_unsure(read(words)))
    return next(found), next(found)


def _sentences() -> Iterator[str]:
    for path in sorted(CORPUS.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            words = line.rpartition("\t")[2].strip()
            if not line.startswith("#") and 20 <= len(words) <= 80:
                yield words


def _is_unsure(reading: Understanding) -> bool:
    """In the middle of the band in which it asks, and about nothing that is treated in a way of its own."""
    is_plain = reading.sense is Sense.NEW and reading.urgency is Urgency.NORMAL and not reading.phone
    marks = thresholds_for(reading.language)
    middle = (marks.ask + marks.speak) / 2
    is_asked = reading.kind in (Kind.REPAIR, Kind.COMPLAINT) and abs(reading.confidence - middle) < 0.15
    return is_plain and is_asked and reading.place.words is None
