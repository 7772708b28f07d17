"""A furnished Lobby for tests on real wires."""

from collections.abc import Iterator

import pytest

from tests.wire.fake_telegram import FakeTelegram
from tests.wire.running_lobby import Stage


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """Lobby is linked and not running yet; no call may break the letter of the Bot API."""
    with FakeTelegram() as fake:
        stage = Stage(fake, database_url)
        stage.furnish()
        yield stage
        if stage.process is not None and stage.process.poll() is None:
            stage.kills()
        assert fake.violations == []
