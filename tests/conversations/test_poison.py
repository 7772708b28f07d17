"""What breaks the desk is put aside, told, and stops nobody else."""

import pytest

from handlers.pushes.table import PUSHES
from storage.vocabulary import Disposition, InboxState, PushState
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


def test_a_message_that_breaks_its_act_is_tried_three_times_and_put_aside(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    with world.broken():
        world.happens(ann.message(world.room, LEAK), bob.message(world.managers, "morning"))
    failed, other = world.inbox[-2:]
    assert (failed.state, failed.disposition) == (InboxState.FAILED, Disposition.FAILED)
    assert failed.attempts == 3
    assert "RuntimeError" in (failed.reason or "")
    assert LEAK in failed.raw
    assert other.disposition is Disposition.IGNORED
    assert sum("could not be handled" in text for text in world.managers.wordings) == 1
    assert world.tickets == []
    assert world.room.wordings == []


def test_thirty_one_others_in_the_batch_are_heard(world: World) -> None:
    with world.broken("poison"):
        world.happens(
            *(
                world.person(f"Tenant {index}").message(world.room, "poison" if index == 7 else LEAK)
                for index in range(32)
            )
        )
    assert len(world.tickets) == 31
    numbers = [ticket.number for ticket in world.tickets]
    assert numbers == list(range(1001, 1032))


def test_after_the_cause_is_mended_it_can_be_given_back(world: World) -> None:
    with world.broken():
        world.person("Ann").says(LEAK)
    failed = world.inbox[-1]
    world.act(lambda unit: unit.inbox.retry_failed(failed.id))
    world.settles()
    assert len(world.tickets) == 1


def test_an_unreadable_update_is_put_aside(world: World) -> None:
    world.happens_raw("u1", '{"Nonsense": 1}')
    world.happens_raw("u2", '{"MessageReceived": {"where": 3}}')
    world.person("Ann").says(LEAK)
    assert [row.state for row in world.inbox[-3:-1]] == [InboxState.FAILED, InboxState.FAILED]
    assert len(world.tickets) == 1
    assert sum("could not be handled" in text for text in world.managers.wordings) == 2


def test_a_push_that_raises_is_put_aside_and_the_next_ones_come(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("broken")

    real = PUSHES["daily_digest"]
    monkeypatch.setitem(PUSHES, "daily_digest", type(real)(real.kind, breaks, real.put_aside))
    world.passes(hours=9)
    assert world.managers.hears("planned failed")
    states = world.look(lambda unit: [unit.pushes.get(1).state, unit.pushes.get(2).state])
    assert states == [PushState.FAILED, PushState.WAITING]
    monkeypatch.undo()
    world.passes(days=1)
    assert world.managers.hears("📊")
