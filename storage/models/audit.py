"""Who looked at what: lines that are only ever added. The database itself refuses to change or delete one."""

from datetime import datetime

from sqlalchemy import Connection, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, PrimaryKey, Words, table_of
from storage.registration_vocabulary import Look

SQLITE = tuple(
    f"CREATE TRIGGER audit_keeps_{word.lower()} BEFORE {word} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit lines are only added'); END"
    for word in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    "CREATE FUNCTION audit_keeps() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit lines are only added'; END $$",
    "CREATE TRIGGER audit_keeps_lines BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_keeps()",
    "CREATE TRIGGER audit_keeps_all BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_keeps()",
)


class AuditLine(Base):
    """One look. It names rows by id and refers to none, so that it outlives whatever it speaks of."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "site_id", "id"), Index(None, "ticket_id", "id"))

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    at: Mapped[datetime]
    look: Mapped[Look] = mapped_column(Words(Look))
    site_id: Mapped[int]
    chat_id: Mapped[int | None] = mapped_column(default=None)
    """Where it was shown; None for a page and for the command line."""
    person_id: Mapped[int | None] = mapped_column(default=None)
    """Who looked; None for whoever held the link of a page, or sat at the command line."""
    ticket_id: Mapped[int | None] = mapped_column(default=None)
    about: Mapped[str] = mapped_column(default="")
    """What was asked for, phones masked."""


@event.listens_for(table_of(AuditLine), "after_create")
def _guard(_: object, connection: Connection, **__: object) -> None:
    """A database made without migrations is guarded too."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)
