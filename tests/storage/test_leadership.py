"""Leadership: one seat, two processes, and a leader that dies or loses its session."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.engine import open_engine
from storage.leadership import Leadership
from storage.session_seat import LEADERS_SEAT

PATIENCE = 10.0
"""Seconds: a machine busy with other tests answers late, and has not lost the seat for that."""

_LEADS_UNTIL_KILLED = """
import sys, time
from storage.engine import open_engine
from storage.leadership import Leadership
leadership = Leadership(open_engine(sys.argv[1]))
print(leadership.try_lead(), flush=True)
time.sleep(60)
"""


@contextmanager
def another_process_leads(url: str) -> Iterator[subprocess.Popen[str]]:
    """A second process takes the seat and sits there."""
    command = [sys.executable, "-c", _LEADS_UNTIL_KILLED, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "True"
            yield process
        finally:
            process.kill()


def soon(question: Callable[[], bool], within: float = 5) -> bool:
    """Whether it becomes true in time: PostgreSQL frees a seat when it notices that the session has ended."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def first(engine: Engine) -> Iterator[Leadership]:
    leadership = Leadership(engine, PATIENCE)
    yield leadership
    leadership.resign()


@pytest.fixture
def second(engine: Engine) -> Iterator[Leadership]:
    leadership = Leadership(engine, PATIENCE)
    yield leadership
    leadership.resign()


def test_only_one_of_two_leads_and_the_other_follows_when_it_resigns(first: Leadership, second: Leadership) -> None:
    assert first.try_lead()
    assert not second.try_lead()
    assert (first.is_leading(), second.is_leading()) == (True, False)
    first.resign()
    assert not first.is_leading()
    assert soon(second.try_lead)


def test_asking_twice_does_not_take_the_seat_twice(first: Leadership, second: Leadership) -> None:
    assert first.try_lead()
    assert first.try_lead()
    first.resign()
    assert soon(second.try_lead)


def test_resigning_without_the_seat_is_harmless(first: Leadership, second: Leadership) -> None:
    assert first.try_lead()
    second.resign()
    assert first.is_leading()


def test_a_seat_taken_in_one_thread_is_ours_in_another(first: Leadership, second: Leadership) -> None:
    threads = [threading.Thread(target=first.try_lead), threading.Thread(target=first.resign)]
    threads[0].start()
    threads[0].join()
    assert first.is_leading()
    assert not second.try_lead()
    threads[1].start()
    threads[1].join()
    assert second.try_lead()


def test_a_killed_leader_is_followed_at_once(database_url: str, first: Leadership) -> None:
    with another_process_leads(database_url) as process:
        assert not first.try_lead()
        process.kill()
        assert soon(first.try_lead)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_leader_whose_session_was_ended_knows_it(first: Leadership, second: Leadership, engine: Engine) -> None:
    assert first.try_lead()
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = {LEADERS_SEAT}"
        )
    assert soon(second.try_lead)
    assert not first.is_leading()
    assert not first.try_lead()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_says_nothing_is_given_up_in_bounded_time(engine: Engine) -> None:
    leadership = Leadership(engine, check_seconds=0.3)
    assert leadership.try_lead()
    with engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE pg_catalog.pg_database IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        assert not leadership.is_leading()
        assert time.monotonic() - started < 2
    leadership.resign()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_leader_whose_lock_file_was_deleted_steps_down(first: Leadership, database_url: str) -> None:
    assert first.try_lead()
    Path(f"{database_url.removeprefix('sqlite:///')}.leader").unlink()
    assert not first.is_leading()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lock_file_that_was_replaced_leads_nobody_but_who_locked_the_new_one(
    first: Leadership, second: Leadership, database_url: str
) -> None:
    assert first.try_lead()
    Path(f"{database_url.removeprefix('sqlite:///')}.leader").unlink()
    assert second.try_lead()
    assert (first.is_leading(), first.try_lead(), second.is_leading()) == (False, False, True)


def test_two_databases_have_two_leaders(first: Leadership, tmp_path: Path) -> None:
    other = Leadership(open_engine(f"sqlite:///{tmp_path / 'other.db'}"))
    assert first.try_lead()
    assert other.try_lead()
    other.resign()
