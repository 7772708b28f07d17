"""An empty past, and a log that goes back to where it was."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.bot.backtest.past import Past


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = handlers
    structlog.reset_defaults()


@pytest.fixture
def past(tmp_path: Path) -> Past:
    """Nobody has said anything yet."""
    return Past(tmp_path)
