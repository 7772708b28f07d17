"""From votes on unseen writers to figures: calibration, the price of a mistake, and from where the desk may speak."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from storage.vocabulary import Kind
from training.corpus import Sample
from training.crossvalidate import Unseen
from training.fitting import KINDS, TRADES, Floats

SCORED = [kind for kind in KINDS if kind != Kind.SERVICE]
F1_TO_SPARE = 0.01
"""What silence may cost in macro-F1: an answer to chatter annoys a whole room, a missed kind one desk.

The curve is flat there: a tenth of the price either way changes nothing of note; with half as much again to spare,
requests of the blind set began to be missed.
"""
SURE_ENOUGH_TO_SPEAK = 0.75
"""A ticket opened unasked must be of the right kind this often at the threshold; above it, more often."""
SURE_ENOUGH_TO_ASK = 0.35
"""A question is worth a room's attention when there is a request behind it this often, at the threshold."""


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
    """The highest price that leaves macro-F1 within `F1_TO_SPARE` of its best, between two tried ones in proportion."""
    tried = [1 + 0.1 * step for step in range(30)]
    f1s = [figures(labels, answers(said, price, labels))[0] for price in tried]
    floor = max(f1s) - F1_TO_SPARE
    last = max(at for at, f1 in enumerate(f1s) if f1 >= floor)
    if last + 1 == len(tried):
        return round(tried[last], 2)
    return round(tried[last] + 0.1 * (f1s[last] - floor) / (f1s[last] - f1s[last + 1]), 2)


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
    """The confidence from which answers are good often enough, rounded up to a hundredth; at least the lowest seen.

    Read off a curve through all answers, straight in log odds: one unlucky run of them, high up, cannot move it far.
    """
    odds = np.log(confidence) - np.log(np.maximum(1 - confidence, 1e-9))
    curve = LogisticRegression(C=1e6).fit(odds[:, None], is_good)
    crossing = (math.log(mark / (1 - mark)) - float(curve.intercept_[0])) / float(curve.coef_[0, 0])
    return math.ceil(max(1 / (1 + math.exp(-crossing)), float(confidence[0])) * 100) / 100


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
