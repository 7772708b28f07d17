"""The schema of an open database: is it behind the code or ahead of it, and bring it up to date.

`python -m storage.schema "what changed"` writes the next migration from the models.
"""

import sys
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine

from storage.engine import connect_to_read

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaNewer(Exception):
    """A newer Lobby wrote this database; to run an older one on it would lose what it does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database is at revision {revision!r}, which this version of Lobby does not know: "
            "run the newer version, or restore the backup made before it"
        )
        self.revision = revision


def upgrade(engine: Engine) -> None:
    """Bring the database to the models' schema, all steps in one transaction; a newer one is `SchemaNewer`.

    Two processes may start at once: the second waits for the first and finds nothing left to do.
    """
    with engine.connect() as connection:
        # Changing a table on SQLite means copying it and dropping the old one, which its references would forbid.
        _check_references(connection, on=False)
        try:
            with connection.begin():
                revision = _revision(connection)
                if _is_unknown(revision):
                    raise SchemaNewer(str(revision))
                if revision == _head():
                    return
                command.upgrade(_config(connection), "head")
        finally:
            _check_references(connection, on=True)


def is_behind(engine: Engine) -> bool:
    """Whether `upgrade` has something to do."""
    revision = _revision_of(engine)
    return revision != _head() and not _is_unknown(revision)


def is_newer(engine: Engine) -> bool:
    """Whether a newer Lobby wrote this database."""
    return _is_unknown(_revision_of(engine))


def _revision_of(engine: Engine) -> str | None:
    with connect_to_read(engine) as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_unknown(revision: str | None) -> bool:
    return revision is not None and revision not in {step.revision for step in _steps().walk_revisions()}


def _head() -> str | None:
    return _steps().get_current_head()


@cache
def _steps() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _check_references(connection: Connection, *, on: bool) -> None:
    """SQLite takes this setting only outside a transaction, so it goes past SQLAlchemy, which would begin one."""
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _write_migration(message: str) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = _config(connection)
        command.upgrade(config, "head")
        number = len(list(_steps().walk_revisions())) + 1
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    _write_migration(sys.argv[1])
