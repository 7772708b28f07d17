"""Inbox and outbox outlive whatever breaks in one of their rounds."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from structlog.testing import capture_logs

import bot.inbox
import bot.outbox
from storage.repositories.inbox import Raw
from storage.vocabulary import InboxState
from tests.world import World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LEAK = "3栋1202水管漏水了,请派人来修"


class Breaks:
    """Stands before a method and raises the first time."""

    def __init__(self, method: Callable[..., Any], error: Exception) -> None:
        self.method, self.error, self.calls = method, error, 0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.calls += 1
        if self.calls == 1:
            raise self.error
        return self.method(*arguments, **named)


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """A stage."""
    stage = World(engine)
    yield stage
    stage.ends()


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.inbox, "PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(bot.outbox, "BROKEN_SECONDS", 0.05)


def played(world: World, is_so: Callable[[], bool]) -> bool:
    """Run both loops on the wall clock until it is so, at most five seconds."""

    async def play() -> bool:
        world.lobby.wake.attach()
        loops = [asyncio.create_task(loop()) for loop in (world.lobby.inbox.run, world.lobby.outbox.run)]
        for _ in range(100):
            await asyncio.sleep(0.05)
            if is_so():
                break
        assert not any(loop.done() for loop in loops)
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        return is_so()

    return world.runner.run(play())


def tells(world: World, text: str = LEAK) -> None:
    """Ann writes while nobody listens."""
    message = world.person("Ann").message(world.room, text)
    world.runner.run(world.lobby.inbox.store("memory", [world.raw(message)]))


def test_the_inbox_goes_on_after_a_round_that_broke(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.lobby.inbox, "work", Breaks(world.lobby.inbox.work, ZeroDivisionError("nobody foresaw")))
    tells(world)
    with capture_logs() as logs:
        assert played(world, lambda: world.engineering.hears("水管漏水"))
    assert "inbox_round_broke" in [entry["event"] for entry in logs]


def test_the_outbox_goes_on_after_a_round_that_broke(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        world.lobby.outbox, "work", Breaks(world.lobby.outbox.work, ZeroDivisionError("nobody foresaw"))
    )
    tells(world)
    with capture_logs() as logs:
        assert played(world, lambda: world.engineering.hears("水管漏水"))
    assert "outbox_round_broke" in [entry["event"] for entry in logs]


def test_an_update_its_reader_breaks_on_is_set_aside_and_holds_up_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = world.channel.read

    def reads(update: dict[str, Any]) -> Any:
        if "poison" in update:
            raise AssertionError("a mistake of ours")
        return real(update)

    monkeypatch.setattr(world.channel, "read", reads)
    world.runner.run(world.lobby.inbox.store("memory", [Raw("poison", '{"poison": 1}')]))
    tells(world)
    assert played(world, lambda: world.engineering.hears("水管漏水"))
    (failed,) = world.look(lambda unit: unit.inbox.list_failed(10))
    assert (failed.key, failed.state, failed.reason) == ("poison", InboxState.FAILED, "unreadable: AssertionError")


class Asleep(Exception):
    """The loop thinks that nothing is left to do."""


def test_an_unreadable_update_in_a_full_batch_puts_nobody_to_sleep(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def falls_asleep(*_: object) -> None:
        raise Asleep

    ann = world.person("Ann")
    batch = [world.raw(ann.message(world.room, "good morning everyone")) for _ in range(3 * bot.inbox.BATCH)]
    for first in range(0, len(batch), bot.inbox.BATCH):
        batch[first] = Raw(f"nonsense {first}", '{"what": 1}')
    world.runner.run(world.lobby.inbox.store("memory", batch))
    monkeypatch.setattr(world.lobby.wake, "wait", falls_asleep)
    with pytest.raises(Asleep):
        world.runner.run(world.lobby.inbox.run())
    assert world.look(lambda unit: unit.traffic.waiting().inbox) == 0
