"""Claims rows as a sender does, for tests of what follows."""

from collections.abc import Collection, Mapping
from datetime import datetime

from storage.repositories.claims import Due, choose
from storage.unit_of_work import UnitOfWork


def claim(
    unit: UnitOfWork,
    worker: str,
    until: datetime,
    widths: Mapping[str, int],
    resting: Collection[int] = (),
    resting_bulk: Collection[int] = (),
) -> list[Due]:
    """Up to so many rows of each channel, leased `until` then; see `choose` for the chats that rest."""
    chosen, _ = choose(unit.outbox.list_heads(unit.now), widths, resting, resting_bulk)
    return unit.outbox.take(worker, unit.now, until, chosen)
