"""People and their accounts."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.models import Account, Person

_BY_ACCOUNT = (
    select(Person, Account.name)
    .join(Account, Account.person_id == Person.id)
    .where(Account.channel == bindparam("channel"), Account.address == bindparam("address"))
)


@dataclass
class People:
    """Knows who speaks from which account."""

    session: Session

    def get(self, person_id: int) -> Person:
        """The person, or `NoResultFound`."""
        return self.session.get_one(Person, person_id)

    def find_by_account(self, channel: str, address: str) -> tuple[Person, str] | None:
        """Who speaks from this account, and the name it showed last."""
        found = self.session.execute(_BY_ACCOUNT, {"channel": channel, "address": address}).first()
        return None if found is None else (found[0], found[1])

    def add(self, channel: str, address: str, name: str) -> Person:
        """A person heard for the first time."""
        person = Person(name=name)
        self.session.add(person)
        self.session.flush()
        self.session.add(Account(person_id=person.id, channel=channel, address=address, name=name))
        return person

    def rename(self, person: Person, channel: str, address: str, name: str) -> None:
        """An account shows another name now."""
        person.name = name
        self.session.execute(
            update(Account).where(Account.channel == channel, Account.address == address).values(name=name)
        )
