"""What one site calls its buildings. The desk hands it to `reading.read`, so that "T3" and "三号楼" are one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BuildingWords:
    """A building under the site's own name, and what else people call it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The buildings of one site. An empty list is the same as none: buildings then keep their normal form."""

    buildings: tuple[BuildingWords, ...] = ()
