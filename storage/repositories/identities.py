"""Which accounts are one person's: bound by a code or by the desk, and parted again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Table, or_, select, update
from sqlalchemy.orm import Session

from storage.models import Account, Chat, Person, Ticket
from storage.models.base import Base, table_of

_PERSON, _ACCOUNT, _CHAT, _TICKET = (table_of(model) for model in (Person, Account, Chat, Ticket))
_NAMES: tuple[tuple[Table, Column[int]], ...] = tuple(
    (table, column)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if table is not _ACCOUNT and any(key.column is _PERSON.c.id for key in column.foreign_keys)
)
"""Every column that names a person."""


@dataclass
class Identities:
    """Seldom used, so its statements are plain and may walk through tables."""

    session: Session

    def list_accounts(self, person_id: int) -> Sequence[Account]:
        """From where a person speaks, oldest first."""
        return self.session.scalars(select(Account).where(Account.person_id == person_id).order_by(Account.id)).all()

    def claim(self, digest: str, now: datetime) -> Account | None:
        """Use a code up: the account it was given to, or None when it is unknown, used or expired."""
        claimed = self.session.scalar(
            update(Account)
            .where(Account.code_digest == digest, Account.code_until > now)
            .values(code_digest=None, code_until=None)
            .returning(Account.id)
        )
        return None if claimed is None else self.session.get_one(Account, claimed, populate_existing=True)

    def bind(self, kept: Person, other: Person) -> None:
        """From now on both are the first: accounts, chats, tickets and all that was said."""
        self.session.flush()
        for table, column in _NAMES:
            self._rename(table, column, other.id, kept.id)
        for account in self.list_accounts(other.id):
            account.bound_from_id = account.bound_from_id or other.id
            account.person_id = kept.id
        self._forget_what_was_read()

    def part(self, person: Person, account: Account) -> None:
        """This account goes back to whom it was bound from, with what belongs to its channel."""
        if account.bound_from_id is None:
            return
        self.session.flush()
        before = account.bound_from_id
        account.person_id, account.bound_from_id = before, None
        chats = select(_CHAT.c.id).where(_CHAT.c.channel == account.channel)
        own = select(_TICKET.c.id).where(_TICKET.c.reporter_id == person.id, _TICKET.c.chat_id.in_(chats))
        tickets = list(self.session.scalars(own))
        for table, column in _NAMES:
            if table is _CHAT:
                self._rename(table, column, person.id, before, table.c.channel == account.channel)
            elif table is _TICKET:
                if column.name == "reporter_id":
                    self._rename(table, column, person.id, before, table.c.id.in_(tickets))
            else:
                belongs = [
                    table.c[name].in_(what)
                    for name, what in (("ticket_id", tickets), ("chat_id", chats))
                    if name in table.c
                ]
                if belongs:
                    self._rename(table, column, person.id, before, or_(*belongs))
        self._forget_what_was_read()

    def _rename(self, table: Table, column: "Column[int]", before: int, after: int, *which: object) -> None:
        named = update(table).where(column == before, *which).values({column.name: after})  # type: ignore[arg-type]
        self.session.connection().execute(named)

    def _forget_what_was_read(self) -> None:
        self.session.flush()
        self.session.expire_all()
