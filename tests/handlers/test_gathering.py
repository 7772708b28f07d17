"""When cards are folded into one message."""

from handlers import gathering
from storage.vocabulary import Lane
from tests.world import World


def waiting(world: World, count: int) -> tuple[int, int]:
    """Cards and summaries that wait for the duty chat once so many tickets are opened while nothing can be sent."""
    chat_id = world.look(lambda unit: unit.chats.find("memory", world.engineering.address)).id  # type: ignore[union-attr]

    async def hear() -> None:
        while await world.lobby.inbox.work():
            pass

    for index in range(count):
        said = world.person(f"Tenant {index}").message(world.room, f"Block 3 {1200 + index} the kitchen tap is leaking")
        world.runner.run(world.lobby.inbox.store("memory", [world.raw(said)]))
    world.runner.run(hear())
    world.act(lambda unit: gathering.gather(unit, chat_id))
    return world.look(
        lambda unit: (
            len(unit.outbox.list_waiting(chat_id, "TicketCard", Lane.NORMAL)),
            len(unit.outbox.list_waiting(chat_id, gathering.SUMMARY, Lane.NORMAL)),
        )
    )


def test_a_few_cards_come_one_by_one(world: World) -> None:
    assert waiting(world, gathering.GATHER_FROM - 1) == (gathering.GATHER_FROM - 1, 0)


def test_a_storm_becomes_one_message(world: World) -> None:
    assert waiting(world, gathering.GATHER_FROM) == (0, 1)


def test_more_of_the_storm_joins_the_message_that_waits(world: World) -> None:
    waiting(world, gathering.GATHER_FROM)
    assert waiting(world, gathering.GATHER_FROM * 2) == (0, 1)
    world.settles()
    assert world.engineering.hears("📥", "12 new requests")
