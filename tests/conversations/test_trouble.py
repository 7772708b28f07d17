"""Things break: a message no handler survives, a platform that refuses, a crash in the middle. Nothing is lost."""

import pytest

from bot.channels.channel import SendFailed
from handlers import tenant
from handlers.routing import HANDLERS
from storage.vocabulary import Disposition, InboxState, OutboxState
from tests.world import World

LEAK = "3栋1202厨房水管漏水了,请派人来修"


def test_a_message_that_breaks_its_handler_is_set_aside_and_the_next_one_passes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hear(event: object, scene: object) -> object:
        if "poison" in event.text:  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return tenant.hear(event, scene)  # type: ignore[arg-type]

    for key, handler in list(HANDLERS.items()):
        if handler is tenant.hear:
            monkeypatch.setitem(HANDLERS, key, hear)
    mei = world.person("Mei")
    mei.says("poison")
    mei.says(LEAK)
    assert world.ticket().words == LEAK
    (failed,) = world.look(lambda unit: list(unit.inbox.list_failed(10)))
    assert failed.state is InboxState.FAILED
    assert failed.disposition is Disposition.FAILED
    assert "poison" in failed.raw
    assert world.managers.hears("could not be handled")


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (SendFailed("kicked", permanent=True, closes_chat=True), OutboxState.REFUSED),
        (SendFailed("bad request", permanent=True), OutboxState.REFUSED),
        (SendFailed("flood", retry_after=30), OutboxState.PENDING),
        (SendFailed("server error"), OutboxState.PENDING),
        (SendFailed("timeout", unknown=True), OutboxState.PENDING),
    ],
)
def test_whatever_the_platform_says_the_row_tells(world: World, failure: SendFailed, state: OutboxState) -> None:
    world.channel.refusals[world.room.address] = failure
    world.person("Mei").says(LEAK)
    ticket = world.ticket()
    row = next(
        r for r in world.look(lambda unit: unit.outbox.list_by_ticket(ticket.id)) if r.notification == "Received"
    )
    assert row.state is state
    assert row.reason
    assert world.engineering.hears("#1001")


def test_a_send_nobody_answered_is_repeated_and_says_so(world: World) -> None:
    from datetime import timedelta

    world.channel.refusals[world.engineering.address] = SendFailed("timeout", unknown=True)
    world.person("Mei").says(LEAK)
    del world.channel.refusals[world.engineering.address]
    world.clock.time += timedelta(minutes=1)
    world.settles()
    assert world.engineering.hears("#1001", "may have seen this already")


def test_the_same_update_twice_is_one_ticket(world: World) -> None:
    import json

    from bot.channels.memory import raw_of
    from storage.repositories.inbox import Raw

    mei = world.person("Mei")
    raw = Raw("same", json.dumps(raw_of(mei.message(world.room, LEAK))))
    for _ in range(3):
        world.runner.run(world._happen([raw, raw]))
    assert world.ticket().number == 1001
    assert world.look(lambda unit: unit.tickets.find_by_number(world.site_id, 1002)) is None
    assert len(world.room.screen) == 1
