"""Understanding alone: what one message takes, against a loop over as many keywords, the least one could do."""

import time
from collections.abc import Callable

from benchmarks.traffic import SENTENCES
from handlers.understanding.phrasebook import phrasebook
from handlers.understanding.reading import read

TURNS, ROUNDS = 60, 5


def run() -> dict[str, float]:
    """Microseconds of processor time a message, the best of a few rounds."""
    words = [word.rstrip("*") for word in (*phrasebook().by_word, *phrasebook().by_stem)]
    reading = _best(lambda text: read(text))
    keywords = _best(lambda text: [word for word in words if word in text])
    return {"read_us": reading, "keywords_us": keywords, "ratio": reading / keywords, "keywords": len(words)}


def _best(work: Callable[[str], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.thread_time()
        for _ in range(TURNS):
            for sentence in SENTENCES:
                work(sentence)
        best = min(best, time.thread_time() - began)
    return best / TURNS / len(SENTENCES) * 1e6


def show(measured: dict[str, float]) -> list[str]:
    """One line."""
    return [
        f"{'understanding: µs a message':42}{measured['read_us']:>8.0f}   "
        f"{measured['ratio']:.1f} times a loop over {measured['keywords']:.0f} words ({measured['keywords_us']:.0f} µs)"
    ]
