"""A flat's own lamp and the one all share: nobody is asked for a room number that helps nobody."""

import pytest

from tests.world import World

SHARED = [
    "The corridor light in Block 5 is broken",
    "the light in the lobby of Block 3 is broken",
    "The garage light is broken",
    "the roof of Block 3 leaks",
    "the ceiling lamp in the lift does not work",
    "3栋楼道灯坏了",
    "大堂灯坏了",
    "车库的灯不亮了",
    "3栋天台漏水",
    "停車場燈壞咗",
]


@pytest.mark.parametrize("words", SHARED)
def test_for_what_all_share_nobody_is_asked_for_a_room(world: World, words: str) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(words)
    ann.starts()
    assert len(world.tickets) == 1
    assert all(row.notification != "WhichUnit" for row in world.outbox)


@pytest.mark.parametrize("words", ["My bedroom light is broken", "卧室灯坏了", "the kitchen tap leaks", "厨房水管漏水"])
def test_for_a_flat_it_is_asked(world: World, words: str) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(words)
    assert any(row.notification == "WhichUnit" for row in world.outbox)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The bedroom light in Block 3 1202 is broken", "The garage light is broken"),
        ("3栋1202卧室灯坏了", "车库的灯也坏了"),
    ],
)
@pytest.mark.parametrize("minutes", [1, 60])
def test_the_same_trade_in_another_spot_is_another_ticket(world: World, first: str, second: str, minutes: int) -> None:
    ann = world.person("Ann")
    ann.says(first)
    world.passes(minutes=minutes)
    ann.says(second)
    assert [ticket.words for ticket in world.tickets] == [first, second]


def test_what_leaks_on_into_the_next_room_is_no_other_ticket(world: World) -> None:
    ann = world.person("Ann")
    ann.says("The kitchen pipe in Block 3 1202 is leaking")
    world.passes(minutes=20)
    ann.says("the pipe is leaking into the living room now")
    assert len(world.tickets) == 1
