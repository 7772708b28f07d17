"""The schema of an open database: is it behind the code or ahead of it, and bring it up to date.

`python -m storage.schema "what changed"` writes the next migration from the models.
"""

import sys
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, inspect, text

from storage.engine import connect_to_read
from storage.fresh import VERSIONS, newest

if TYPE_CHECKING:
    from alembic.config import Config


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
                if revision == newest():
                    return
                from alembic import command  # a tenth of a start, which a database that is up to date need not wait for

                command.upgrade(_config(connection), "head")
        finally:
            _check_references(connection, on=True)


def is_behind(engine: Engine) -> bool:
    """Whether `upgrade` has something to do."""
    revision = _revision_of(engine)
    return revision != newest() and not _is_unknown(revision)


def is_newer(engine: Engine) -> bool:
    """Whether a newer Lobby wrote this database."""
    return _is_unknown(_revision_of(engine))


def _revision_of(engine: Engine) -> str | None:
    with connect_to_read(engine) as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _is_unknown(revision: str | None) -> bool:
    return revision is not None and revision not in _numbers()


@cache
def _numbers() -> frozenset[str]:
    """The revisions this version of Lobby knows, by the names of their files."""
    return frozenset(path.stem.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py"))


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _check_references(connection: Connection, *, on: bool) -> None:
    """SQLite takes this setting only outside a transaction, so it goes past SQLAlchemy, which would begin one."""
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _write_migration(message: str) -> None:
    from alembic import command

    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = _config(connection)
        command.upgrade(config, "head")
        number = len(_numbers()) + 1
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    _write_migration(sys.argv[1])
