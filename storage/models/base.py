"""The declarative base of every table: dataclass-mapped, UTC times, portable between SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    literal_column,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    MappedAsDataclass,
    Session,
    make_transient_to_detached,
    mapped_column,
)
from sqlalchemy.orm.instrumentation import manager_of_class

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """An aware UTC datetime on both engines; a naive one is refused, since it would be off by the zone.

    Stored naive in UTC: SQLite has no zones, and PostgreSQL would convert to the session's.
    """

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored; give it a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[StrEnum]):
    """A closed set stored as its text, so that a row can be read without this code."""

    impl = String(24)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, _dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


def one_of(column: InstrumentedAttribute[Any], *words: StrEnum) -> ColumnElement[bool]:
    """`column IN ('a', 'b')` with the words in the SQL itself.

    A partial index is used only when the planner sees its condition; a bound parameter hides it from SQLite's first
    plan and from PostgreSQL's generic one. The words are ours, never a person's.
    """
    written: list[ColumnElement[str]] = [literal_column(f"'{word.value}'", String) for word in words]
    return column == written[0] if len(written) == 1 else column.in_(written)


def table_of(model: type["Base"]) -> Table:
    """The bare table of a model, for statements that need no objects."""
    return cast("Table", model.__table__)


Whole = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on both engines. SQLite makes only a column declared `INTEGER` the row's own id."""

PrimaryKey = Annotated[int, mapped_column(Whole, primary_key=True)]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Models are keyword-only dataclasses: a new row is whole before it is saved."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it from the class
        int: Whole,
        datetime: Utc(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


M = TypeVar("M", bound=Base)


def known(session: Session, model: type[M], row: dict[str, Any]) -> M:
    """The object of a row read without the ORM, watched from now on; the session's own where it has one already.

    It takes a quarter of the time the ORM takes to load it.
    """
    found: M | None = session.identity_map.get(session.identity_key(model, row["id"]))
    if found is not None:
        return found
    fresh: M = manager_of_class(model).new_instance()
    return saved(session, fresh, row)


def saved(session: Session, one: M, row: dict[str, Any]) -> M:
    """The object, now that this is its row in the database: watched from now on, nothing left to write."""
    vars(one).update(row)
    make_transient_to_detached(one)
    session.add(one)
    return one


class Shared:
    """A row that may be remembered and handed to many acts; once shared it cannot be changed."""

    is_shared = False

    def __setattr__(self, name: str, value: object) -> None:
        if self.is_shared:
            raise AttributeError(f"{type(self).__name__} is shared: get it from its repository to change {name}")
        super().__setattr__(name, value)
