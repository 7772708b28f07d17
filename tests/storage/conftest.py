"""The house and its people, for every storage test."""

import pytest

from storage.writer import Writer
from tests.storage.cast import Cast, moved_in


@pytest.fixture
def cast(writer: Writer) -> Cast:
    """One site whose people have moved in."""
    return moved_in(writer)
