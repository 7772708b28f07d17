"""Samples into numbers, numbers into weights: the same way for the shipped model and for every fold of a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from handlers.understanding.cues import cues_in
from handlers.understanding.features import dense_of, plain_text, stretches_of, word_runs_of
from handlers.understanding.message import message_of
from handlers.understanding.rule_scores import rule_scores
from handlers.understanding.trades import trades_of
from storage.vocabulary import Kind, Trade
from training.corpus import Sample
from training.network import Lesson, Network, Schooling

Floats = NDArray[np.float64]
KINDS: tuple[str, ...] = tuple(sorted(kind.value for kind in Kind))
TRADES: tuple[str, ...] = tuple(sorted(trade.value for trade in Trade))
"""In the order scikit-learn puts its classes."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What was chosen by cross-validation; `docs/decisions/0006-understanding.md` has the comparison."""

    seen_at_least: int = 4
    most: int = 45_000
    """Stretches and runs kept, the commonest of them: the file stays below 3 MB however the corpus grows."""
    strength: float = 3.0
    """`C` of the regressions."""
    trade_strength: float = 10.0
    urgent_strength: float = 2.0
    urgent_weight: float = 4.0
    """How often a sentence that cannot wait is counted: there is one of them to eighteen others."""
    talk_weight: float = 0.25
    """How often talk is counted when urgency is learned: what matters is one request told from another."""
    words: float = 0.7
    dense: float = 0.5
    network: float = 0.7
    """How much the network's log odds count beside the regressions'."""
    schooling: Schooling = field(default_factory=Schooling)
    rules: float = 0.5
    named: float = 0.6
    """How much the phrases' own log odds of kind and trade count beside both."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The features of many texts before anything is learned from them."""

    stretches: list[list[str]]
    runs: list[list[str]]
    dense: Floats
    rules: Floats
    named: Floats


@dataclass(slots=True)
class Fitted:
    """Three regressions and a network over one set of features."""

    recipe: Recipe
    stretches: Any
    runs: Any
    kind: Any
    trade: Any
    urgent: Any
    network: Network

    def features(self, prepared: Prepared, rows: Sequence[int]) -> Any:
        """One row of features for each of `rows`."""
        return sparse.hstack(
            [
                self.stretches.transform([prepared.stretches[row] for row in rows]),
                self.runs.transform([prepared.runs[row] for row in rows]) * self.recipe.words,
                sparse.csr_matrix(prepared.dense[rows] * self.recipe.dense),
            ]
        ).tocsr()

    def scores(self, prepared: Prepared, rows: Sequence[int]) -> tuple[Floats, Floats, Floats]:
        """Log odds of kinds, trades and urgency."""
        known = self.features(prepared, rows)
        learned = self.network.scores(known)
        heads = (self.kind, self.trade, self.urgent)
        first, then = len(KINDS), len(KINDS) + len(TRADES)
        parts = (learned[:, :first], learned[:, first:then], learned[:, then])
        kinds, trades, urgent = (
            self.recipe.network * part + head.decision_function(known) for part, head in zip(parts, heads, strict=True)
        )
        return (
            kinds + self.recipe.rules * prepared.rules[rows],
            trades + self.recipe.named * prepared.named[rows],
            urgent,
        )


def prepare(texts: Sequence[str]) -> Prepared:
    """What the running desk would see in each text."""
    stretches, runs, dense, rules, named = [], [], [], [], []
    for text in texts:
        message = message_of(text, None)
        trades = trades_of(message)
        plain = plain_text(message)
        stretches.append(stretches_of(plain))
        runs.append(word_runs_of(plain))
        cues = cues_in(message, trades)
        dense.append(dense_of(message, cues, trades))
        said = rule_scores(message, cues, trades)
        rules.append([said[Kind(kind)] for kind in KINDS])
        named.append([trades.get(Trade(trade), 0.0) for trade in TRADES])
    return Prepared(stretches, runs, np.array(dense), np.array(rules), np.array(named))


def fit(samples: Sequence[Sample], prepared: Prepared, rows: Sequence[int], recipe: Recipe) -> Fitted:
    """Learn from the samples at `rows` only."""

    def vectorizer() -> Any:
        return TfidfVectorizer(
            analyzer=_as_it_is, sublinear_tf=True, min_df=recipe.seen_at_least, max_features=recipe.most
        )

    fitted = Fitted(recipe, vectorizer(), vectorizer(), None, None, None, Network(recipe.schooling))
    fitted.stretches.fit([prepared.stretches[row] for row in rows])
    fitted.runs.fit([prepared.runs[row] for row in rows])
    # Rounded as the shipped file rounds it, so that nothing changes on the way there.
    for each in (fitted.stretches, fitted.runs):
        each.idf_ = each.idf_.astype(np.float16).astype(np.float64)
    known = fitted.features(prepared, rows)
    here = [samples[row] for row in rows]
    told = np.array([sample.kind is not Kind.CHATTER for sample in here])
    fitted.kind = _regression(recipe.strength).fit(known, [sample.kind.value for sample in here])
    fitted.trade = _regression(recipe.trade_strength).fit(
        known[told], [sample.trade.value for sample in here if sample.trade]
    )
    urgent = np.array([sample.is_urgent for sample in here])
    counted = np.where(urgent, recipe.urgent_weight, 1.0) * np.where(told, 1.0, recipe.talk_weight)
    fitted.urgent = _regression(recipe.urgent_strength).fit(known, urgent, sample_weight=counted)
    fitted.network.fit(known, _lesson(here), len(KINDS), len(TRADES))
    # Urgency stays a lesson that shapes its units; what they say of it made the regression's answer worse.
    fitted.network.out[:, -1] = 0
    fitted.network.out_bias[-1] = 0
    return fitted


def _lesson(samples: Sequence[Sample]) -> Lesson:
    return Lesson(
        np.array([KINDS.index(sample.kind.value) for sample in samples]),
        np.array([TRADES.index(sample.trade.value) if sample.trade else -1 for sample in samples]),
        np.array([sample.is_urgent for sample in samples], np.float32),
    )


def _regression(strength: float) -> Any:
    return LogisticRegression(C=strength, max_iter=200, tol=1e-3)


def _as_it_is(grams: list[str]) -> list[str]:
    return grams
