"""The daily digest and a month's figures over a simulated year on SQLite, and how they grow with the site."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks import year as simulated
from handlers.reports.daily import digest_of
from handlers.reports.measuring import measure
from storage.engine import open_engine
from storage.fresh import make_schema
from storage.repositories.scopes import Scope
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

SIZES = (10_000, 60_000, 180_000)
TIMES = 7
EVENING = datetime(2026, 10, 15, 18, tzinfo=simulated.ZONE)
MONTH = Scope(Sight(1), datetime(2026, 10, 1, tzinfo=simulated.ZONE), datetime(2026, 11, 1, tzinfo=simulated.ZONE))


def run() -> dict[str, dict[str, float]]:
    """Milliseconds, medians, by how many tickets the year had."""
    return {str(size): _measure(size) for size in SIZES}


def show(measured: dict[str, dict[str, float]]) -> list[str]:
    """Two lines for each size."""
    return [
        f"{f'{label}, {int(size):,} tickets, ms':42}{took[key]:>8.1f}"
        for size, took in measured.items()
        for label, key in (("digest of a day", "digest_ms"), ("figures of a month", "month_ms"))
    ]


def _measure(size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'year.db'}")
        make_schema(engine)
        simulated.write(engine, simulated.plan(size))
        writer = Writer(engine, lambda: EVENING)
        try:
            return {"digest_ms": _median(writer, _digest), "month_ms": _median(writer, _month)}
        finally:
            writer.close()
            engine.dispose()


def _median(writer: Writer, look: Callable[[UnitOfWork], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        writer.read_now(look)
        took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 1)


def _digest(unit: UnitOfWork) -> object:
    return digest_of(unit, unit.sites.get(1), EVENING - timedelta(days=1), EVENING, date(2026, 10, 15))


def _month(unit: UnitOfWork) -> object:
    return measure(unit, unit.sites.get(1), MONTH)
