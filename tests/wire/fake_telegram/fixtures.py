"""Pytest fixtures; `from tests.wire.fake_telegram.fixtures import telegram` in a test module or a conftest."""

from collections.abc import Iterator

import pytest

from tests.wire.fake_telegram.fake import FakeTelegram


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """A checking fake in its own thread. At the end no call may have broken the letter of the Bot API."""
    with FakeTelegram() as fake:
        yield fake
        assert fake.violations == []
