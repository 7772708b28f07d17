"""A part of an act that may turn out not to count: then it is as if it had never been tried."""

from collections.abc import Callable
from typing import TypeVar

from storage.prepared import write_held
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


def attempt(unit: UnitOfWork, part: Callable[[], T], counts: Callable[[T], bool]) -> T | None:
    """What the part gives, or None where that does not count and nothing it did stands."""
    unit.session.flush()
    write_held(unit.session)
    with unit.session.begin_nested() as tried:
        unit.session.connection()  # prepared statements ask for no connection, so the savepoint is made here
        given = part()
        if counts(given):
            return given
        write_held(unit.session)  # what it held back goes with the rest
        tried.rollback()
        return None
