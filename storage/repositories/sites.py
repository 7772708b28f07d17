"""Sites and their buildings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.directory import remember
from storage.models import Building, Kept, Site
from storage.models.base import table_of
from storage.prepared import Prepared, wire
from storage.repositories.once import insert_once

_KEEP = insert_once(Kept, ("name", "value"), "name")
_BUILDINGS = select(Building).where(Building.site_id == bindparam("site")).order_by(Building.id)
_TAKE_NUMBER = Prepared(
    update(table_of(Site))
    .where(Site.id == bindparam("site"))
    .values(last_number=Site.last_number + 1)
    .returning(Site.last_number)
)


@dataclass
class Sites:
    """Reads and adds sites; hands out ticket numbers."""

    session: Session

    def add(self, site: Site) -> Site:
        """Save a new site and learn its id."""
        self.session.add(site)
        self.session.flush()
        return site

    def add_building(self, site_id: int, name: str, aliases: Sequence[str] = ()) -> Building:
        """Save a new building of a site."""
        building = Building(site_id=site_id, name=name, aliases=list(aliases))
        self.session.add(building)
        self.session.flush()
        return building

    def get(self, site_id: int) -> Site:
        """The site, shared and not to be changed, or `NoResultFound`."""
        return remember(self.session, ("site", site_id), lambda session: session.get_one(Site, site_id))

    def find_by_name(self, name: str) -> Site | None:
        """The site of that exact name."""
        return self.session.scalar(select(Site).where(Site.name == name))

    def list_all(self) -> Sequence[Site]:
        """Every site, oldest first."""
        return self.session.scalars(select(Site).order_by(Site.id)).all()

    def list_buildings(self, site_id: int) -> Sequence[Building]:
        """Buildings of a site, in the order they were entered."""
        key = ("buildings", site_id)
        return remember(self.session, key, lambda session: list(session.scalars(_BUILDINGS, {"site": site_id})))

    def find_building(self, building_id: int | None) -> Building | None:
        """The building, if the id names one."""
        if building_id is None:
            return None
        return remember(self.session, ("building", building_id), lambda session: session.get(Building, building_id))

    def take_number(self, site_id: int) -> int:
        """The next ticket number. The row stays locked until the commit, so numbers have no gaps and no races."""
        taken = _TAKE_NUMBER.first(wire(self.session), {"site": site_id})
        if taken is None:
            raise LookupError(f"no site {site_id}")
        number: int = taken[0]
        return number

    def keep(self, name: str, value: str) -> str:
        """Keep a value under a name the first time; returns what is kept, which may be an earlier one."""
        _KEEP.change(wire(self.session), {"name": name, "value": value})
        return self.session.get_one(Kept, name).value
