"""Some rules of the desk are best seen on the stage itself."""

from tests.conversations.conftest import world

__all__ = ["world"]
