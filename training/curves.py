"""From votes on unseen writers to figures: calibration, the price of a mistake, and from where the desk may speak."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from storage.vocabulary import Kind
from training.corpus import Sample
from training.crossvalidate import Unseen
from training.fitting import KINDS, TRADES, Floats

SCORED = [kind for kind in KINDS if kind != Kind.SERVICE]
F1_TO_SPARE = 0.015
"""What silence may cost in macro-F1: an answer to chatter annoys a whole room, a missed kind one desk.

The corpus is written to mislead; on the blind sets the price this gives costs nothing.
"""
SURE_ENOUGH_TO_SPEAK = 0.75
"""A ticket opened unasked must be of the right kind this often at the threshold; above it, more often."""
SURE_ENOUGH_TO_ASK = 0.35
"""A question is worth a room's attention when there is a request behind it this often, at the threshold."""
_WINDOW = 150


def temperature(scores: Floats, right: NDArray[np.intp]) -> float:
    """What to divide log odds by so that their probabilities come true most closely."""
    tried = [round(0.6 + 0.05 * step, 2) for step in range(50)]
    return min(tried, key=lambda each: -float(np.log(shares(scores, each)[np.arange(len(right)), right]).mean()))


def shares(scores: Floats, heat: float) -> Floats:
    """Probabilities of log odds."""
    powers: Floats = np.exp((scores - scores.max(axis=1, keepdims=True)) / heat)
    total: Floats = powers.sum(axis=1, keepdims=True)
    return np.divide(powers, total)


def answers(said: Floats, price: float, labels: NDArray[Any]) -> NDArray[Any]:
    """The kind with the lowest expected cost when answering chatter costs `price` mistakes; `service` as scored."""
    weighed = said.copy()
    weighed[:, KINDS.index(Kind.CHATTER.value)] *= price
    answer = np.array(KINDS)[weighed.argmax(axis=1)]
    as_service = (answer == Kind.SERVICE.value) & np.isin(labels, [Kind.INQUIRY.value, Kind.REPAIR.value])
    return np.where(as_service, labels, answer)


def figures(labels: NDArray[Any], answer: NDArray[Any]) -> tuple[float, float, float]:
    """Macro-F1 over the six kinds, share of chatter answered, share of requests missed."""
    idle = labels == Kind.CHATTER.value
    f1 = float(f1_score(labels, answer, labels=SCORED, average="macro", zero_division=0))
    return f1, float((answer[idle] != Kind.CHATTER.value).mean()), float((answer[~idle] == Kind.CHATTER.value).mean())


def price_of_an_answer(said: Floats, labels: NDArray[Any]) -> float:
    """The highest price that leaves macro-F1 within `F1_TO_SPARE` of its best."""
    tried = [round(1 + 0.1 * step, 1) for step in range(30)]
    f1s = [figures(labels, answers(said, price, labels))[0] for price in tried]
    return max(price for price, f1 in zip(tried, f1s, strict=True) if f1 >= max(f1s) - F1_TO_SPARE)


def thresholds(samples: Sequence[Sample], said: Floats, price: float) -> dict[str, dict[str, float]]:
    """Per language: speak from the confidence where the share of right answers reaches its mark, ask below it."""
    labels = np.array([sample.kind.value for sample in samples])
    answer = answers(said, price, labels)
    sure = said[np.arange(len(labels)), answer_columns(said, price)]
    found: dict[str, dict[str, float]] = {}
    for language in sorted({sample.language for sample in samples}):
        here = np.array([sample.language == language for sample in samples]) & (answer != Kind.CHATTER.value)
        order = np.argsort(sure[here])
        confidence, is_right = sure[here][order], (answer == labels)[here][order]
        is_request = (labels != Kind.CHATTER.value)[here][order]
        found[language] = {
            "speak": _first_above(confidence, is_right, SURE_ENOUGH_TO_SPEAK),
            "ask": _first_above(confidence, is_request, SURE_ENOUGH_TO_ASK),
        }
    return found


def answer_columns(said: Floats, price: float) -> NDArray[np.intp]:
    """The column of the cheapest answer of every row."""
    weighed = said.copy()
    weighed[:, KINDS.index(Kind.CHATTER.value)] *= price
    columns: NDArray[np.intp] = weighed.argmax(axis=1)
    return columns


def _first_above(confidence: Floats, is_good: NDArray[np.bool_], mark: float) -> float:
    """The confidence from which a window of answers is good enough, rounded up to a hundredth."""
    smooth = np.convolve(is_good, np.ones(_WINDOW) / _WINDOW, mode="valid")
    below = np.flatnonzero(smooth < mark)
    at = int(below[-1]) + 1 + _WINDOW // 2 if len(below) else 0
    return math.ceil(float(confidence[min(at, len(confidence) - 1)]) * 100) / 100


def table(samples: Sequence[Sample], unseen: Unseen, price: float | None = None) -> str:
    """The figures of a cross-validation, per language, as lines of Markdown."""
    labels = np.array([sample.kind.value for sample in samples])
    said = shares(unseen.kinds, temperature(unseen.kinds, np.searchsorted(np.array(KINDS), labels)))
    price = price if price is not None else price_of_an_answer(said, labels)
    answer = answers(said, price, labels)
    trade = np.array([sample.trade.value if sample.trade else "" for sample in samples])
    hit = np.array(TRADES)[unseen.trades.argmax(axis=1)] == trade
    sure = said[np.arange(len(labels)), answer_columns(said, price)] >= 0.9
    languages = np.array([sample.language for sample in samples])
    lines = [
        "| | messages | macro-F1 | chatter answered | requests missed | trade | right from 0.9 |",
        "|---" * 7 + "|",
    ]
    for name in ("all", *sorted(set(languages))):
        here = np.full(len(labels), True) if name == "all" else languages == name
        f1, answered, missed = figures(labels[here], answer[here])
        trades = hit[here & (trade != "")].mean()
        right = (answer == labels)[here & sure].mean()
        lines.append(
            f"| {name} | {here.sum()} | {f1:.3f} | {answered:.1%} | {missed:.1%} | {trades:.3f} | {right:.1%} |"
        )
    return "\n".join(lines)
