"""An operator puts a room into the shadow for a trial, sees that it is there, and brings it to light."""

from storage.models import Chat
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole
from tests.bot.commands.operator import Operator


def a_room_is_linked(unit: UnitOfWork, title: str, address: str) -> None:
    site = unit.sites.list_all()[0]
    unit.chats.add(Chat(channel="telegram_rooms", address=address, role=ChatRole.ROOM, title=title, site_id=site.id))


def test_a_room_goes_into_the_shadow_and_back_to_light(operator: Operator) -> None:
    assert "No room is linked yet: lobby link room" in operator.gets("room", "list")
    operator.gets("site", "add", "阳光花园")
    operator.acts(lambda unit: a_room_is_linked(unit, "3栋群", "-1001"))
    assert "live    3栋群  -1001" in operator.gets("room", "list")
    assert "In 3栋群 the desk only listens now" in operator.gets("room", "shadow", "３栋群")
    assert "shadow  3栋群  -1001" in operator.gets("room", "list")
    assert "in the shadow already; lobby room live" in operator.is_refused("room", "shadow", "3栋群")
    assert "In 3栋群 the desk speaks now." in operator.gets("room", "live", "--", "-1001")
    assert "live    3栋群" in operator.gets("room", "list")
    assert "live already" in operator.is_refused("room", "live", "3栋群")


def test_a_name_that_fits_no_room_or_two_is_refused_with_what_there_is(operator: Operator) -> None:
    assert "no room is linked yet" in operator.is_refused("room", "shadow", "3栋群")
    operator.gets("site", "add", "阳光花园")
    for address in ("-1001", "-1002"):
        operator.acts(lambda unit, address=address: a_room_is_linked(unit, "群", address))
    assert "there is no room 5栋; there is: 群 (-1001), 群 (-1002)" in operator.is_refused("room", "shadow", "5栋")
    assert "give the address of one: 群 (-1001), 群 (-1002)" in operator.is_refused("room", "shadow", "群")
