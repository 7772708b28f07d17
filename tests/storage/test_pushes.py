"""Pushes: planned once, fired once, whoever's clock ticks."""

from datetime import timedelta

import pytest

from storage.engine import open_engine
from storage.models import Push
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import PushState
from storage.writer import Writer
from tests.conftest import Clock
from tests.storage.cast import Cast


def plans(writer: Writer, key: str, clock: Clock, **later: float) -> None:
    """A digest is planned under that key."""
    writer.submit(lambda unit: unit.pushes.plan("digest", key, clock() + timedelta(**later))).result(10)


def due(writer: Writer) -> list[int]:
    """What is due now."""
    return list(writer.read_now(lambda unit: unit.pushes.list_due(unit.now, 100)))


def pushes_due(writer: Writer) -> list[Push]:
    """The same, as rows."""
    return writer.read_now(lambda unit: [unit.pushes.get(push_id) for push_id in unit.pushes.list_due(unit.now, 9)])


def test_a_key_is_planned_once_and_stays_as_it_was_planned_first(writer: Writer, clock: Clock) -> None:
    plans(writer, "digest:1:2026-03-02", clock, hours=1)
    plans(writer, "digest:1:2026-03-02", clock, hours=5)
    assert writer.read_now(lambda unit: unit.pushes.find_next_due()) == clock() + timedelta(hours=1)
    clock.passes(hours=6)
    assert len(due(writer)) == 1


def test_what_is_due_comes_earliest_first_and_not_before_its_time(writer: Writer, clock: Clock) -> None:
    for key, hours in (("late", 3), ("early", 1), ("middle", 2)):
        plans(writer, key, clock, hours=hours)
    assert due(writer) == []
    clock.passes(hours=2)
    assert [push.key for push in pushes_due(writer)] == ["early", "middle"]


def test_two_clocks_fire_it_once(writer: Writer, database_url: str, clock: Clock) -> None:
    plans(writer, "k", clock)
    (push_id,) = due(writer)
    other = Writer(open_engine(database_url), clock)
    claims = [each.submit(lambda unit: unit.pushes.claim(push_id, unit.now)) for each in (writer, other) * 10]
    assert sum(claim.result(10) is not None for claim in claims) == 1
    other.close()
    assert due(writer) == []


def test_a_push_whose_act_fails_is_due_again_until_it_has_failed_too_often(writer: Writer, clock: Clock) -> None:
    plans(writer, "k", clock)
    (push_id,) = due(writer)

    def fires_and_breaks(unit: UnitOfWork) -> None:
        assert unit.pushes.claim(push_id, unit.now) is not None
        raise ValueError("no such building")

    for _ in range(3):
        assert due(writer) == [push_id]
        with pytest.raises(ValueError, match="no such building"):
            writer.submit(fires_and_breaks).result(10)
        writer.submit(lambda unit: unit.pushes.fail(push_id, "ValueError", tries=3)).result(10)
    failed = writer.read_now(lambda unit: unit.pushes.get(push_id))
    assert (failed.state, failed.attempts, failed.reason) == (PushState.FAILED, 3, "ValueError")


def test_a_tickets_pushes_are_cancelled_by_kind(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> None:
        opened = unit.tickets.add(cast.ticket(1001, unit.now))
        for kind in ("callback", "reminder"):
            unit.pushes.plan(kind, f"{kind}:{opened.id}", unit.now, ticket_id=opened.id)
        unit.pushes.cancel("callback", opened.id)

    heard: list[Signal] = []
    writer.on_signal(heard.append)
    writer.submit(act).result(10)
    kinds = writer.read_now(
        lambda unit: [unit.pushes.get(push_id).kind for push_id in unit.pushes.list_due(unit.now, 9)]
    )
    assert kinds == ["reminder"]
    writer.submit(lambda unit: None).result(10)
    assert heard == [Signal.PUSHES]
