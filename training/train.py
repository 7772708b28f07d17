"""`make model`: cross-validate, calibrate, learn from everything, and write what the desk ships.

Writes `handlers/understanding/trained.npz` and `thresholds.json`, and the sample its test compares with.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from handlers.understanding import model as shipped
from handlers.understanding import thresholds as shipped_thresholds
from storage.vocabulary import Kind
from training.corpus import Sample, fingerprint, read_corpus
from training.crossvalidate import crossvalidate
from training.curves import price_of_an_answer, shares, table, temperature, thresholds
from training.fitting import KINDS, TRADES, Fitted, Floats, Prepared, Recipe, fit, prepare

SAMPLE = Path(__file__).parent.parent / "tests/training/predictions.json"
_SAMPLED = 150


def main() -> None:
    """A few minutes on two cores; the same corpus gives the same model."""
    samples, made_from, recipe = read_corpus(), fingerprint(), Recipe()
    prepared = prepare([sample.text for sample in samples])
    unseen = crossvalidate(samples, prepared, recipe)
    labels = np.array([sample.kind.value for sample in samples])
    heat = temperature(unseen.kinds, np.searchsorted(np.array(KINDS), labels))
    said = shares(unseen.kinds, heat)
    price = price_of_an_answer(said, labels)
    meta = {
        "kinds": KINDS,
        "trades": TRADES,
        "temperature": {"kind": heat, "trade": _trade_heat(samples, unseen.trades)},
        "voices": {"network": recipe.network, "rules": recipe.rules, "named": recipe.named},
        "costs": {Kind.CHATTER.value: price},
        "corpus": made_from,
        "messages": len(samples),
    }
    fitted = fit(samples, prepared, range(len(samples)), recipe)
    _write(fitted, meta)
    _write_sample(fitted, samples, prepared, meta)
    marks = thresholds(samples, said, price)
    shipped_thresholds.FILE.write_text(json.dumps(marks, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(table(samples, unseen, price))  # noqa: T201 -- what a person runs this for
    print(f"{shipped.FILE.stat().st_size / 1e6:.2f} MB, price {price}, temperature {heat}, {marks}")  # noqa: T201 -- its output


def _trade_heat(samples: list[Sample], scores: Floats) -> float:
    told = [row for row, sample in enumerate(samples) if sample.trade]
    right = np.array([TRADES.index(sample.trade.value) for sample in samples if sample.trade])
    return temperature(scores[told], right)


def _write(fitted: Fitted, meta: dict[str, Any]) -> None:
    """Rounds the weights to bytes, in what was fitted too: what is compared with later is what was shipped."""
    grams = [_in_order(fitted.stretches), _in_order(fitted.runs)]
    size = len(grams[0]) + len(grams[1])
    heads = (fitted.kind, fitted.trade, fitted.urgent)
    weights = np.vstack([head.coef_ for head in heads]).T
    by_lot = np.repeat([1.0, fitted.recipe.words], [len(lot) for lot in grams])[:, None]
    text = weights[:size] * by_lot
    scale = (np.abs(text).max(axis=0) / 127).astype(np.float32)
    rounded = np.rint(text / scale).astype(np.int8)
    dense = weights[size:] * fitted.recipe.dense
    network = fitted.network
    hidden_text = network.hidden[:size] * by_lot
    hidden_scale = (np.abs(hidden_text).max(axis=0) / 127).astype(np.float32)
    hidden = np.rint(hidden_text / hidden_scale).astype(np.int8)
    np.savez_compressed(
        shipped.FILE,
        grams=np.frombuffer("\n".join(grams[0] + grams[1]).encode(), np.uint8),
        idf=np.concatenate([fitted.stretches.idf_, fitted.runs.idf_]).astype(np.float16),
        weights=rounded,
        scale=scale,
        dense=dense.astype(np.float32),
        bias=np.concatenate([head.intercept_ for head in heads]).astype(np.float32),
        hidden=hidden,
        hidden_scale=hidden_scale,
        hidden_dense=(network.hidden[size:] * fitted.recipe.dense).astype(np.float32),
        hidden_bias=network.hidden_bias,
        out=network.out,
        out_bias=network.out_bias,
        meta=np.frombuffer(json.dumps(meta).encode(), np.uint8),
    )
    network.hidden[:size] = hidden * hidden_scale / by_lot
    restored = rounded * scale.astype(np.float64) / by_lot
    column = 0
    for head in heads:
        width = head.coef_.shape[0]
        head.coef_[:, :size] = restored[:, column : column + width].T
        column += width


def _in_order(vectorizer: Any) -> list[str]:
    return [str(gram) for gram in vectorizer.get_feature_names_out()]


def _write_sample(fitted: Fitted, samples: list[Sample], prepared: Prepared, meta: dict[str, Any]) -> None:
    rows = list(range(0, len(samples), len(samples) // _SAMPLED))
    kinds, trades, urgent = fitted.scores(prepared, rows)
    kinds, trades = shares(kinds, meta["temperature"]["kind"]), shares(trades, meta["temperature"]["trade"])
    told = [
        {
            "text": samples[row].text,
            "kinds": dict(zip(KINDS, map(_brief, kinds[at]), strict=True)),
            "trades": dict(zip(TRADES, map(_brief, trades[at]), strict=True)),
            "urgent": _brief(1 / (1 + np.exp(-urgent[at]))),
        }
        for at, row in enumerate(rows)
    ]
    SAMPLE.parent.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in told)
    SAMPLE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _brief(share: Any) -> float:
    return round(float(share), 6)


if __name__ == "__main__":
    main()
