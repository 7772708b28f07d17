"""A process is held up between claiming and sending: whoever may have lost its rows to another sends none of them."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.settings import Settings
from bot.wiring import join
from handlers.events import Event
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import OutboxState
from tests.world import World


async def hear_and_claim(world: World, event: Event) -> None:
    """The rows are claimed and their sends are about to begin."""
    await world.lobby.inbox.store("memory", [world.raw(event)])
    while await world.lobby.inbox.work():
        pass
    await world.lobby.outbox.work()


def other_judges(world: World) -> Callable[[UnitOfWork], None]:
    """A second process on the same database takes over rows whose sender seems dead."""
    settings = Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings takes it, its plugin knows
    channels = {"memory": world.channel}
    other = join(settings, world.writer, world.clock, channels, frozenset({"memory"}), world.desk)
    return other.outbox._judge_the_dead


def test_held_up_past_its_lease_a_process_says_nothing_that_another_says(world: World) -> None:
    fire = world.person("Ann").message(world.room, "Fire in Block 3! smoke everywhere")

    async def held_up() -> None:
        await hear_and_claim(world, fire)
        world.clock.time += timedelta(minutes=5)
        world.writer.submit(other_judges(world)).result()  # the loop of the first stands still meanwhile
        await asyncio.gather(*world.lobby.outbox._sending)
        assert world.security.texts == []
        world.clock.time += timedelta(seconds=10)
        await world.settle()

    world.runner.run(held_up())
    assert len(world.security.texts) == 1
    assert len(world.room.texts) == 1
    assert "may have seen" in world.room.texts[0]


def test_held_up_alone_it_sends_late_what_it_knows_nobody_has_sent(world: World) -> None:
    leak = world.person("Ann").message(world.room, "The kitchen tap in Block 3 1202 is leaking")

    async def held_up() -> None:
        await hear_and_claim(world, leak)
        world.clock.time += timedelta(minutes=5)
        world.lobby.outbox._looked_for_dead = float("-inf")
        await world.settle()

    world.runner.run(held_up())
    assert len(world.engineering.texts) == 1
    assert "may have seen" not in world.room.texts[0]
    assert {row.state for row in world.outbox} == {OutboxState.SENT}
