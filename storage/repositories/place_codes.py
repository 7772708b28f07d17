"""Codes on posters, and the places they stand for."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import PlaceCode

CODE_BYTES = 9
"""Twelve signs of A-Z a-z 0-9 _ -: nobody guesses a neighbour's, and every platform carries them."""


@dataclass
class PlaceCodes:
    """Each place has one code for good, since posters hang for years."""

    session: Session

    def find(self, code: str) -> PlaceCode | None:
        """The place a code stands for."""
        return self.session.scalar(select(PlaceCode).where(PlaceCode.code == code))

    def keep(self, site_id: int, building_id: int | None = None, unit: str | None = None) -> PlaceCode:
        """The code of a place, made the first time it is asked for."""
        found = self.session.scalar(
            select(PlaceCode)
            .where(
                PlaceCode.site_id == site_id,
                PlaceCode.building_id.is_not_distinct_from(building_id),
                PlaceCode.unit.is_not_distinct_from(unit),
            )
            .order_by(PlaceCode.id)
            .limit(1)
        )
        if found is None:
            code = secrets.token_urlsafe(CODE_BYTES)
            found = PlaceCode(code=code, site_id=site_id, building_id=building_id, unit=unit)
            self.session.add(found)
            self.session.flush()
        return found
