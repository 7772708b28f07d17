"""Opens the database: one SQLite file by default, PostgreSQL for those who outgrow one machine.

Both engines keep the same promise: writing transactions happen one after another, reading ones see one moment, write
nothing and wait for nobody.
"""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 5.0
"""How long SQLite waits for another process's write before it says `database is locked`."""

IDLE_SECONDS = 10
"""A process that is paused in the middle of a transaction loses it after this long, so that the others go on."""

WRITERS_TURN = 7_110_301
"""The advisory lock a writing transaction holds on PostgreSQL; any number will do, but always the same."""

_INTRANS = 2
"""libpq's PQTRANS_INTRANS: inside a transaction, and well."""

_READERS: "WeakKeyDictionary[Engine, Engine]" = WeakKeyDictionary()
"""For SQLite, whose connections each keep pages in memory until another one writes: a writer that shared a pool with
readers would take turns on their connections, and find its pages stale each time."""

READING = {"reading": True, "postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


def open_engine(url: str, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; any other scheme is a ValueError that says what to write."""
    match make_url(url).get_backend_name():
        case "sqlite":
            return _open_sqlite(url, busy_seconds)
        case "postgresql":
            return _open_postgresql(url)
        case other:
            raise ValueError(f"cannot store in {other!r}: give sqlite:///file.db or postgresql://user@host/name")


def connect_to_read(engine: Engine) -> Connection:
    """A connection whose transactions read one moment and may not write."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(**READING)
    return _READERS.get(engine, engine).connect().execution_options(reading=True)


def is_intact(connection: Connection) -> bool:
    """Whether the running transaction can still be committed; asks only the driver.

    SQLite ends a transaction by itself when the disk is full, and what follows would be committed line by line; a
    PostgreSQL transaction in which a statement failed answers COMMIT with a rollback and no error.
    """
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status == _INTRANS)


def transaction_id(connection: Connection) -> int | None:
    """What the server calls the running transaction, so that its end can be asked for; SQLite needs no such thing."""
    found: int | None = connection.info.get("transaction_id")
    return found


def has_committed(engine: Engine, transaction: int) -> bool:
    """Whether a transaction was kept whose COMMIT got no answer. Taking the writers' turn waits until it has ended."""
    with engine.begin() as connection:
        status = connection.execute(text("SELECT pg_xact_status(CAST(:id AS text)::xid8)"), {"id": str(transaction)})
        return status.scalar() == "committed"


def _open_sqlite(url: str, busy_seconds: float) -> Engine:
    engine, readers = _sqlite(url, busy_seconds), _sqlite(url, busy_seconds)
    _READERS[engine] = readers
    event.listen(engine, "engine_disposed", lambda _: readers.dispose())
    return engine


def _sqlite(url: str, busy_seconds: float) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
        hide_parameters=True,  # people's words and phones stay out of error messages, and so out of logs
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # pysqlite would begin its own deferred transactions; with None we say BEGIN ourselves.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        # FULL: a power cut must not lose a ticket that was acknowledged. Group commit pays for the sync.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -8000")
        # Pages: a busy page is then copied into the database once in 4,000 writes instead of once in 1,000.
        cursor.execute("PRAGMA wal_autocheckpoint = 4000")
        cursor.execute("PRAGMA journal_size_limit = 67108864")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred BEGIN that reads and then writes fails at once when another writer came between, whatever
        # the busy timeout; so every writing transaction takes the write lock first.
        reading = bool(connection.get_execution_options().get("reading", False))
        if connection.info.get("reading", False) is not reading:
            connection.exec_driver_sql(f"PRAGMA query_only = {int(reading)}")
            connection.info["reading"] = reading
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _open_postgresql(url: str) -> Engine:
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=8,
        connect_args={
            "options": f"-c timezone=UTC -c jit=off -c idle_in_transaction_session_timeout={IDLE_SECONDS}s",
            "connect_timeout": 10,
            "tcp_user_timeout": 10_000,
        },
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Acts of several processes in turn, as on SQLite: two batches that lock the same rows in another order
        # would deadlock, and "look, then add" would race. It costs one round trip per batch.
        if not connection.get_execution_options().get("reading", False):
            turn = connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_TURN}), pg_current_xact_id()")
            connection.info["transaction_id"] = int(turn.one()[1])

    return engine
