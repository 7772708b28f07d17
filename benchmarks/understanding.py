"""Understanding alone: what one message takes, against a loop over as many keywords, the least one could do, and
against scikit-learn's own pipeline for the kind alone, where scikit-learn is installed (`make model` installs it).
"""

import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import count

from benchmarks.traffic import SENTENCES
from handlers.understanding.phrasebook import phrasebook
from handlers.understanding.reading import read

TURNS, ROUNDS = 60, 5
_NUMBERS = count()
"""In every text, because the desk remembers what it has just read."""


def run() -> dict[str, float]:
    """Microseconds of processor time a message, the best of a few rounds."""
    words = [word.rstrip("*") for word in (*phrasebook().by_word, *phrasebook().by_stem)]
    reading = _best(lambda text: read(text))
    keywords = _best(lambda text: [word for word in words if word in text])
    figures = {"read_us": reading, "keywords_us": keywords, "ratio": reading / keywords, "keywords": float(len(words))}
    pipeline = _pipeline()
    return figures if pipeline is None else figures | {"pipeline_us": _best(pipeline, turns=6)}


def _pipeline() -> Callable[[str], object] | None:
    """Stretches of characters into a regression, learned from part of the corpus; one message at a time."""
    if find_spec("sklearn") is None:
        return None
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from training.corpus import read_corpus

    samples = read_corpus()[::8]
    learner = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=3), LogisticRegression())
    learner.fit([sample.text for sample in samples], [sample.kind.value for sample in samples])
    return lambda text: learner.predict([text])


def _best(work: Callable[[str], object], turns: int = TURNS) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        texts = [f"{sentence} m{next(_NUMBERS):06}" for _ in range(turns) for sentence in SENTENCES]
        began = time.thread_time()
        for text in texts:
            work(text)
        best = min(best, time.thread_time() - began)
    return best / turns / len(SENTENCES) * 1e6


def show(measured: dict[str, float]) -> list[str]:
    """A line, and one more where there was a pipeline to compare with."""
    lines = [
        f"{'understanding: µs a message':42}{measured['read_us']:>8.0f}   "
        f"{measured['ratio']:.1f} times a loop over {measured['keywords']:.0f} words ({measured['keywords_us']:.0f} µs)"
    ]
    if "pipeline_us" in measured:
        times = measured["pipeline_us"] / measured["read_us"]
        lines.append(f"{'  scikit-learn, the kind alone':42}{measured['pipeline_us']:>8.0f}   {times:.1f} times that")
    return lines
