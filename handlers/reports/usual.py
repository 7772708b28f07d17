"""What is usual on such a day, and how rare it is that so much comes: counts against the same days of weeks before.

Counts of few days say little, so the chance is that of a Gamma-Poisson forecast (a negative binomial): it knows how
little it knows. Jeffreys' prior stands for what was known before.
"""

import math
from collections.abc import Sequence

PRIOR = 0.5
MOST = 100_000
"""Beyond this a count is not worked out to the end."""


def mean_of(past: Sequence[int]) -> float:
    """What came on such a day on average."""
    return sum(past) / len(past)


def chance_of(count: int, past: Sequence[int]) -> float:
    """How likely a day like the past ones brings so many or more, or where it brought fewer than usual, so few."""
    shape, days = sum(past) + PRIOR, len(past)
    again = 1 / (days + 1)
    below = sum(_weight(shape, again, n) for n in range(min(count, MOST)))
    at = _weight(shape, again, count)
    is_more = count > mean_of(past)
    return min(1.0, max(0.0, 1 - below if is_more else below + at))


def _weight(shape: float, again: float, count: int) -> float:
    """The negative binomial's share for one count."""
    log = math.lgamma(count + shape) - math.lgamma(shape) - math.lgamma(count + 1)
    return math.exp(log + count * math.log(again) + shape * math.log1p(-again))
