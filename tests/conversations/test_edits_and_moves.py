"""People change what they said, chats change their address, codes work once."""

import pytest

from storage.vocabulary import ChatRole, Disposition
from tests.world import World

LEAK = "3栋1202厨房水管漏水了,请派人来修"


def test_chatter_that_becomes_a_request(world: World) -> None:
    mei = world.person("Mei")
    message = mei.says("大家好")
    mei.edits(message, LEAK)
    assert world.ticket().words == LEAK


def test_a_request_changed_before_anybody_took_it_changes_the_card(world: World) -> None:
    mei = world.person("Mei")
    message = mei.says(LEAK)
    mei.edits(message, LEAK.replace("厨房", "卫生间"))
    assert "卫生间" in world.engineering.find("#1001").speech.text
    assert world.look(lambda unit: unit.tickets.find_by_number(world.site_id, 1002)) is None


def test_an_edit_of_something_we_never_heard_is_recorded(world: World) -> None:
    mei = world.person("Mei")
    mei.edits("m-unknown", LEAK)
    assert world.disposition("m-unknown").disposition is Disposition.IGNORED


def test_a_group_gets_a_new_address_and_nothing_is_lost(world: World) -> None:
    mei = world.person("Mei")
    mei.says(LEAK)
    world.chat_moves(world.room, "supergroup-room")
    mei.says("还没来吗?")
    assert world.ticket().urged == 1
    assert world.room.hears("1001")


@pytest.mark.parametrize("code", ["", "WRONG", "x" * 500, "' OR 1=1 --"])
def test_a_wrong_code_links_nothing(world: World, code: str) -> None:
    chat = world.chat("group-new", is_private=False, title="new")
    world.operator.says(f"/link {code}", chat)
    assert chat.hears("doesn't work")


def test_a_code_works_once_and_for_a_day(world: World) -> None:
    from handlers.linking import new_code

    code = world.act(lambda unit: new_code(unit, ChatRole.ROOM, world.site_id))
    late = world.act(lambda unit: new_code(unit, ChatRole.ROOM, world.site_id))
    first = world.chat("group-1", is_private=False, title="1")
    second = world.chat("group-2", is_private=False, title="2")
    world.operator.says(f"/link {code}", first)
    world.operator.says(f"/link {code}", second)
    assert second.hears("doesn't work")
    world.passes(days=1, minutes=1)
    world.operator.says(f"/link {late}", second)
    assert sum("doesn't work" in text for text in second.texts) == 2
