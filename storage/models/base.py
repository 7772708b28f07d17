"""The declarative base of every table: dataclass-mapped, UTC times, portable between SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ParamSpec, TypeVar, cast

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
    event,
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
from sqlalchemy.orm.attributes import instance_state
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
P = ParamSpec("P")


class _Quick(InstrumentedAttribute[Any]):
    """A column as it is read of an object that has it: a third of what SQLAlchemy's own look takes.

    A message reads 170 of them between its opening and its card.
    """

    __slots__ = ()
    inherit_cache = True

    def __get__(self, instance: object, owner: Any) -> Any:
        try:
            return instance.__dict__[self.key]
        except (AttributeError, KeyError):  # asked of the class, or not loaded
            return super().__get__(instance, owner)


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _read_quickly(_: type[Base], __: str, attribute: InstrumentedAttribute[Any]) -> None:
    attribute.__class__ = _Quick


def fresh(model: Callable[P, M], *_: P.args, **values: P.kwargs) -> M:
    """What `model(...)` makes, past its forty watched columns, each of which takes 3 µs to set; nothing is checked."""
    one: M = manager_of_class(cast("type[M]", model)).new_instance()
    vars(one).update(_defaults(cast("type[M]", model)), **values)
    return one


@cache
def _defaults(model: type[Base]) -> dict[str, Any]:
    untold = manager_of_class(model).new_instance()
    primary = {column.key for column in table_of(model).primary_key}
    return {column.key: getattr(untold, column.key) for column in table_of(model).c if column.key not in primary}


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
    # `add` without its walk along relationships, half of its price: no model here has any.
    session._save_or_update_impl(instance_state(one))
    return one


class Shared:
    """A row that may be remembered and handed to many acts; once shared it cannot be changed."""

    is_shared = False

    def __setattr__(self, name: str, value: object) -> None:
        if self.is_shared:
            raise AttributeError(f"{type(self).__name__} is shared: get it from its repository to change {name}")
        super().__setattr__(name, value)
