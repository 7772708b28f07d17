"""The shipped model is the one this corpus makes, and the desk counts with it as scikit-learn does."""

import json
from pathlib import Path
from time import perf_counter

import pytest

from handlers.understanding.cues import cues_in
from handlers.understanding.features import DENSE_NAMES, dense_of
from handlers.understanding.labels import labels_in_table
from handlers.understanding.message import message_of
from handlers.understanding.model import FILE, Opinion, model
from handlers.understanding.normal_form import normal_form
from handlers.understanding.rule_scores import rule_scores
from handlers.understanding.thresholds import thresholds_for
from handlers.understanding.trades import trades_of
from locales import LOCALES
from training.corpus import fingerprint, read_corpus

BLIND = sorted((Path(__file__).parents[2] / "training").glob("unseen*.tsv"))
LONG_ENOUGH_TO_BE_NO_CHANCE = 12
PREDICTIONS = json.loads((Path(__file__).parent / "predictions.json").read_text(encoding="utf-8"))


def opinion_of(text: str) -> Opinion:
    message = message_of(text, None)
    trades = trades_of(message)
    cues = cues_in(message, trades)
    return model().weigh(message, dense_of(message, cues, trades), rule_scores(message, cues, trades), trades)


def test_the_model_was_made_from_this_corpus() -> None:
    assert model().meta["corpus"] == fingerprint(), "the corpus or the features changed: make model"
    assert model().meta["messages"] == len(read_corpus())
    assert model().dense.shape[0] == len(DENSE_NAMES)


@pytest.mark.parametrize("told", PREDICTIONS, ids=lambda told: told["text"][:40])
def test_the_desk_counts_as_scikit_learn_does(told: dict[str, dict[str, float]]) -> None:
    opinion = opinion_of(str(told["text"]))
    assert {kind.value: share for kind, share in opinion.kinds.items()} == pytest.approx(told["kinds"], abs=1e-4)
    assert {trade.value: share for trade, share in opinion.trades.items()} == pytest.approx(told["trades"], abs=1e-4)
    assert opinion.urgent == pytest.approx(told["urgent"], abs=1e-4)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "1", "🙂", "a", "漏", "x" * 5_000, "漏水" * 2_000])
def test_nothing_a_person_sends_stops_the_model(text: str) -> None:
    assert sum(opinion_of(text).kinds.values()) == pytest.approx(1)


def test_the_model_names_the_words_it_went_by() -> None:
    assert any("漏" in word for word in opinion_of("厨房水管漏水").words)
    assert len(opinion_of("the kitchen tap is leaking, please send a plumber to fix it").words) <= 3


def test_the_model_stays_small_and_quick() -> None:
    assert FILE.stat().st_size < 3_000_000
    texts = [str(told["text"]) for told in PREDICTIONS]
    ready = []
    for text in texts:
        message = message_of(text, None)
        trades = trades_of(message)
        cues = cues_in(message, trades)
        ready.append((message, dense_of(message, cues, trades), rule_scores(message, cues, trades), trades))
    weigh = model().weigh
    laps = []
    for each in ready * 3:
        start = perf_counter()
        weigh(*each)
        laps.append(perf_counter() - start)
    assert sorted(laps)[len(laps) // 2] < 0.002  # 0.1 ms on an idle core; a test machine is seldom idle


def test_every_language_has_measured_thresholds_and_an_unknown_one_the_most_careful() -> None:
    known = [thresholds_for(language) for language in LOCALES]
    assert all(0 < each.ask < each.speak < 1 for each in known)
    assert thresholds_for("xx").speak == max(each.speak for each in known)


def test_the_blind_sets_are_only_for_measuring() -> None:
    blind = {_bare(row.text) for page in BLIND for row in labels_in_table(page.read_text(encoding="utf-8"))}
    long = {text for text in blind if len(text) > LONG_ENOUGH_TO_BE_NO_CHANCE}
    assert len(blind) > 650
    assert not long & {_bare(sample.text) for sample in read_corpus()}


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, normal_form(text).text))
