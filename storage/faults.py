"""Whose fault an error is: the database's, so that the same act may simply be tried again, or the act's own."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)

_POSTGRESQL_CLASSES = frozenset({"08", "40", "53", "57", "58"})
"""Connection, rollback (deadlock, serialization), resources, operator, system.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

_POSTGRESQL_CODES = frozenset({"55P03", "25006"})
"""Lock not available; read-only, as a server is that has just become a standby."""


def is_database_fault(error: BaseException | None) -> bool:
    """Whether the act is blameless: locked, full, restarting, deadlocked, disconnected, or somebody else was first.

    Whatever was made of it on the way counts as well: cleaning up after a full disk ends in an error of its own.
    """
    while error is not None:
        if _is_fault(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_fault(error: BaseException) -> bool:
    """The drivers' own classes are too coarse: a statement with too many variables is an `OperationalError` too."""
    match error:
        case StaleDataError():
            return True
        case DBAPIError(connection_invalidated=True):
            return True
        case DBAPIError(orig=sqlite3.Error() as cause):
            # The low byte is the primary code; the rest says more of the same.
            return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE
        case DBAPIError(orig=cause):
            state = getattr(cause, "sqlstate", None)
            if state is None:  # no answer from the server: the connection is gone, or never was
                return isinstance(error, OperationalError)
            return state[:2] in _POSTGRESQL_CLASSES or state in _POSTGRESQL_CODES
    return False


def in_short(error: BaseException) -> str:
    """An error for the log: the driver's first line, which names no person's data as its details may."""
    cause = getattr(error, "orig", None) or error
    lines = str(cause).splitlines()
    return f"{type(cause).__name__}: {lines[0] if lines else ''}"
