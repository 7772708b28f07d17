"""The trained judge: regressions and a small network over the features of a message, read once from the file beside it.

`make model` writes the file; `training/` says how. Only numpy is needed here, and only from the first message on.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from handlers.understanding.features import READ, plain_text, stretches_of, word_runs_of
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

    One table for the regressions and the network: a message picks its rows once. `scale`, `dense` and `bias` are of the
    same columns; `out` leads from the hidden units to the first of them, and has the network's voice in it.
    """

    grams: list[str]
    rows: dict[str, int]
    idf: "NDArray[np.float32]"
    weights: "NDArray[np.int8]"
    scale: "NDArray[np.float32]"
    dense: "NDArray[np.float32]"
    bias: "NDArray[np.float32]"
    out: "NDArray[np.float32]"
    kinds: tuple[Kind, ...]
    trades: tuple[Trade, ...]
    costs: tuple[float, ...]
    """What a mistake with each of `kinds` costs."""
    often: "NDArray[np.float32]"
    """What a stretch counts that stands there so many times."""
    meta: dict[str, Any]

    def weigh(
        self, message: Message, dense: list[float], rules: dict[Kind, float], named: dict[Trade, float]
    ) -> Opinion:
        """Judge one message; `dense` comes from `features.dense_of`.

        `rules` and `named` are what the phrases say, as log odds: a second voice with the weights of `meta["voices"]`.
        """
        import numpy as np

        rows, values = self._text_features(plain_text(message))
        known = self.weights.take(rows, axis=0).astype(np.float32)
        told = values @ known
        told *= self.scale
        told += np.array(dense, dtype=np.float32) @ self.dense
        told += self.bias
        first, ends = len(self.kinds), len(self.kinds) + len(self.trades) + 1
        every = (told[:ends] + np.maximum(told[ends:], 0) @ self.out).tolist()
        by_rules, by_name = self.meta["voices"]["rules"], self.meta["voices"]["named"]
        heat = self.meta["temperature"]
        said = [score + by_rules * rules[kind] for score, kind in zip(every, self.kinds, strict=False)]
        called = every[first : ends - 1]
        for trade, strength in named.items():
            called[self.trades.index(trade)] += by_name * strength
        likely = _shares(said, heat["kind"])
        hands = _shares(called, heat["trade"])
        dear = [share * cost for share, cost in zip(likely, self.costs, strict=True)]
        column = dear.index(max(dear))
        return Opinion(
            kind=self.kinds[column],
            kinds=dict(zip(self.kinds, likely, strict=True)),
            trade=self.trades[hands.index(max(hands))],
            trades=dict(zip(self.trades, hands, strict=True)),
            urgent=1 / (1 + math.exp(-max(-50.0, min(50.0, every[ends - 1])))),
            words=self._words(rows, values * known[:, column]),
        )

    def _text_features(self, text: str) -> "tuple[NDArray[np.intp], NDArray[np.float32]]":
        """The known stretches and runs of a text with their tf-idf, each of the two lots of length 1."""
        import numpy as np

        rows: list[int] = []
        times: list[int] = []
        lots: list[int] = []
        for grams in (stretches_of(text), word_runs_of(text)):
            counted: dict[int | None, int] = Counter(map(self.rows.get, grams))
            counted.pop(None, None)
            rows += cast("Iterable[int]", counted)
            times += counted.values()
            lots.append(len(counted))
        known = np.array(rows, dtype=np.intp)
        values = self.often.take(times) * self.idf.take(known)
        for lot in (values[: lots[0]], values[lots[0] :]):
            if lot.size:
                lot /= math.sqrt(lot @ lot)
        return known, values

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
        hidden_scale, voice = file["hidden_scale"], np.float32(meta["voices"]["network"])
        kinds, trades = tuple(map(Kind, meta["kinds"])), tuple(map(Trade, meta["trades"]))
        return Model(
            grams=grams,
            rows={gram: row for row, gram in enumerate(grams)},
            idf=file["idf"].astype(np.float32),
            weights=np.hstack([file["weights"], file["hidden"]]),
            scale=np.concatenate([file["scale"], hidden_scale]),
            dense=np.hstack([file["dense"], file["hidden_dense"]]),
            bias=np.concatenate([file["bias"] + voice * file["out_bias"], file["hidden_bias"]]),
            out=file["out"] * voice,
            kinds=kinds,
            trades=trades,
            costs=tuple(meta["costs"].get(kind.value, 1.0) for kind in kinds),
            often=(1 + np.log(np.maximum(np.arange(READ + 2), 1))).astype(np.float32),
            meta=meta,
        )


def _shares(scores: list[float], temperature: float) -> list[float]:
    top = max(scores)
    powers = [math.exp((score - top) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
