"""People and their accounts."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from storage.models import Account, Person
from storage.models.base import known, table_of
from storage.prepared import Prepared, wire

_PERSON = [column.name for column in table_of(Person).c]
_BY_ACCOUNT = Prepared(
    select(table_of(Person), Account.name.label("shown"))
    .join(table_of(Account), Account.person_id == Person.id)
    .where(Account.channel == bindparam("channel"), Account.address == bindparam("address"))
)
_SPEAKS = Prepared(update(table_of(Person)).where(Person.id == bindparam("person")), ["language"])


@dataclass
class People:
    """Knows who speaks from which account."""

    session: Session

    def get(self, person_id: int) -> Person:
        """The person, or `NoResultFound`."""
        return self.session.get_one(Person, person_id)

    def find_by_account(self, channel: str, address: str) -> tuple[Person, str] | None:
        """Who speaks from this account, and the name it showed last."""
        found = _BY_ACCOUNT.first(wire(self.session), {"channel": channel, "address": address})
        return (
            None if found is None else (known(self.session, Person, dict(zip(_PERSON, found, strict=False))), found[-1])
        )

    def add(self, channel: str, address: str, name: str) -> Person:
        """A person heard for the first time."""
        person = Person(name=name)
        self.session.add(person)
        self.session.flush()
        self.session.add(Account(person_id=person.id, channel=channel, address=address, name=name))
        return person

    def add_unheard(self, person: Person) -> Person:
        """Somebody the desk knows of only through its staff: no account of theirs has been heard."""
        self.session.add(person)
        self.session.flush()
        return person

    def find_by_phone(self, site_id: int, phone: str) -> Person | None:
        """The tenant of a site with this phone; of several the one who has spoken to us, then the newest."""
        return self._find(Person.site_id == site_id, Person.phone == phone)

    def find_behind(self, site_id: int, building_id: int | None, unit: str, name: str) -> Person | None:
        """The tenant of this name behind a door."""
        door = (Person.site_id == site_id, Person.building_id == building_id, Person.unit == unit)
        return self._find(*door, Person.name == name)

    def _find(self, *who: ColumnElement[bool]) -> Person | None:
        has_account = select(Account.id).where(Account.person_id == Person.id).exists()
        order = (has_account.desc(), Person.id.desc())
        return self.session.scalar(select(Person).where(*who).order_by(*order).limit(1))

    def add_unnamed(self, name: str, site_id: int, language: str | None) -> Person:
        """Somebody without an account, who stands for an author nobody is to know."""
        person = Person(name=name, site_id=site_id, language=language)
        self.session.add(person)
        self.session.flush()
        return person

    def learn_language(self, person: Person, language: str) -> None:
        """What this person writes in now; past the unit of work, since tenants of mixed houses change it often."""
        if person.language != language:
            _SPEAKS.change(wire(self.session), {"person": person.id, "language": language})
            set_committed_value(person, "language", language)

    def rename(self, person: Person, channel: str, address: str, name: str) -> None:
        """An account shows another name now."""
        person.name = name
        self.session.execute(
            update(Account).where(Account.channel == channel, Account.address == address).values(name=name)
        )
