"""Rooms and phones stay between the tenant and the staff who need them."""

from storage.vocabulary import AskingKind, AskingState, AttachmentKind, ChatRole
from tests.world import World

LEAK = "The kitchen tap is leaking"


def test_the_room_never_hears_a_room_or_a_phone(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    said = ann.says("The kitchen tap in Block 3 room 1202 is leaking, phone 13800138000, I am home at 18:00")
    li.taps("Take", world.engineering)
    li.replies(world.engineering.find("#1001"), "Is it room 1202? I call 13800138000", world.engineering)
    ann.edits(said, "The kitchen tap in Block 3 room 1203 is leaking, phone 13800138001")
    world.passes(minutes=30)
    ann.says("any news?")
    li.taps("Done", world.engineering)
    li.taps("own", world.engineering)
    li.replies(world.engineering.last, "new tap in 1202", world.engineering)
    world.passes(hours=3)
    ann.taps("not", world.room)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(days=4)
    assert len(world.room.wordings) > 5
    for text in world.room.wordings:
        for secret in ("1202", "1203", "13800138000", "13800138001", "18:00 "):
            assert secret not in text
    for text in world.managers.wordings:
        assert "1202" not in text
        assert "1380013800" not in text


def test_the_missing_room_is_asked_once_in_private_with_a_way_to_skip(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(LEAK)
    assert world.room.find("1001").speech.buttons[0][0].url
    assert ann.private.find("which building and room").speech.buttons[0][0].label == "Skip"
    ann.says("Block 3 1202", ann.private)
    ticket = world.ticket()
    assert ticket.unit == "1202"
    assert ticket.building_id is not None
    assert ann.private.hears("Added to no. 1001")
    ann.says("the bathroom light is broken")
    assert world.ticket(1002).unit == "1202"
    assert sum("which building" in text for text in ann.private.wordings) == 1


def test_whoever_skips_is_not_asked_again(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(LEAK)
    ann.taps("Skip", ann.private)
    ann.starts()
    assert sum("which building" in text for text in ann.private.wordings) == 1
    ann.says("hello there", ann.private)
    assert world.ticket().unit is None


def test_hello_is_no_room_number(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(LEAK)
    ann.says("thanks a lot", ann.private)
    ann.says("someone is coming today, right?", ann.private)
    assert world.ticket().unit is None
    ann.says("the lift in Block 5 is stuck", ann.private)
    assert len(world.tickets) == 2
    ann.says("3栋1202", ann.private)
    assert world.ticket().unit == "1202"


def test_the_room_given_in_the_next_line_settles_the_question(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(LEAK)
    ann.says("room 1202")
    assert not ann.private.hears("which building")
    asking = world.look(lambda unit: unit.askings.get(1))
    assert (asking.kind, asking.state) == (AskingKind.WHICH_UNIT, AskingState.ANSWERED)


def test_the_deep_link_leads_from_the_room_to_ones_own_question(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    url = world.room.find("1001").speech.buttons[0][0].url
    assert url is not None
    ann.starts(url.partition("start=")[2])
    assert ann.private.hears("Sunshine Garden")
    assert ann.private.hears("No. 1001", "which building and room")


def test_a_stranger_in_private_is_shown_the_way_in(world: World) -> None:
    world.second_site()
    zoe = world.person("Zoe")
    zoe.says("my tap is leaking", zoe.private)
    assert zoe.private.hears("don't know which building")
    assert world.tickets == []


def test_photos_and_words_in_private_belong_to_the_open_ticket(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says("The lift in Block 3 is stuck")
    world.passes(hours=2)
    ann.says("it stands between the second and third floor", ann.private)
    ann.sends(AttachmentKind.PHOTO, "", ann.private)
    assert world.engineering.hears("💬 #1001", "second and third")
    assert world.engineering.find("📎 No. 1001").media is not None
    assert len(world.tickets) == 1


def test_who_lives_at_two_sites_is_heard_where_they_spoke_last(world: World) -> None:
    second = world.second_site()
    far = world.link(ChatRole.ROOM, "far room", site_id=second)
    ann = world.person("Ann")
    ann.says(LEAK)
    ann.starts()
    ann.says("3-1202", ann.private)
    ann.says("good morning", far)
    ann.says("The bathroom light does not work any more, please repair it", ann.private)
    ticket = world.tickets[-1]
    assert ticket.site_id == second
    assert ticket.unit is None  # the flat of the first site says nothing here
    ann.says("good evening")
    ann.says("The bedroom light is broken, please repair it", ann.private)
    assert world.tickets[-1].site_id == world.site_id
