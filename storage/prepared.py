"""Statements compiled once, and rows held back: what runs for every message skips the work Core does for each run.

A Core statement takes 70 to 170 µs, of which the database needs 10; prepared it takes 20, held back with its like 8.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Executable, Select, event
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from storage.models.base import Utc, Words

HELD = "held"
"""Where a session's `info` has its `Held`."""

Process = Callable[[Any], Any]


class NothingChanged(Exception):
    """A statement that had to change a row found none to change: somebody was first."""


class _Bind(NamedTuple):
    name: str
    process: Process | None
    fixed: object
    """What a bind of the statement's own is, already as the driver takes it."""
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    binds: tuple[_Bind, ...]
    is_positional: bool
    results: tuple[Process | None, ...]
    """How each column of a row becomes ours; none where nothing is returned."""

    def parameters(self, given: Mapping[str, Any]) -> Any:
        try:
            bound = [
                fixed if is_fixed else process(given[name]) if process else given[name]
                for name, process, fixed, is_fixed in self.binds
            ]
        except (TypeError, ValueError) as error:
            raise StatementError(str(error), self.sql, [], error, hide_parameters=True) from error
        return bound if self.is_positional else dict(zip([bind.name for bind in self.binds], bound, strict=True))


class Prepared:
    """A statement of one shape, with the types and errors it has in SQLAlchemy. It sees no unflushed object.

    Whatever is held back is not written before it runs: it must ask for nothing that is ever held.
    """

    def __init__(
        self,
        statement: Executable | Mapping[str, Executable],
        columns: Iterable[str] = (),
        *,
        must_change: bool = False,
    ) -> None:
        """By dialect where engines say it differently; `columns` are those an insert or update without values is given.

        `must_change`: held back, each row has to change one, or `NothingChanged` is raised.
        """
        self._statement, self._columns, self.must_change = statement, list(columns), must_change
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it for what it returns."""
        compiled = self._on(connection)
        found = _run(connection, compiled.sql, compiled.parameters(given), is_many=False, returns=True)[0]
        return [
            tuple([value if process is None else process(value) for value, process in zip(row, compiled.results)])  # noqa: B905 -- strict costs on every row
            for row in found
        ]

    def first(self, connection: Connection, given: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row, if there is one."""
        found = self.rows(connection, given)
        return found[0] if found else None

    def change(self, connection: Connection, *given: Mapping[str, Any]) -> int:
        """Run it for each; returns how many rows changed in all."""
        compiled = self._on(connection)
        if len(given) == 1:
            return _run(connection, compiled.sql, compiled.parameters(given[0]), is_many=False, returns=False)[1]
        many = [compiled.parameters(each) for each in given]
        return _run(connection, compiled.sql, many, is_many=True, returns=False)[1]

    def _on(self, connection: Connection) -> _Compiled:
        name = connection.dialect.name
        if name not in self._compiled:
            self._compiled[name] = self._compile(connection)
        return self._compiled[name]

    def _compile(self, connection: Connection) -> _Compiled:
        dialect = connection.dialect
        statement: Any = self._statement[dialect.name] if isinstance(self._statement, Mapping) else self._statement
        compiled = statement.compile(dialect=dialect, column_keys=self._columns or None)
        if compiled.post_compile_params:
            raise ValueError(f"a list of unknown length cannot be prepared: {compiled.string}")
        binds: list[_Bind] = []
        for name in compiled.positiontup if compiled.positional else compiled.binds:
            bind = compiled.binds[name]
            process = _remembering(bind.type, bind.type.dialect_impl(dialect).bind_processor(dialect))
            own = None if bind.required else bind.effective_value
            binds.append(_Bind(name, process, process(own) if process else own, not bind.required))
        returned = statement.selected_columns if isinstance(statement, Select) else statement.exported_columns
        results = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in returned]
        return _Compiled(compiled.string, tuple(binds), compiled.positional, tuple(results))


class Held:
    """Changes nobody reads at once, written together: before anything SQLAlchemy asks, and before the commit."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._waiting: dict[Prepared, list[Mapping[str, Any]]] = {}

    def add(self, prepared: Prepared, given: Mapping[str, Any]) -> None:
        """Run this later. Whatever it refers to must be in the database already."""
        if not self._waiting:
            self.connection.info[HELD] = self
        self._waiting.setdefault(prepared, []).append(given)

    def write(self) -> None:
        """Run all of it now; `NothingChanged` when somebody was first."""
        waiting, self._waiting = self._waiting, {}
        for prepared, given in waiting.items():
            changed = prepared.change(self.connection, *given)
            if prepared.must_change and changed != len(given):
                raise NothingChanged

    def drop(self) -> None:
        """Forget it: the act it belongs to has failed."""
        self._waiting = {}


def _remembering(kind: TypeEngine[Any], process: Process | None) -> Process | None:
    """A moment and a word go to the driver many times in one act: the same thirty times over, at 2 µs each."""
    return lru_cache(maxsize=512)(process) if process is not None and isinstance(kind, Utc | Words) else process


@event.listens_for(Engine, "before_cursor_execute")
def _write_first(connection: Connection, *_: object) -> None:
    """Whatever SQLAlchemy asks finds in the database what was held back on the same connection.

    Said once for every engine: to listen anew on each connection takes 100 µs of a lone message.
    """
    held: Held | None = connection.info.get(HELD)
    if held is not None and held.connection is connection:
        held.write()


def wire(session: Session) -> Connection:
    """The connection of a session's act. To ask the session itself costs as much as a statement."""
    held: Held = session.info[HELD]
    return held.connection


def hold(session: Session, prepared: Prepared, given: Mapping[str, Any]) -> None:
    """Let a change of the session's act wait for others like it."""
    held: Held = session.info[HELD]
    held.add(prepared, given)


def write_held(session: Session) -> None:
    """Write what is held back, for a prepared question that asks for it."""
    held: Held = session.info[HELD]
    held.write()


def _run(
    connection: Connection, sql: str, parameters: Any, *, is_many: bool, returns: bool
) -> tuple[Sequence[tuple[Any, ...]], int]:
    pooled = connection.connection
    cursor = (pooled.dbapi_connection or pooled).cursor()
    try:
        if is_many:
            cursor.executemany(sql, parameters)
        else:
            cursor.execute(sql, parameters)
        return (cursor.fetchall() if returns else ()), cursor.rowcount
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, sql, error, is_many=is_many) from error
    finally:
        cursor.close()


def _told(connection: Connection, sql: str, error: Any, *, is_many: bool) -> Exception:
    """The error as SQLAlchemy tells it, without the parameters: they are people's words."""
    is_gone = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if is_gone:
        connection.invalidate(error)
    told: Exception = DBAPIError.instance(
        sql,
        [],
        error,
        connection.dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_gone,
        dialect=connection.dialect,
        ismulti=is_many,
    )
    return told
