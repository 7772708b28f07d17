"""A storm into one duty chat, on the wall clock: one message gathers it, and an emergency overtakes it."""

import asyncio
import json
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.channels.channel import Pace, SendFailed
from bot.channels.memory import MemoryChannel, raw_of
from bot.channels.refusals import Refusal
from storage.repositories.inbox import Raw
from tests.world import World

TELEGRAM = Pace(per_chat_seconds=1, per_group_minute=20, per_second=30)


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """A stage whose platform wants to be spoken to slowly."""
    stage = World(engine)
    stage.lobby.outbox._pacers["memory"].pace = TELEGRAM
    yield stage
    stage.ends()


async def play(world: World, seconds: float) -> None:
    """Let inbox and outbox run on the wall clock."""
    world.lobby.wake.attach()
    loops = [asyncio.create_task(loop()) for loop in (world.lobby.inbox.run, world.lobby.outbox.run)]
    await asyncio.sleep(seconds)
    for loop in loops:
        loop.cancel()
    await asyncio.gather(*loops, return_exceptions=True)


def reports(world: World, count: int) -> list[Raw]:
    """So many tenants report something at once."""
    return [
        Raw(
            f"storm{n}",
            json.dumps(raw_of(world.person(f"T{n}").message(world.room, f"3栋{1000 + n}水管漏水了,请派人来修"))),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_twelve_at_once_come_as_one_message_and_open_behind_a_button(world: World) -> None:
    storm = reports(world, 12)

    async def act() -> None:
        await world.lobby.inbox.store("memory", storm)
        await play(world, 4)

    world.runner.run(act())
    gathered = [text for text in world.engineering.texts if "new requests" in text]
    assert len(gathered) == 1
    assert len(world.engineering.screen) <= 4
    world.lobby.outbox._pacers["memory"].pace = MemoryChannel().pace
    cards = len([text for text in world.engineering.texts if "水管漏水" in text])
    world.person("Li").taps("Show the next", world.engineering)
    assert len([text for text in world.engineering.texts if "水管漏水" in text]) == cards + 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_emergencies_overtake_a_backlog_of_three_hundred(world: World) -> None:
    storm = reports(world, 300)
    cries = ["3栋电梯困人了,快来人", "厨房有很浓的煤气味,快来人"]

    async def act() -> float:
        await world.lobby.inbox.store("memory", storm)
        await play(world, 6)
        began = time.monotonic()
        for n, cry in enumerate(cries):
            message = world.person(f"Crier {n}").message(world.room, cry)
            await world.lobby.inbox.store("memory", [Raw(f"cry{n}", json.dumps(raw_of(message)))])
        while time.monotonic() - began < 5:
            await play(world, 0.5)
            if all(any(cry in text for text in world.engineering.texts) for cry in cries):
                break
        return time.monotonic() - began

    assert world.runner.run(act()) <= 5
    assert all(any(cry in text for text in world.engineering.texts) for cry in cries)


def test_a_restart_keeps_to_what_the_platform_asked_of_one_chat(world: World) -> None:
    world.engineering.refuses(SendFailed(Refusal.SLOWED, retry_after=35))
    world.person("Ann").says("3栋1202水管漏水了,请派人来修")
    world.engineering.refuses(None)
    world.restarts()
    world.person("Bo").says("3栋电梯困人了,快来人")
    assert world.room.hears("119")
    assert world.engineering.texts == []
    world.passes(seconds=36)
    world.restarts()
    assert world.engineering.hears("困人")


def test_a_restart_keeps_to_what_the_platform_asked_of_the_whole_bot(world: World) -> None:
    world.room.refuses(SendFailed(Refusal.SLOWED, retry_after=35, whole_bot=True))
    world.person("Ann").says("3栋1202水管漏水了,请派人来修")
    world.room.refuses(None)
    world.restarts()
    heard = [len(chat.texts) for chat in world.chats]
    world.person("Bo").says("3栋电梯困人了,快来人")
    assert [len(chat.texts) for chat in world.chats] == heard
    world.passes(seconds=36)
    world.restarts()
    assert world.engineering.hears("困人")
