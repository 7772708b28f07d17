"""Every sample judged by a model that never read its writer: `python -m training.crossvalidate`.

Look-alikes of one writer never stand on both sides. The figures decide the recipe, the calibration and the thresholds.
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import GroupKFold

from training.corpus import Sample, read_corpus
from training.fitting import KINDS, TRADES, Floats, Prepared, Recipe, fit, prepare

FOLDS = 4


@dataclass(frozen=True, slots=True)
class Unseen:
    """Log odds for every sample from the fold that had not read its writer."""

    kinds: Floats
    trades: Floats
    urgent: Floats


def crossvalidate(samples: list[Sample], prepared: Prepared, recipe: Recipe) -> Unseen:
    """Minutes of work on two cores."""
    writers = [sample.writer for sample in samples]
    parts = list(GroupKFold(FOLDS).split(writers, writers, writers))
    unseen = Unseen(np.zeros((len(samples), len(KINDS))), np.zeros((len(samples), len(TRADES))), np.zeros(len(samples)))
    with ProcessPoolExecutor(2) as pool:
        jobs = [(pool.submit(_fold, samples, prepared, recipe, train, test), test) for train, test in parts]
        for job, test in jobs:
            unseen.kinds[test], unseen.trades[test], unseen.urgent[test] = job.result()
    return unseen


def _fold(
    samples: list[Sample], prepared: Prepared, recipe: Recipe, train: list[int], test: list[int]
) -> tuple[Floats, Floats, Floats]:
    fitted = fit(samples, prepared, train, recipe)
    assert tuple(fitted.kind.classes_) == KINDS  # noqa: S101 -- a fold without a kind would shift every column
    assert tuple(fitted.trade.classes_) == TRADES  # noqa: S101 -- nor one without a trade
    return fitted.scores(prepared, test)


if __name__ == "__main__":
    from training.curves import table

    corpus = read_corpus()
    print(table(corpus, crossvalidate(corpus, prepare([sample.text for sample in corpus]), Recipe())))  # noqa: T201 -- its output
