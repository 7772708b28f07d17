"""An operator with a fresh database, in a folder with no `.env` in it."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.bot.commands.operator import Operator


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No `.env`, no settings of the machine; the log goes back to where it was, since commands set it up."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("LOBBY_")]:
        monkeypatch.delenv(name)
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = handlers
    structlog.reset_defaults()


@pytest.fixture
def operator(database_url: str) -> Operator:
    """On SQLite and on PostgreSQL."""
    return Operator(database_url)


@pytest.fixture
def newcomer(tmp_path: Path) -> Operator:
    """Somebody who has just installed Lobby: no database yet."""
    return Operator(f"sqlite:///{tmp_path / 'new.db'}")
