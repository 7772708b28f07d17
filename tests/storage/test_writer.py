"""The writer: acts share a commit, and each is whole or not at all."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.models import Site
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Lane
from storage.writer import StorageUnavailable, Writer
from tests.storage.cast import Cast


def opens(name: str) -> Callable[[UnitOfWork], str]:
    """An act that opens a site of that name."""

    def act(unit: UnitOfWork) -> str:
        unit.sites.add(Site(name=name, timezone="UTC", language="en", emergency_number="112"))
        return name

    return act


def names(unit: UnitOfWork) -> list[str]:
    """Every site there is."""
    return [site.name for site in unit.sites.list_all()]


@contextmanager
def busy(writer: Writer) -> Iterator[None]:
    """The writer is held up inside an act, so that what is submitted meanwhile becomes one batch."""
    entered, leave = threading.Event(), threading.Event()

    def hold(_: UnitOfWork) -> None:
        entered.set()
        leave.wait(10)

    held = writer.submit(hold)
    entered.wait(10)
    try:
        yield
    finally:
        leave.set()
        held.result(10)


def test_an_act_answers_only_after_its_commit(writer: Writer) -> None:
    assert writer.submit(opens("North")).result(10) == "North"
    assert writer.read_now(names) == ["North"]


def test_acts_that_wait_share_one_commit_in_the_order_they_came(writer: Writer) -> None:
    with busy(writer):
        futures = [writer.submit(opens(f"House {i}")) for i in range(20)]
    assert [future.result(10) for future in futures] == [f"House {i}" for i in range(20)]
    assert writer.read_now(names) == [f"House {i}" for i in range(20)]


def test_a_poison_act_leaves_its_thirty_one_neighbours_whole(writer: Writer) -> None:
    def poison(unit: UnitOfWork) -> None:
        opens("half of a poison act")(unit)
        raise ValueError("no such house")

    with busy(writer):
        futures = [writer.submit(opens(f"House {i}")) for i in range(15)]
        poisoned = writer.submit(poison)
        futures += [writer.submit(opens(f"House {i}")) for i in range(15, 31)]
    assert [future.result(10) for future in futures] == [f"House {i}" for i in range(31)]
    with pytest.raises(ValueError, match="no such house"):
        poisoned.result(10)
    assert writer.read_now(names) == [f"House {i}" for i in range(31)]


@pytest.mark.parametrize("text", ["\ud800", "\x00", "x" * 3])
def test_a_constraint_or_a_character_no_database_holds_is_that_acts_own_failure(
    writer: Writer, engine: Engine, text: str
) -> None:
    writer.submit(opens("xxx")).result(10)
    with busy(writer):
        poisoned = writer.submit(opens(text))
        fine = writer.submit(opens("fine"))
    if text == "\x00" and engine.dialect.name == "sqlite":
        poisoned.result(10)  # SQLite does keep a NUL; the inbox takes it out before it comes here
    else:
        with pytest.raises(Exception) as caught:
            poisoned.result(10)
        assert not isinstance(caught.value, StorageUnavailable)
    assert fine.result(10) == "fine"


def test_two_sites_of_one_name_is_an_integrity_error_of_the_second(writer: Writer) -> None:
    writer.submit(opens("North")).result(10)
    with busy(writer):
        second, third = writer.submit(opens("North")), writer.submit(opens("South"))
    with pytest.raises(IntegrityError):
        second.result(10)
    assert third.result(10) == "South"


def test_an_act_that_swallows_a_database_error_fails_alone(writer: Writer) -> None:
    writer.submit(opens("North")).result(10)

    def careless(unit: UnitOfWork) -> None:
        try:
            opens("North")(unit)
        except IntegrityError:
            return

    with busy(writer):
        swallowed, fine = writer.submit(careless), writer.submit(opens("South"))
    with pytest.raises(Exception):  # noqa: B017 -- SQLAlchemy's word for a savepoint that is gone
        swallowed.result(10)
    assert fine.result(10) == "South"


def test_an_act_that_swallows_what_broke_the_transaction_fails_alone(
    writer: Writer, engine: Engine, cast: Cast
) -> None:
    def careless(unit: UnitOfWork) -> None:
        try:
            unit.outbox.add(**cast.message(unit.now, chat=999_999))
        except IntegrityError:
            return

    with busy(writer):
        before, swallowed, after = (writer.submit(act) for act in (opens("North"), careless, opens("South")))
    assert (before.result(10), after.result(10)) == ("North", "South")
    if engine.dialect.name == "postgresql":  # SQLite forgives the statement and keeps the transaction
        with pytest.raises(DBAPIError):
            swallowed.result(10)


def test_a_lone_act_that_swallows_a_failed_flush_is_not_told_that_it_was_kept(writer: Writer) -> None:
    writer.submit(opens("North")).result(10)

    def careless(unit: UnitOfWork) -> None:
        opens("South")(unit)
        try:
            opens("North")(unit)
        except IntegrityError:
            return

    assert writer.submit(careless).exception(10) is not None
    assert writer.read_now(names) == ["North"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_lone_act_that_swallows_a_failed_statement_is_not_told_that_it_was_kept(writer: Writer, cast: Cast) -> None:
    def careless(unit: UnitOfWork) -> None:
        opens("South")(unit)
        try:
            unit.outbox.add(**cast.message(unit.now, chat=999_999))
        except IntegrityError:
            return

    assert writer.submit(careless).exception(10) is not None
    assert writer.read_now(names) == ["Harbour Court"]


def test_many_acts_that_fail_in_one_batch_cost_two_runs_not_many(writer: Writer) -> None:
    runs: list[int] = []

    def fails(_: UnitOfWork) -> None:
        runs.append(1)
        raise ValueError

    with busy(writer):
        failing = [writer.submit(fails) for _ in range(15)]
        fine = [writer.submit(opens(f"House {i}")) for i in range(15)]
    assert all(isinstance(act.exception(10), ValueError) for act in failing)
    assert [act.result(10) for act in fine] == [f"House {i}" for i in range(15)]
    assert len(runs) == 16


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), StopIteration("end"), asyncio.CancelledError()])
async def test_whatever_an_act_raises_its_caller_hears_and_the_writer_lives(
    writer: Writer, error: BaseException
) -> None:
    def act(_: UnitOfWork) -> None:
        raise error

    with pytest.raises(RuntimeError, match=type(error).__name__):
        await asyncio.wait_for(writer.run(act), 10)
    assert await writer.run(opens("North")) == "North"


async def test_a_cancelled_caller_does_not_stop_the_writer(writer: Writer) -> None:
    entered, leave = threading.Event(), threading.Event()

    def slow(unit: UnitOfWork) -> None:
        entered.set()
        leave.wait(10)

    running = asyncio.create_task(writer.run(slow))
    await asyncio.to_thread(entered.wait, 10)
    waiting = asyncio.create_task(writer.run(opens("taken back")))
    await asyncio.sleep(0)
    running.cancel()
    waiting.cancel()
    await asyncio.sleep(0)
    leave.set()
    assert await writer.run(opens("North")) == "North"
    assert await writer.read(names) == ["North"]


def test_closing_finishes_what_is_queued_and_then_refuses(writer: Writer) -> None:
    with busy(writer):
        futures = [writer.submit(opens(f"House {i}")) for i in range(70)]
        closing = threading.Thread(target=writer.close)
        closing.start()
    closing.join(10)
    assert [future.result(0) for future in futures] == [f"House {i}" for i in range(70)]
    with pytest.raises(StorageUnavailable):
        writer.submit(names)


def test_closing_while_ten_threads_submit_leaves_no_act_unanswered(writer: Writer) -> None:
    answered: list[Any] = []

    def submits() -> None:
        while True:
            try:
                answered.append(writer.submit(lambda unit: None))
            except StorageUnavailable:
                return

    threads = [threading.Thread(target=submits) for _ in range(10)]
    for thread in threads:
        thread.start()
    writer.close()
    for thread in threads:
        thread.join(10)
    assert all(future.done() for future in answered)


def test_a_listener_hears_after_the_commit_and_may_submit(writer: Writer, cast: Cast) -> None:
    heard: list[Signal] = []
    seen = threading.Event()

    def listener(signal: Signal) -> None:
        heard.append(signal)
        assert len(writer.read_now(lambda unit: unit.outbox.list_waiting(cast.duty, "NewTicket", Lane.NORMAL))) == 1
        writer.submit(lambda unit: seen.set())

    writer.on_signal(listener)
    writer.submit(lambda unit: unit.outbox.add(**cast.message(unit.now))).result(10)
    assert seen.wait(10)
    assert heard == [Signal.OUTBOX]


def test_a_listener_that_fails_stops_nobody(writer: Writer, cast: Cast) -> None:
    heard: list[Signal] = []

    def broken(_: Signal) -> None:
        raise ZeroDivisionError

    writer.on_signal(broken)
    writer.on_signal(heard.append)
    writer.submit(lambda unit: unit.outbox.add(**cast.message(unit.now))).result(10)
    writer.submit(opens("North")).result(10)
    assert heard == [Signal.OUTBOX]


def test_an_act_rolled_back_signals_nothing(writer: Writer, cast: Cast) -> None:
    heard: list[Signal] = []
    writer.on_signal(heard.append)

    def act(unit: UnitOfWork) -> None:
        unit.outbox.add(**cast.message(unit.now))
        raise ValueError

    with pytest.raises(ValueError):
        writer.submit(act).result(10)
    writer.submit(names).result(10)
    assert heard == []


def test_one_who_only_looks_may_not_write_and_waits_for_nobody(writer: Writer) -> None:
    with busy(writer):
        assert writer.read_now(names) == []
        with pytest.raises(Exception, match=r"(?i)read-?only"):
            writer.read_now(opens("North"))
    assert writer.submit(opens("North")).result(10) == "North"


def test_one_who_looks_sees_one_moment(writer: Writer) -> None:
    def look(unit: UnitOfWork) -> tuple[list[str], list[str]]:
        before = names(unit)
        writer.submit(opens("North")).result(10)
        return before, names(unit)

    assert writer.read_now(look) == ([], [])
