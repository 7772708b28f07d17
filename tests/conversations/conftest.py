"""Every conversation is played on a fresh stage: on SQLite, and every third one on PostgreSQL as well.

What differs between the engines is storage's, whose tests all run on both. `LOBBY_TESTS=all make test` plays every
conversation on both.
"""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.world import World

EVERY = 1 if os.environ.get("LOBBY_TESTS") == "all" else 3
HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out two of three on PostgreSQL, the same ones each time; the others need not count coverage twice."""
    for item in items:
        if HERE in item.path.parents and "postgresql" in item.name:
            item.add_marker(pytest.mark.no_cover)
    left_out = [
        item
        for item in items
        if HERE in item.path.parents and "postgresql" in item.name and zlib.crc32(item.name.encode()) % EVERY
    ]
    config.hook.pytest_deselected(items=left_out)
    gone = set(map(id, left_out))
    items[:] = [item for item in items if id(item) not in gone]


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """A site with a room, two duty chats and a manager chat."""
    stage = World(engine)
    yield stage
    stage.ends()
