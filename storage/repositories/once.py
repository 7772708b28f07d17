"""`INSERT … ON CONFLICT DO NOTHING` on both engines: the database itself says whether a key is new."""

from collections.abc import Iterable

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite

from storage.models import Base
from storage.models.base import table_of
from storage.prepared import Prepared


def insert_once(model: type[Base], columns: Iterable[str], *unique: str, returning: str | None = None) -> Prepared:
    """An insert of these columns that leaves a row alone whose `unique` columns exist already, returning nothing."""
    table = table_of(model)
    statements: dict[str, Insert] = {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(index_elements=unique),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(index_elements=unique),
    }
    if returning is not None:
        statements = {name: each.returning(table.c[returning]) for name, each in statements.items()}
    return Prepared(statements, columns)
