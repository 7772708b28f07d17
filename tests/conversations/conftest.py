"""Every conversation is played on a fresh stage, once per database engine."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.world import World


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """A site with a room, two duty chats and a manager chat."""
    stage = World(engine)
    yield stage
    stage.ends()
