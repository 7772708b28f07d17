"""What staff have set right at a site, ready to be compared with the next message said there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.understanding.exemplars import Exemplar
from storage.models import Correction
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Aspect, Kind, Trade, Urgency


def exemplars_of(unit: UnitOfWork, site_id: int) -> Sequence[Exemplar]:
    """A site's examples, of several corrections of the same words the newest; made anew only when one has changed."""
    rows = unit.corrections.list_teaching(site_id)
    known = _made.get(site_id)
    if known is not None and known[0] is rows:
        return known[1]
    made = _made_of(rows)
    _made[site_id] = (rows, made)
    return made


def exemplars_taught(unit: UnitOfWork, site_id: int, before: datetime) -> Sequence[Exemplar]:
    """The examples a site had at some moment in the past."""
    return _made_of(unit.corrections.list_taught(site_id, before))


def _made_of(rows: Sequence[Correction]) -> Sequence[Exemplar]:
    by_words: dict[str, Exemplar] = {}
    for row in reversed(rows):
        found = by_words.get(row.words, Exemplar(row.words))
        match row.aspect:
            case Aspect.KIND:
                found = replace(found, kind=Kind(row.became))
            case Aspect.TRADE:
                found = replace(found, trade=Trade(row.became))
            case Aspect.URGENCY:
                found = replace(found, urgency=Urgency(row.became))
            case Aspect.PLACE:
                pass
        by_words[row.words] = found
    return tuple(by_words.values())


_made: dict[int, tuple[Sequence[Correction], Sequence[Exemplar]]] = {}
"""By site, with the very list they were made from."""
