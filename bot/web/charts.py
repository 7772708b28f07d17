"""Charts of the managers' page as plain numbers: the templates draw them as SVG, without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 220, 40, 24, 10
MOST_BARS = 62
LABELS = 8
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
GRID_LINES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: where it stands, what it says when pointed at."""

    x: float
    y: float
    width: float
    height: float
    day: date
    received: int
    finished: int
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Columns for what was received, a line for what was finished."""

    bars: tuple[Bar, ...]
    line: str
    grid: tuple[tuple[float, int], ...]
    days_in_a_bar: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def trend_of(first: date, received: Sequence[int], finished: Sequence[int]) -> Trend:
    """A bar for each day, or for so many days that no more than two months of them stand beside each other."""
    each = -(-len(received) // MOST_BARS)
    came, done = _summed(received, each), _summed(finished, each)
    top = next((step * GRID_LINES for step in STEPS if step * GRID_LINES >= max((*came, *done, 1))), max((*came, 1)))
    room, step = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT) / max(1, len(came))

    def y(count: float) -> float:
        return round(TOP + room * (1 - count / top), 1)

    every = max(1, -(-len(came) // LABELS))
    bars = tuple(
        Bar(
            round(LEFT + n * step + step * 0.14, 1),
            y(count),
            round(step * 0.72, 1),
            round(room * count / top, 1),
            first + timedelta(days=n * each),
            count,
            done[n],
            _short(first + timedelta(days=n * each)) if n % every == 0 else "",
        )
        for n, count in enumerate(came)
    )
    line = " ".join(f"{LEFT + (n + 0.5) * step:.1f},{y(count)}" for n, count in enumerate(done))
    grid = tuple((y(count), count) for count in range(0, top + 1, max(1, top // GRID_LINES)))
    return Trend(bars, line, grid, each)


def _summed(counts: Sequence[int], each: int) -> list[int]:
    return [sum(counts[at : at + each]) for at in range(0, len(counts), each)]


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"
