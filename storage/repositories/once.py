"""`INSERT … ON CONFLICT DO NOTHING` on both engines: the database itself says whether a key is new."""

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import Base


def insert_once(session: Session, model: type[Base], *unique: str) -> Insert:
    """An insert that leaves a row alone whose `unique` columns exist already, and then returns nothing."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model).on_conflict_do_nothing(index_elements=unique)
    return sqlite.insert(model).on_conflict_do_nothing(index_elements=unique)
