"""An office that promises repairs within its hours."""

from datetime import UTC, datetime, timedelta

from storage.models import Promise
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, Urgency
from tests.world import World

OFFICE_HOURS = (("engineering", "workdays", "09:00", "18:00"), ("desk", "workdays", "09:00", "18:00"))


def shanghai(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def promise(world: World, *, answer: int, finish: int, urgency: Urgency = Urgency.NORMAL) -> None:
    """From now on repairs are promised so, in minutes."""

    def act(unit: UnitOfWork) -> None:
        row = Promise(
            site_id=world.site_id, kind=Kind.REPAIR, urgency=urgency, answer_minutes=answer, finish_minutes=finish
        )
        unit.rosters.add(row)

    world.act(act)
