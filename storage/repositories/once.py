"""`INSERT … ON CONFLICT DO NOTHING` on both engines: the database itself says whether a key is new."""

from sqlalchemy import Connection, Insert
from sqlalchemy.dialects import postgresql, sqlite

from storage.models import Base
from storage.models.base import table_of


class InsertOnce:
    """An insert that leaves a row alone whose `unique` columns exist already, and then returns nothing.

    Built once and run with a dict of columns: to build a statement anew costs more than to run it.
    """

    def __init__(self, model: type[Base], *unique: str, returning: str | None = None) -> None:
        table = table_of(model)
        self._statements: dict[str, Insert] = {
            "sqlite": sqlite.insert(table).on_conflict_do_nothing(index_elements=unique),
            "postgresql": postgresql.insert(table).on_conflict_do_nothing(index_elements=unique),
        }
        if returning is not None:
            self._statements = {name: each.returning(table.c[returning]) for name, each in self._statements.items()}

    def on(self, connection: Connection) -> Insert:
        """The statement as that engine says it."""
        return self._statements[connection.dialect.name]
