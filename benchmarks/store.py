"""The store alone: how many whole acts a second become durable on SQLite, together and one by one."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.candidates import furnished, now
from storage.repositories.inbox import Raw
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

ACTS = 2000
LONE = 200


def run() -> dict[str, float]:
    """Acts a second: each keeps one update, takes a ticket number and says one thing."""
    with tempfile.TemporaryDirectory() as folder:
        engine = furnished(f"sqlite:///{Path(folder) / 'store.db'}", people=1)
        writer = Writer(engine, now)
        began = time.perf_counter()
        for future in [writer.submit(_act(number)) for number in range(ACTS)]:
            future.result()
        together = ACTS / (time.perf_counter() - began)
        began = time.perf_counter()
        for number in range(ACTS, ACTS + LONE):
            writer.submit(_act(number)).result()
        alone = LONE / (time.perf_counter() - began)
        writer.close()
        engine.dispose()
    return {"acts_per_s": together, "lone_acts_per_s": alone}


def _act(number: int) -> Callable[[UnitOfWork], None]:
    def act(unit: UnitOfWork) -> None:
        unit.inbox.store("telegram_rooms", [Raw(str(number), "{}")], unit.now)
        unit.sites.take_number(1)
        unit.outbox.say(
            chat_id=1, notification="Reaction", payload="", language="", created_at=unit.now, due_at=unit.now
        )

    return act


def show(measured: dict[str, float]) -> list[str]:
    """Two lines."""
    return [
        f"{'store: acts a second, together':42}{measured['acts_per_s']:>8.0f}",
        f"{'store: acts a second, one commit each':42}{measured['lone_acts_per_s']:>8.0f}",
    ]
