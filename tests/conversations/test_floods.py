"""One person's flood drowns nobody: the words are kept together, emergencies and neighbours go first."""

from collections import Counter

from sqlalchemy import select

from handlers import floods
from storage.models import InboxRow, Ticket
from storage.vocabulary import Disposition, Urgency
from tests.world import World


def flood(world: World, count: int) -> list[str]:
    """Max finds something else broken behind every door of the block."""
    max_ = world.person("Max")
    words = [f"Block 3 {1200 + index} the bedroom light is broken, please repair it" for index in range(count)]
    world.happens(*(max_.message(world.room, text) for text in words))
    return words


def test_two_hundred_requests_of_one_person_open_a_few_and_lose_none(world: World) -> None:
    words = flood(world, 200)
    tickets = world.look(lambda unit: unit.session.scalars(select(Ticket)).all())
    assert len(tickets) == floods.MOST
    kept = world.look(lambda unit: [entry.text for entry in unit.tickets.list_entries(tickets[-1].id)])
    assert kept == words[floods.MOST - 1 :]
    ends = world.look(
        lambda unit: Counter(unit.session.scalars(select(InboxRow.disposition).where(InboxRow.text != "")))
    )
    assert ends[Disposition.OPENED] == floods.MOST
    assert ends[Disposition.ADDED] == 200 - floods.MOST


def test_the_person_is_told_once_and_staff_read_it_all_in_one_message(world: World) -> None:
    flood(world, 60)
    told = [text for text in world.room.texts if "That is a lot at once" in text]
    assert len(told) == 1
    under = [text for text in world.engineering.texts if "Many messages at once" in text]
    assert len(under) == 1
    assert "1259 the bedroom light" in under[0]
    assert "… and 32 before" in under[0]
    assert len(world.engineering.screen) <= floods.MOST + 2


def test_a_cry_in_the_flood_and_a_neighbour_beside_it_are_heard_as_ever(world: World) -> None:
    flood(world, 30)
    world.person("Max").says("Block 3 I smell gas in the stairwell!")
    assert world.engineering.hears("🚨")
    world.person("Mei").says("Block 5 801 the kitchen pipe is leaking")
    newest = world.look(lambda unit: unit.session.scalars(select(Ticket).order_by(Ticket.id.desc())).all())
    assert [ticket.urgency for ticket in newest[:2]] == [Urgency.NORMAL, Urgency.EMERGENCY]


def test_when_the_flood_is_over_a_request_has_a_number_again(world: World) -> None:
    flood(world, 12)
    world.passes(minutes=11)
    world.person("Max").says("Block 3 801 the toilet is blocked")
    assert world.room.hears(f"no. {1000 + floods.MOST + 1}")
