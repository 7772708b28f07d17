"""Races between real processes: each runs one of these functions on its own connection to the same database."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context

from storage.engine import open_engine
from storage.repositories.outbox import Ending
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import OutboxState
from storage.writer import Writer
from tests.claiming import claim


def now() -> datetime:
    """The real time, since the racers share no clock of ours."""
    return datetime.now(UTC)


def race(runner: Callable[..., list[int]], url: str, count: int, *arguments: object) -> list[list[int]]:
    """What each of `count` processes brings home."""
    with get_context("spawn").Pool(count) as pool:
        runs = [pool.apply_async(runner, (url, f"racer {i}", *arguments)) for i in range(count)]
        return [run.get(timeout=120) for run in runs]


def numbers(url: str, name: str, sites: Sequence[int], each: int) -> list[int]:
    """Take numbers of all sites in turn; every seventh act fails after it took its number."""
    writer = Writer(open_engine(url), now)
    taken: list[int] = []

    def take(unit: UnitOfWork, turn: int) -> int:
        number = unit.sites.take_number(sites[turn % len(sites)])
        # Another order in every process, which would deadlock if they were not served in turn.
        unit.sites.take_number(sites[(turn + len(name)) % len(sites)])
        if turn % 7 == 0:
            raise ValueError("changed my mind")
        return number

    futures = [writer.submit(partial(take, turn=turn)) for turn in range(each)]
    for future in futures:
        error = future.exception(timeout=60)
        assert error is None or isinstance(error, ValueError), error
        if error is None:
            taken.append(future.result())
    writer.close()
    return taken


def claims(url: str, name: str, seconds: float) -> list[int]:
    """Claim and send until nothing waits; ids as claimed, twice if twice."""
    writer = Writer(open_engine(url), now)
    claimed: list[int] = []

    def take(unit: UnitOfWork) -> list[int]:
        until = unit.now + timedelta(minutes=1)
        return [due.id for due in claim(unit, name, until, {"memory": 8})]

    def end(unit: UnitOfWork, ids: Sequence[int]) -> None:
        unit.outbox.end([Ending(row_id, OutboxState.SENT, receipt=name) for row_id in ids], name, unit.now)

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and writer.read_now(lambda unit: sum(unit.traffic.waiting().outbox.values())):
        ids = writer.submit(take).result(30)
        claimed += ids
        writer.submit(partial(end, ids=ids)).result(30)
    writer.close()
    return claimed
