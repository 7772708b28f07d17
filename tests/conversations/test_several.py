"""One message, several troubles: a ticket for each, one line with all their numbers, and each goes its own way."""

from storage.vocabulary import Disposition, Kind, TicketState, Trade, Urgency
from tests.world import World

TWO = "The kitchen tap in Block 3 1202 is leaking. Also the lobby light is out"


def test_two_troubles_in_one_message_become_two_tickets_told_in_one_line(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(TWO)
    assert [ticket.trade for ticket in world.tickets] == [Trade.PLUMBING, Trade.ELECTRICAL]
    assert world.room.hears("1001", "1002")
    assert sum("Received" in text for text in world.room.wordings) == 1
    row = world.disposition(said)
    assert (row.disposition, row.ticket_id) == (Disposition.OPENED, world.ticket(1001).id)


def test_each_trouble_has_a_card_of_its_own_with_its_own_words(world: World) -> None:
    ann = world.person("Ann")
    ann.says(TWO)
    assert world.engineering.find("#1001", "tap").speech.text != world.engineering.find("#1002", "light").speech.text
    assert [ticket.unit for ticket in world.tickets] == ["1202", "1202"]


def test_taking_one_trouble_back_leaves_the_other(world: World) -> None:
    ann = world.person("Ann")
    ann.says(TWO)
    world.passes(minutes=10)
    ann.says("cancel no. 1001 please")
    assert world.ticket(1001).state is TicketState.CANCELLED
    assert world.ticket(1002).is_open


def test_a_bare_cancel_after_two_troubles_asks_which_one(world: World) -> None:
    ann = world.person("Ann")
    ann.says(TWO)
    world.passes(minutes=10)
    ann.says("never mind, cancel it")
    assert all(ticket.is_open for ticket in world.tickets)


def test_in_chinese_as_well(world: World) -> None:
    ann = world.person("Ann")
    ann.says("3栋1202厨房水管漏水，另外门禁卡也刷不开")
    assert [ticket.trade for ticket in world.tickets] == [Trade.PLUMBING, Trade.DOOR_ACCESS]
    assert world.room.hears("1001", "1002", "分成 2 件")


def test_in_private_the_room_is_asked_for_once_and_holds_for_both(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says("The kitchen tap is leaking. Also the bedroom aircon is not cooling", ann.private)
    assert sum("room" in text for text in ann.private.wordings) == 1
    ann.says("1202", ann.private)
    assert [ticket.unit for ticket in world.tickets] == ["1202", "1202"]


def test_an_emergency_told_with_something_small_is_paged_first(world: World) -> None:
    ann = world.person("Ann")
    ann.says("There is a strong gas smell in Block 3, 12th floor. Also the lobby light is out")
    gas, light = world.tickets
    assert (gas.kind, gas.urgency) == (Kind.REPAIR, Urgency.EMERGENCY)
    assert light.urgency is Urgency.NORMAL
    assert world.room.hears("Emergency", "1001")
    assert world.room.hears("Received", "1002")


def test_one_trouble_with_its_story_stays_one(world: World) -> None:
    ann = world.person("Ann")
    ann.says("The kitchen tap in Block 3 1202 is leaking since yesterday, and it's getting worse, the floor is wet too")
    assert len(world.tickets) == 1


def test_a_list_of_three_is_three_tickets_in_either_language(world: World) -> None:
    ann = world.person("Ann")
    ann.says("1202厕所堵了，灯也不亮，另外物业费怎么交")
    assert [ticket.trade for ticket in world.tickets] == [Trade.PLUMBING, Trade.ELECTRICAL, Trade.FEES]
    assert world.room.hears("1001", "1002", "1003")
    bob = world.person("Bob")
    bob.says("several things: tap drips, hall light is out, and when is the gym open?")
    assert [ticket.trade for ticket in world.tickets[3:]] == [Trade.PLUMBING, Trade.ELECTRICAL, Trade.FACILITIES]
    assert world.room.hears("1004", "1005", "1006")


def test_what_leaks_again_and_a_lamp_are_two_where_no_ticket_of_the_leak_is_known(world: World) -> None:
    world.person("Ann").says("厨房又漏水啦!! 仲有厕所灯坏咗")
    assert [ticket.trade for ticket in world.tickets] == [Trade.PLUMBING, Trade.ELECTRICAL]
