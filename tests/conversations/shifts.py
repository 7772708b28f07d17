"""Days and nights of a building with a roster: the hour it is there, who is known, what became of a ticket."""

from datetime import UTC, datetime, timedelta

from handlers.roster.binding import new_code
from storage.vocabulary import EntryKind
from tests.world import PersonOnStage, World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


def shanghai(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def goes_to(world: World, at: datetime) -> None:
    """Time passes until then, with everything that falls due on the way."""
    world.passes(seconds=(at - world.clock.time).total_seconds())


def knows(world: World, name: str) -> PersonOnStage:
    """Somebody of the roster whose account is known."""
    person = world.person(name)
    code = world.act(lambda unit: new_code(unit, unit.sites.get(world.site_id), name))
    person.says(f"/iam {code}", world.desk_chat)
    return person


def steps(world: World, number: int = 1001) -> list[str]:
    ticket = world.ticket(number)
    return world.look(lambda u: [e.text for e in u.tickets.list_entries(ticket.id) if e.kind is EntryKind.STEP])
