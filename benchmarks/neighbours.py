"""What a neighbour's report may be the same as, looked up among few and among very many open tickets."""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from benchmarks.candidates import furnished, now
from handlers.understanding.likeness import Telling, likeness
from storage.models import Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group, Kind, SharedThing, TicketState, Trade, Urgency
from storage.writer import Writer

FEW, MANY = 200, 20_000
LOOKUPS = 200
WORDS = "3栋电梯又停了"


def run() -> dict[str, float]:
    """Milliseconds a lookup, with likeness, and how much more the many cost than the few."""
    few, many = (_measure(count) for count in (FEW, MANY))
    return {"few_ms": few, "many_ms": many, "many_to_few": many / few}


def _measure(count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        engine = furnished(f"sqlite:///{Path(folder) / 'neighbours.db'}", people=1)
        writer = Writer(engine, now)
        writer.submit(_open(count)).result()
        took: float = writer.submit(_look_up).result()
        writer.close()
        engine.dispose()
    return took


def _open(count: int) -> Callable[[UnitOfWork], None]:
    """Open tickets of every shared thing in both buildings and in none, all of today."""

    def act(unit: UnitOfWork) -> None:
        things, places = cycle(SharedThing), cycle((1, 2, None))
        for number in range(count):
            unit.tickets.add(
                Ticket(
                    site_id=1,
                    number=number + 1,
                    kind=Kind.REPAIR,
                    trade=Trade.LIFT,
                    urgency=Urgency.NORMAL,
                    words=f"{WORDS} {number}",
                    language="zh_CN",
                    reporter_id=1,
                    chat_id=1,
                    message_id=None,
                    opened_at=unit.now - timedelta(seconds=number % 3600),
                    building_id=next(places),
                    shared=next(things),
                    state=TicketState.ASSIGNED,
                    group=Group.ENGINEERING,
                )
            )

    return act


def _look_up(unit: UnitOfWork) -> float:
    since = unit.now - timedelta(hours=12)
    new = Telling(WORDS, unit.now, 1, 1)

    def look_up() -> None:
        unit.forget()  # another act has none of them in hand
        for found in unit.incidents.list_candidates(1, SharedThing.LIFT, (1, None), since):
            likeness(new, Telling(found.words, found.opened_at, found.chat_id, found.building_id))

    look_up()
    began = time.perf_counter()
    for _ in range(LOOKUPS):
        look_up()
    return (time.perf_counter() - began) / LOOKUPS * 1000


def show(measured: dict[str, float]) -> list[str]:
    """Two lines."""
    return [
        f"{'neighbours: a lookup among 20,000 open, ms':42}{measured['many_ms']:>8.2f}",
        f"{'neighbours: the same to one among 200':42}{measured['many_to_few']:>8.2f}",
    ]
