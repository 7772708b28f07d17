"""From where the desk speaks: one unlucky run of answers must not silence it. Needs what `make model` installs."""

import pytest

pytest.importorskip("sklearn")

import numpy as np

from storage.vocabulary import Kind, Trade
from training.corpus import Sample
from training.curves import thresholds
from training.fitting import KINDS, Floats

REPAIR, CHATTER = KINDS.index(Kind.REPAIR), KINDS.index(Kind.CHATTER)


def written(kind: str) -> Sample:
    return Sample("", Kind(kind), None if kind == Kind.CHATTER else Trade.OTHER, False, "a writer", "en")


def votes(count: int) -> tuple[list[Sample], Floats]:
    """As many votes for a repair, surer and surer, as often right as they say; else it was a complaint or talk."""
    dice = np.random.default_rng(7)
    sure = np.sort(dice.uniform(0.3, 0.999, count))
    said = np.full((count, len(KINDS)), 1e-6)
    said[:, REPAIR], said[:, CHATTER] = sure, (1 - sure) / 2
    missed = np.where(dice.uniform(size=count) < 0.5, Kind.CHATTER, Kind.COMPLAINT)
    kinds = np.where(dice.uniform(size=count) < sure, Kind.REPAIR, missed)
    return [written(kind) for kind in kinds], said


def test_an_unlucky_writer_high_up_hardly_moves_from_where_the_desk_speaks() -> None:
    samples, said = votes(4_000)
    before = thresholds(samples, said, 1.5)["en"]["speak"]
    assert before == pytest.approx(0.75, abs=0.03)

    for row in np.searchsorted(said[:, REPAIR], 0.86) + np.arange(0, 150, 4):
        samples[row] = written(Kind.COMPLAINT)
    assert thresholds(samples, said, 1.5)["en"]["speak"] == pytest.approx(before, abs=0.03)
