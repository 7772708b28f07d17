"""Databases that fail: locked, full, killed, silent. An act is tried again whole, or its caller hears of it."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm.exc import StaleDataError

from storage import writer as writer_module
from storage.engine import open_engine
from storage.unit_of_work import UnitOfWork
from storage.writer import StorageUnavailable, Writer
from tests.conftest import Clock
from tests.storage.test_writer import busy, names, opens

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
postgresql_only = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@contextmanager
def impatient(url: str, clock: Clock) -> Iterator[Writer]:
    """A writer that does not wait long for a locked file."""
    engine = open_engine(url, busy_seconds=0.1)
    writer = Writer(engine, clock)
    try:
        yield writer
    finally:
        writer.close()
        engine.dispose()


@contextmanager
def locked(url: str) -> Iterator[sqlite3.Connection]:
    """Another process holds the file's write lock."""
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.rollback()
        other.close()


@sqlite_only
def test_a_file_locked_for_longer_than_our_patience_fails_every_act_and_then_heals(
    database_url: str, clock: Clock
) -> None:
    with impatient(database_url, clock) as writer:
        with locked(database_url):
            acts = [writer.submit(opens(f"House {i}")) for i in range(40)]
            assert all(isinstance(act.exception(20), StorageUnavailable) for act in acts)
            assert writer.read_now(names) == []  # who only looks is not locked out
        assert writer.submit(opens("North")).result(10) == "North"
        assert writer.read_now(names) == ["North"]


@sqlite_only
def test_a_file_locked_for_ten_tries_of_the_driver_costs_only_time(database_url: str, clock: Clock) -> None:
    """Ten seconds of another's lock against five of busy timeout, on a scale of one to ten."""
    engine = open_engine(database_url, busy_seconds=0.5)
    writer = Writer(engine, clock)
    with locked(database_url):
        acts = [writer.submit(opens(f"House {i}")) for i in range(40)]
        time.sleep(1.0)
    assert [act.result(10) for act in acts] == [f"House {i}" for i in range(40)]
    writer.close()
    engine.dispose()


@sqlite_only
def test_a_full_disk_fails_what_does_not_fit_keeps_what_was_and_heals(
    database_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "PAUSE", 0.01)
    with impatient(database_url, clock) as writer:
        writer.submit(opens("North")).result(10)

        def fills(unit: UnitOfWork) -> None:
            pages = unit.session.connection().exec_driver_sql("PRAGMA page_count").scalar()
            unit.session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        writer.submit(fills).result(10)
        with busy(writer):
            small = [writer.submit(lambda unit: None) for _ in range(3)]
            large = writer.submit(opens("x" * 100_000))
            small += [writer.submit(lambda unit: None) for _ in range(3)]
        assert isinstance(large.exception(20), StorageUnavailable)
        assert [act.result(10) for act in small] == [None] * 6
        assert writer.read_now(names) == ["North"]

        writer.submit(
            lambda unit: unit.session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000").scalar()
        ).result(10)
        writer.submit(opens("x" * 100_000)).result(10)
        assert len(writer.read_now(names)) == 2
    with sqlite3.connect(database_url.removeprefix("sqlite:///")) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@sqlite_only
def test_an_act_that_swallows_a_full_disk_is_blamed_and_its_neighbours_are_whole(
    database_url: str, clock: Clock
) -> None:
    with impatient(database_url, clock) as writer:

        def swallows(unit: UnitOfWork) -> None:
            connection = unit.session.connection()
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            try:
                opens("x" * 100_000)(unit)
            except Exception:
                connection.exec_driver_sql("PRAGMA max_page_count = 1000000")

        with busy(writer):
            before, careless, after = (writer.submit(act) for act in (opens("North"), swallows, opens("South")))
        assert (before.result(10), after.result(10)) == ("North", "South")
        assert careless.exception(10) is not None
        assert writer.read_now(names) == ["North", "South"]


def kills_its_own_backend_once() -> Callable[[UnitOfWork], str]:
    """An act during which an operator ends the session it runs in, the first time."""
    killed = threading.Event()

    def act(unit: UnitOfWork) -> str:
        opens("half")(unit)
        if not killed.is_set():
            killed.set()
            unit.session.connection().exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        return "tried again"

    return act


@postgresql_only
def test_a_backend_killed_in_the_middle_of_a_batch_costs_only_time(writer: Writer) -> None:
    with busy(writer):
        acts = [writer.submit(opens(f"House {i}")) for i in range(10)]
        killer = writer.submit(kills_its_own_backend_once())
        acts += [writer.submit(opens(f"House {i}")) for i in range(10, 20)]
    assert killer.result(10) == "tried again"
    assert [act.result(10) for act in acts] == [f"House {i}" for i in range(20)]
    assert sorted(writer.read_now(names)) == sorted([f"House {i}" for i in range(20)] + ["half"])


@postgresql_only
@pytest.mark.parametrize("kept", [True, False])
def test_a_commit_whose_answer_was_lost_is_asked_about_and_never_done_twice(
    writer: Writer, engine: Engine, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    """The line breaks just before, or just after, the server heard COMMIT."""
    commit: Callable[[Any], None] = engine.dialect.do_commit
    broken: list[Any] = []
    runs: list[str] = []

    def breaks(connection: Any) -> None:
        if broken or not runs:
            commit(connection)
            return
        broken.append(connection)
        if kept:
            commit(connection)
        connection.driver_connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    def act(unit: UnitOfWork) -> str:
        runs.append("run")
        return opens(f"House {len(runs)}")(unit)

    monkeypatch.setattr(engine.dialect, "do_commit", breaks)
    answer = writer.submit(act).result(10)
    assert broken
    assert answer == ("House 1" if kept else "House 2")
    assert writer.read_now(names) == [answer]


@pytest.mark.parametrize("code", ["40001", "40P01", "57014", "53300", "55P03"])
@postgresql_only
def test_what_the_server_asks_to_try_again_is_tried_again(writer: Writer, code: str) -> None:
    runs: list[int] = []

    def act(unit: UnitOfWork) -> str:
        runs.append(1)
        opens("North")(unit)
        if len(runs) < 3:
            unit.session.connection().exec_driver_sql(f"DO $$ BEGIN RAISE SQLSTATE '{code}'; END $$")
        return "North"

    assert writer.submit(act).result(10) == "North"
    assert len(runs) == 3


def test_an_act_that_breaks_the_database_each_time_is_given_up_alone(writer: Writer) -> None:
    def cursed(unit: UnitOfWork) -> None:
        raise StaleDataError("somebody else was first, again and again")

    with busy(writer):
        acts = [writer.submit(act) for act in (opens("North"), cursed, opens("South"))]
    assert acts[0].result(10) == "North"
    assert isinstance(acts[1].exception(10), StorageUnavailable)
    assert acts[2].result(10) == "South"
    assert writer.read_now(names) == ["North", "South"]


@pytest.mark.parametrize(
    "statement",
    ["SELEKT 1", "SELECT * FROM no_such_table", "INSERT INTO site (id) VALUES (1)"],
)
def test_a_mistake_in_an_act_is_not_taken_for_the_databases(writer: Writer, statement: str) -> None:
    runs: list[int] = []

    def act(unit: UnitOfWork) -> None:
        runs.append(1)
        unit.session.connection().exec_driver_sql(statement)

    error = writer.submit(act).exception(10)
    assert error is not None
    assert not isinstance(error, StorageUnavailable)
    assert len(runs) == 2  # once with its neighbours, once in a savepoint of its own


def test_a_database_that_is_not_there_is_unavailable_not_a_crash(tmp_path: Path, clock: Clock) -> None:
    writer = Writer(open_engine(f"sqlite:///{tmp_path / 'no such folder' / 'lobby.db'}"), clock)
    with pytest.raises(StorageUnavailable):
        writer.submit(names).result(10)
    with pytest.raises(StorageUnavailable):
        writer.read_now(names)
    writer.close()


def test_no_ones_words_are_in_an_error(writer: Writer) -> None:
    writer.submit(opens("Mei, 13800138000")).result(10)
    error = writer.submit(opens("Mei, 13800138000")).exception(10)
    assert error is not None
    assert "hide_parameters" in str(error)
