"""What an act leaves to be said is claimed in its own commit: whatever breaks on the way, each row ends once."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.channels.refusals import Refusal
from bot.endings import Endings
from handlers.cards import CARD
from storage.repositories.claims import Claims
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork
from storage.writer import StorageUnavailable, Writer
from tests.claiming import claim
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """A stage on which inbox and outbox run by themselves."""
    stage = World(engine)
    yield stage
    stage.ends()


def play(world: World, then: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Both loops run while something happens, and stop as they do at the end of a process."""

    async def act() -> None:
        world.lobby.wake.attach()
        loops = [asyncio.create_task(loop()) for loop in (world.lobby.outbox.run, world.lobby.inbox.run)]
        try:
            await until(lambda: world.lobby.outbox._is_running and world.lobby.outbox._has_inherited)
            await then()
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)

    world.runner.run(act())


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for what the loops do."""
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 -- what is waited for is in a database
            await asyncio.sleep(0.005)


async def says(world: World, *names: str) -> None:
    """These people report their leak, in one batch."""
    batch = [world.raw(world.person(name).message(world.room, f"{LEAK} {name}")) for name in names]
    await world.lobby.inbox.store("memory", batch)


def nothing_waits(world: World) -> bool:
    """Whether every row has ended."""
    return sum(world.look(lambda unit: unit.traffic.waiting().outbox.values())) == 0


def test_a_claim_shares_the_commit_of_the_acts_before_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rides: list[int] = []
    real = Writer.run_all

    async def counted(self: Writer, acts: Any) -> Any:
        rides.append(len(acts))
        return await real(self, acts)

    monkeypatch.setattr(Writer, "run_all", counted)

    async def then() -> None:
        await until(lambda: world.lobby.outbox._claim is None)
        rides.clear()
        await world.lobby.outbox.run_and_claim([lambda unit: None])
        assert 2 in rides  # the act and the claim of what it left

    play(world, then)


def test_a_claim_that_breaks_undoes_no_report(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real, broken = Claims.take, iter([RuntimeError("broken"), StorageUnavailable("away")])

    def breaks(self: Claims, *args: Any) -> Any:
        error = next(broken, None)
        if error is not None and args[2]:
            raise error
        return real(self, *args)

    async def then() -> None:
        monkeypatch.setattr(Claims, "take", breaks)
        await says(world, "Ann", "Bob")
        await until(lambda: len(world.engineering.texts) == 2 and nothing_waits(world))

    play(world, then)
    assert [ticket.number for ticket in world.tickets] == [1001, 1002]
    assert len(world.room.texts) == 2


def test_acts_a_writer_does_not_take_are_not_said_to_have_ended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: Writer, acts: Any) -> Any:
        raise StorageUnavailable("the writer is closed")

    async def then() -> None:
        await until(lambda: world.lobby.outbox._claim is None)
        with monkeypatch.context() as closed:
            closed.setattr(Writer, "submit_all", away)
            with pytest.raises(StorageUnavailable):
                await world.lobby.outbox.run_and_claim([lambda unit: None])
        await says(world, "Ann")
        await until(lambda: len(world.engineering.texts) == 1 and nothing_waits(world))

    play(world, then)


def test_a_report_that_breaks_holds_back_no_other_and_no_claim(world: World) -> None:
    async def then() -> None:
        await says(world, "Ann", "Mallory", "Bob")
        await until(lambda: len(world.engineering.texts) == 2 and nothing_waits(world))

    with world.broken("Mallory"):
        play(world, then)
    assert len(world.room.texts) == 2


def test_a_stop_in_the_middle_leaves_nothing_claimed_and_unsent(world: World) -> None:
    async def then() -> None:
        await says(world, *(f"T{n}" for n in range(20)))
        await until(lambda: len(world.engineering.texts) >= 1)

    play(world, then)
    rows = world.look(lambda unit: unit.outbox.list_expired(unit.now + timedelta(days=1)))
    assert rows == []
    world.settles()
    assert len(world.engineering.texts) == 20
    assert len(world.room.texts) == 20


def test_what_follows_from_one_row_breaks_and_the_others_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Endings.write

    def breaks(self: Endings, unit: UnitOfWork, ended: Any) -> None:
        if any(sent.due.notification == CARD for sent in ended):
            raise RuntimeError("broken")
        real(self, unit, ended)

    async def then() -> None:
        monkeypatch.setattr(Endings, "write", breaks)
        await says(world, "Ann", "Bob")
        await until(lambda: len(world.engineering.texts) == 2 and nothing_waits(world))

    play(world, then)
    assert len(world.room.texts) == 2


def test_a_platform_that_wants_the_whole_bot_to_wait_is_obeyed_by_a_claim_on_its_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Claims.take

    def slowed_meanwhile(self: Claims, *args: Any) -> Any:
        taken = real(self, *args)
        if taken:  # an earlier send comes back while this commit is made: 429, for 35 seconds
            world.lobby.outbox._pacers["memory"].rest_all(time.monotonic() + 35)
        return taken

    async def then() -> None:
        monkeypatch.setattr(Claims, "take", slowed_meanwhile)
        await says(world, "Ann")
        await until(lambda: len(world.look(lambda unit: unit.outbox.list_slowed([Refusal.SLOWED], unit.now))) == 2)

    play(world, then)
    assert world.room.texts == world.engineering.texts == []
    monkeypatch.undo()
    world.passes(seconds=36)
    world.restarts()
    assert len(world.room.texts) == len(world.engineering.texts) == 1
    assert not any("may have seen" in text for text in world.engineering.texts)


def test_a_row_added_behind_the_claim_wakes_the_outbox(world: World) -> None:
    heard: list[Signal] = []
    world.writer.on_signal(heard.append)

    def adds(unit: UnitOfWork) -> None:
        unit.signals.add(Signal.OUTBOX)

    def claims(unit: UnitOfWork) -> None:
        unit.claims_what_waits = True

    for future in world.writer.submit_all([adds, claims]):
        future.result(10)
    assert heard == []
    for future in world.writer.submit_all([adds, claims, adds]):
        future.result(10)
    assert heard == [Signal.OUTBOX]


def test_an_emergency_its_sender_died_with_does_not_wait_for_the_lease(world: World) -> None:
    fire = world.person("Ann").message(world.room, "Fire in Block 3! smoke everywhere")

    async def hears() -> None:
        await world.lobby.inbox.store("memory", [world.raw(fire)])
        while await world.lobby.inbox.work():
            pass

    world.runner.run(hears())
    lease = world.clock.now() + timedelta(minutes=10)
    world.act(lambda unit: claim(unit, "dead", lease, {"memory": 8}))
    world.restarts()
    world.passes(seconds=2)
    assert "may have seen" in world.security.texts[0]
    assert "may have seen" in world.room.texts[0]
