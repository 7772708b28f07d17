"""A small network of one hidden layer, the second learner beside the regressions: kind, trade and urgency share it.

Plain numpy, so that training needs nothing more than the regressions do, and the same seed gives the same weights.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_FIRST_STEPS = 100
"""Steps until the full learning rate."""
_FADE, _FADE_SQUARE, _TINY = 0.9, 0.999, 1e-8
"""Adam's constants, as published."""


@dataclass(frozen=True, slots=True)
class Schooling:
    """How the network learns; `docs/decisions/0006-understanding.md` has what else was tried."""

    pupils: int = 3
    """Networks taught apart from each other; what they agree on counts, and one's whims do not."""
    units: int = 14
    """Of each of them."""
    rounds: int = 20
    pace: float = 3e-3
    batch: int = 128
    features_hidden: float = 0.5
    """Share of a message's features it does not get to see at each look, so that no single word decides."""
    units_hidden: float = 0.3
    doubt: float = 0.05
    """Share of each label given to all classes alike: one label in ten of the corpus could be another."""
    trade_share: float = 0.5
    urgent_share: float = 0.3


@dataclass(slots=True)
class Lesson:
    """What is to be learned of each row: columns of kind and trade (-1 for chatter), and whether it cannot wait."""

    kinds: NDArray[np.intp]
    trades: NDArray[np.intp]
    urgent: Floats


@dataclass(slots=True)
class Network:
    """All pupils side by side. `out` has the columns of kinds, then trades, then urgent."""

    schooling: Schooling
    hidden: Floats = field(init=False)
    hidden_bias: Floats = field(init=False)
    out: Floats = field(init=False)
    out_bias: Floats = field(init=False)

    def fit(self, rows: Any, lesson: Lesson, kinds: int, trades: int) -> "Network":
        """Learn from a sparse matrix of features, a row each."""
        rows = rows.astype(np.float32)
        taught = [self._teach(rows, lesson, kinds, trades, pupil) for pupil in range(self.schooling.pupils)]
        share = np.float32(1 / len(taught))
        self.hidden = np.hstack([weights[0] for weights in taught])
        self.hidden_bias = np.concatenate([weights[1] for weights in taught])
        self.out = np.vstack([weights[2] for weights in taught]) * share
        self.out_bias = np.stack([weights[3] for weights in taught]).mean(axis=0)
        return self

    def _teach(self, rows: Any, lesson: Lesson, kinds: int, trades: int, pupil: int) -> list[Floats]:
        school = self.schooling
        rng = np.random.default_rng(pupil)
        columns = kinds + trades + 1
        weights = [
            rng.standard_normal((rows.shape[1], school.units), dtype=np.float32) * np.float32(0.05),
            np.zeros(school.units, np.float32),
            rng.standard_normal((school.units, columns), dtype=np.float32) * np.float32(school.units**-0.5),
            np.zeros(columns, np.float32),
        ]
        means = [np.zeros_like(each) for each in weights]
        squares = [np.zeros_like(each) for each in weights]
        steps = school.rounds * -(-rows.shape[0] // school.batch)
        step = 0
        for _ in range(school.rounds):
            order = rng.permutation(rows.shape[0])
            for start in range(0, len(order), school.batch):
                step += 1
                batch = order[start : start + school.batch]
                slopes = self._slopes(weights, rows[batch], lesson, batch, kinds, rng)
                pace = school.pace * min(1.0, step / _FIRST_STEPS) * (1 - step / steps) + 1e-5
                pace *= (1 - _FADE_SQUARE**step) ** 0.5 / (1 - _FADE**step)
                for weight, slope, mean, square in zip(weights, slopes, means, squares, strict=True):
                    mean += (1 - _FADE) * (slope - mean)
                    square += (1 - _FADE_SQUARE) * (slope * slope - square)
                    weight -= np.float32(pace) * mean / (np.sqrt(square) + _TINY)
        return weights

    def _slopes(
        self, weights: list[Floats], seen: Any, lesson: Lesson, batch: NDArray[np.intp], kinds: int, rng: Any
    ) -> list[Floats]:
        """How the loss of one batch changes with every weight."""
        school = self.schooling
        hidden, hidden_bias, out, out_bias = weights
        seen.data *= _kept(rng, seen.data.shape, school.features_hidden)
        raw = seen @ hidden + hidden_bias
        mask = _kept(rng, raw.shape, school.units_hidden)
        units = np.maximum(raw, 0) * mask
        said = units @ out + out_bias
        wrong = np.zeros_like(said)
        wrong[:, :kinds] = _shares(said[:, :kinds]) - _targets(lesson.kinds[batch], kinds, school.doubt)
        trades = said.shape[1] - kinds - 1
        told = (lesson.trades[batch] >= 0).astype(np.float32)[:, None] * np.float32(school.trade_share)
        meant = _targets(np.maximum(lesson.trades[batch], 0), trades, school.doubt)
        wrong[:, kinds:-1] = (_shares(said[:, kinds:-1]) - meant) * told
        wrong[:, -1] = (1 / (1 + np.exp(-said[:, -1])) - lesson.urgent[batch]) * np.float32(school.urgent_share)
        wrong /= np.float32(len(batch))
        back = (wrong @ out.T) * mask * (raw > 0)
        return [np.asarray(seen.T @ back), back.sum(axis=0), units.T @ wrong, wrong.sum(axis=0)]

    def scores(self, rows: Any) -> NDArray[np.float64]:
        """Log odds of every column for each row."""
        units = np.maximum(rows @ self.hidden + self.hidden_bias, 0)
        said: NDArray[np.float64] = units @ self.out + self.out_bias
        return said


def _kept(rng: Any, shape: tuple[int, ...], hidden: float) -> Floats:
    kept: Floats = (rng.random(shape, dtype=np.float32) >= hidden) / np.float32(1 - hidden)
    return kept.astype(np.float32)


def _shares(said: Floats) -> Floats:
    powers: Floats = np.exp(said - said.max(axis=1, keepdims=True))
    total: Floats = powers.sum(axis=1, keepdims=True)
    return np.divide(powers, total)


def _targets(columns: NDArray[np.intp], classes: int, doubt: float) -> Floats:
    targets = np.full((len(columns), classes), doubt / classes, np.float32)
    targets[np.arange(len(columns)), columns] += np.float32(1 - doubt)
    return targets
