"""Fetching files: one that will not come is tried again with pauses, and never holds up the others."""

import pytest
from sqlalchemy import Engine

from bot.channels.channel import FetchFailed
from bot.fetching import BATCH, TRIES
from storage.vocabulary import AttachmentState
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


@pytest.fixture
def world(engine: Engine):
    """A site with a room and its duty chats."""
    stage = World(engine)
    yield stage
    stage.ends()


def fails(world: World, monkeypatch: pytest.MonkeyPatch, files: set[str]) -> list[str]:
    """The platform does not hand out these files for now; returns every try."""
    tried: list[str] = []
    real = world.channel.fetch

    async def fetch(file_id: str, limit: int) -> bytes:
        tried.append(file_id)
        if file_id in files:
            raise FetchFailed("server trouble", permanent=False)
        return await real(file_id, limit)

    monkeypatch.setattr(world.channel, "fetch", fetch)
    return tried


def test_a_file_that_will_not_come_rests_between_tries(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    stubborn = world.file()
    tried = fails(world, monkeypatch, {stubborn.file_id or ""})
    world.person("Ann").says(LEAK, attached=(stubborn,))
    for _ in range(5):
        world.settles()
    assert len(tried) == 1
    world.lobby.fetcher._rests.clear()  # the pause is over
    world.settles()
    assert len(tried) == 2


def test_stubborn_files_do_not_hold_up_the_next_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    stubborn = [world.file() for _ in range(BATCH + 2)]
    fails(world, monkeypatch, {each.file_id or "" for each in stubborn})
    world.person("Ann").says(LEAK, attached=tuple(stubborn))
    world.person("Bob").sends(stubborn[0].kind, "The corridor light in Block 5 is broken, please repair it")
    world.settles()
    assert world.engineering.find("📎 No. 1002").media is not None


def test_after_enough_tries_both_sides_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    stubborn = world.file()
    tried = fails(world, monkeypatch, {stubborn.file_id or ""})
    world.person("Ann").says(LEAK, attached=(stubborn,))
    for _ in range(TRIES):
        world.lobby.fetcher._rests.clear()
        world.settles()
    (attachment,) = world.look(lambda unit: list(unit.attachments.list_by_ticket(1)))
    assert attachment.state is AttachmentState.LOST
    assert len(tried) == TRIES
    assert world.engineering.hears("could not be fetched")
    assert world.room.hears("didn't come through")
