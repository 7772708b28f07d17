"""The trained judge: regressions and a small network over the features of a message, read once from the file beside it.

`make model` writes the file; `training/` says how. Only numpy is needed here, and only from the first message on.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from handlers.understanding.features import plain_text, stretches_of, word_runs_of
from handlers.understanding.message import Message
from storage.vocabulary import Kind, Trade

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).parent / "trained.npz"
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model makes of one message.

    `kinds` are calibrated probabilities and `trades` those given that it is no chatter; both sum to 1. `urgent` is the
    probability that it cannot wait. `words` are the stretches that spoke most for `kind`, the cheapest mistake.
    """

    kind: Kind
    kinds: dict[Kind, float]
    trade: Trade
    trades: dict[Trade, float]
    urgent: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The shipped weights. Rows of `weights` are `grams`; columns are kinds, trades, urgent, then the hidden units.

    One table for the regressions and the network: a message picks its rows once.
    """

    grams: list[str]
    rows: dict[str, int]
    idf: "NDArray[np.float32]"
    weights: "NDArray[np.int8]"
    scale: "NDArray[np.float32]"
    dense: "NDArray[np.float32]"
    bias: "NDArray[np.float32]"
    hidden_scale: "NDArray[np.float32]"
    hidden_dense: "NDArray[np.float32]"
    hidden_bias: "NDArray[np.float32]"
    out: "NDArray[np.float32]"
    out_bias: "NDArray[np.float32]"
    kinds: tuple[Kind, ...]
    trades: tuple[Trade, ...]
    meta: dict[str, Any]

    def weigh(
        self, message: Message, dense: list[float], rules: dict[Kind, float], named: dict[Trade, float]
    ) -> Opinion:
        """Judge one message; `dense` comes from `features.dense_of`.

        `rules` and `named` are what the phrases say, as log odds: a second voice with the weights of `meta["voices"]`.
        """
        import numpy as np

        text = plain_text(message)
        rows, values = self._text_features(text)
        known = self.weights.take(rows, axis=0).astype(np.float32)
        figures = np.asarray(dense, dtype=np.float32)
        voices = self.meta["voices"]
        told = values @ known
        ends = len(self.bias)
        scores = told[:ends] * self.scale + figures @ self.dense + self.bias
        units = told[ends:] * self.hidden_scale
        units += figures @ self.hidden_dense + self.hidden_bias
        scores += voices["network"] * (np.maximum(units, 0) @ self.out + self.out_bias)
        every = scores.tolist()
        first, then = len(self.kinds), len(self.kinds) + len(self.trades)
        by_rules, by_name = voices["rules"], voices["named"]
        said = [score + by_rules * rules.get(kind, 0.0) for kind, score in zip(self.kinds, every[:first], strict=True)]
        called = [
            score + by_name * named.get(trade, 0.0) for trade, score in zip(self.trades, every[first:then], strict=True)
        ]
        kinds = dict(zip(self.kinds, _shares(said, self.meta["temperature"]["kind"]), strict=True))
        trades = dict(zip(self.trades, _shares(called, self.meta["temperature"]["trade"]), strict=True))
        costs = self.meta["costs"]
        kind = max(kinds, key=lambda each: kinds[each] * costs.get(each.value, 1.0))
        return Opinion(
            kind=kind,
            kinds=kinds,
            trade=max(trades, key=trades.__getitem__),
            trades=trades,
            urgent=1 / (1 + math.exp(-max(-50.0, min(50.0, every[then])))),
            words=self._words(rows, values * known[:, self.kinds.index(kind)]),
        )

    def _text_features(self, text: str) -> "tuple[NDArray[np.intp], NDArray[np.float32]]":
        """The known stretches and runs of a text with their tf-idf, each of the two lots of length 1."""
        import numpy as np

        rows: list[int] = []
        values: list[NDArray[np.float32]] = []
        for grams in (stretches_of(text), word_runs_of(text)):
            known: Counter[int | None] = Counter(map(self.rows.get, grams))
            del known[None]
            if not known:
                continue
            here = cast("list[int]", list(known))
            often = np.array(list(known.values()), dtype=np.float32)
            lot = (1 + np.log(often)) * self.idf.take(here)
            rows += here
            values.append(lot / np.sqrt(lot @ lot))
        return np.array(rows, dtype=np.intp), np.concatenate(values) if values else np.zeros(0, np.float32)

    def _words(self, rows: "NDArray[np.intp]", shares: "NDArray[np.float32]") -> tuple[str, ...]:
        words: list[str] = []
        for place in (-shares).argsort()[: _REASONS * 4].tolist():
            if shares[place] <= 0 or len(words) == _REASONS:
                break
            word = self.grams[rows[place]].strip()
            if len(word) > 1 and not any(word in other or other in word for other in words):
                words.append(word)
        return tuple(words)


@cache
def model() -> Model:
    """The shipped model. `FileNotFoundError` when the package was built without it."""
    import numpy as np

    with np.load(FILE, allow_pickle=False) as file:
        grams = bytes(file["grams"]).decode("utf-8").split("\n")
        meta = json.loads(bytes(file["meta"]))
        return Model(
            grams=grams,
            rows={gram: row for row, gram in enumerate(grams)},
            idf=file["idf"].astype(np.float32),
            weights=np.hstack([file["weights"], file["hidden"]]),
            scale=file["scale"],
            dense=file["dense"],
            bias=file["bias"],
            hidden_scale=file["hidden_scale"],
            hidden_dense=file["hidden_dense"],
            hidden_bias=file["hidden_bias"],
            out=file["out"],
            out_bias=file["out_bias"],
            kinds=tuple(map(Kind, meta["kinds"])),
            trades=tuple(map(Trade, meta["trades"])),
            meta=meta,
        )


def _shares(scores: list[float], temperature: float) -> list[float]:
    top = max(scores)
    powers = [math.exp((score - top) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
