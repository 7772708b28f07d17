"""Staff find a ticket again: what is open, late, their own; by room, by number, by words. Each sees what is theirs."""

import pytest

from bot.channels.memory import Shown
from storage.vocabulary import ChatRole, Disposition, Group
from tests.world import ChatOnStage, World


def rain(world: World) -> None:
    """A wet morning: three leaks, a noise, a lift."""
    ann, bo, cai = world.person("Ann"), world.person("Bo"), world.person("Cai")
    ann.says("The kitchen tap in Block 3 1202 is leaking, my phone is 13800138000")
    world.passes(minutes=10)
    bo.says("The bathroom pipe in Block 5 803 is leaking")
    world.passes(minutes=10)
    cai.says("3栋1503厨房水管漏水,请来修")
    world.passes(minutes=10)
    bo.says("The flat above drills at midnight, we complained three times and nobody cares")


def card_of(world: World, number: int) -> Shown:
    """The ticket's card as it stands in the engineers' chat."""
    return world.engineering.find(f"#{number}", "“", "👤")


def does(world: World, number: int) -> None:
    """Li takes the ticket and has it done."""
    li = world.person("Li")
    li.taps("Done", world.engineering, card_of(world, number))
    li.taps("Repaired", world.engineering, card_of(world, number))


def asks(world: World, words: str, chat: ChatOnStage, name: str = "Li") -> str:
    """What the desk answers to a command."""
    world.person(name).says(words, chat)
    return chat.last.speech.plain


def test_a_morning_of_looking_things_up(world: World) -> None:
    rain(world)
    li = world.person("Li")
    said = asks(world, "/open", world.engineering)
    assert said.startswith("📋 Open · 3\n")
    assert "🔵 #1001 3栋 1202 · The kitchen tap in Block 3 1202…" in said
    assert "13800138000" not in said
    assert "#1004" not in said, "another group's ticket"
    assert "📋 Open · 4" in asks(world, "/open", world.managers, "Manager")
    assert "📋 Open · 4" in asks(world, "/open", world.desk_chat, "Joan")
    assert "Nothing is with you" in asks(world, "/mine", world.engineering)
    li.taps("Take", world.engineering, card_of(world, 1001))
    assert "📋 With Li · 1" in asks(world, "/mine", world.engineering)
    assert "Nothing is with you" in asks(world, "/mine", world.engineering, "Wu")
    assert "Nothing is late" in asks(world, "/overdue", world.engineering)
    world.passes(days=3)
    late = asks(world, "/overdue", world.engineering)
    assert late.startswith("⚠️ Overdue · 3\n")
    due = sorted((ticket.finish_due_at, ticket.number) for ticket in world.tickets[:3] if ticket.finish_due_at)
    assert [late.index(f"#{number}") for _, number in due] == sorted(late.index(f"#{number}") for _, number in due)


def test_a_tap_on_a_line_brings_the_living_card_down_and_the_old_one_points_to_it(world: World) -> None:
    rain(world)
    li = world.person("Li")
    old = card_of(world, 1001)
    asks(world, "/open", world.engineering)
    li.taps("#1001", world.engineering)
    pointer = world.engineering.find("further down")
    assert pointer.message_id == old.message_id
    assert pointer.speech.buttons == ()
    assert "old card" in li.taps_raw(f"{old.tap_prefix}take", world.engineering, old.message_id)
    li.taps("Take", world.engineering, world.engineering.last)
    assert "· Li" in card_of(world, 1001).speech.text
    assert world.engineering.hears("further down")
    li.replies(old, "I am on my way", world.engineering)
    assert world.inbox[-1].disposition is Disposition.ADDED, "an answer to the old card still reaches the tenant"


@pytest.mark.parametrize("room", ["3栋1202", "3-1202", "Block 3 1202", "３－１２０２", "1202", "T3 1202"])
def test_a_room_is_found_however_it_is_written(world: World, room: str) -> None:
    rain(world)
    said = asks(world, f"/room {room}", world.engineering)
    assert "#1001" in said
    assert "#1002" not in said


def test_a_flat_on_a_floor_and_a_whole_building(world: World) -> None:
    world.person("Ann").says("The kitchen tap in Block 3 12/F Flat B is leaking")
    assert "#1001" in asks(world, "/room 12/F Flat B", world.engineering)
    assert "#1001" in asks(world, "/room 3栋", world.engineering)
    assert "no request so far" in asks(world, "/room 5-1202", world.engineering)
    for words in ("/room", "/room nonsense", "/room 99栋"):
        assert "like this: /room 3-1202" in asks(world, words, world.engineering)


def test_words_phones_and_rooms_find_a_ticket(world: World) -> None:
    rain(world)
    li = world.person("Li")
    li.replies(card_of(world, 1002), "I will bring a new siphon", world.engineering)
    for words, numbers in {
        "KITCHEN leak": {1001},
        "leaking": {1001, 1002},
        "漏水": {1003},
        "廚房": {1003},  # in traditional characters what was written in simplified ones
        "13800138000": {1001},
        "138 0013 8000": {1001},
        "+86 138-0013-8000": {1001},
        "8000": {1001},
        "3-1202 kitchen": {1001},
        "5栋803": {1002},
        "siphon": {1002},  # staff's own words
        "Ann": {1001},
        "1003": {1003},
        "#1003": {1003},
        "100% _": set(),
        "unicorn": set(),
    }.items():
        said = asks(world, f"/find {words}", world.engineering)
        assert {number for number in range(1001, 1005) if f"#{number}" in said.partition("\n")[2]} == numbers, words
        assert "13800138000" not in said, words
    assert "138****8000" in asks(world, "/find 13800138000", world.engineering)
    assert "Nothing found for “unicorn”" in asks(world, "/find unicorn", world.engineering)
    assert "Please add a word" in asks(world, "/find", world.engineering)
    assert "Nothing found" in asks(world, "/find midnight", world.engineering), "another group's"
    assert "#1004" in asks(world, "/find midnight", world.desk_chat, "Joan")


def test_one_ticket_whole_with_its_thread(world: World) -> None:
    rain(world)
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    card = card_of(world, 1001)
    li.taps("Take", world.engineering, card)
    li.replies(card, "I will be there at ten", world.engineering)
    ann.says("Fine, just ring the bell", ann.private)
    does(world, 1001)
    world.passes(hours=3)
    ann.taps("fixed", ann.private)
    said = asks(world, "/t 1001", world.engineering)
    for part in (
        "📍 3栋 1202",
        "13800138000",
        "Li: Taken",
        "↩️ Li: I will be there at ten",
        "🔧 Li:",
        "Ann: The tenant says: ",
    ):
        assert part in said, part
    for words in ("/t", "/t what"):
        assert "like this: /t 1024" in asks(world, words, world.engineering)
    assert "no #9999" in asks(world, "/t 9999", world.engineering)
    assert "no #1004" in asks(world, "/t 1004", world.engineering), "another group's"


def test_managers_ask_for_the_number_before_they_see_it(world: World) -> None:
    rain(world)
    manager = world.person("Manager")
    assert "138****8000" in asks(world, "/t #1001", world.managers, "Manager")
    assert not world.managers.hears("13800138000")
    manager.taps("Show the number", world.managers)
    assert world.managers.hears("13800138000")


def test_pages_turn_and_show_how_things_are_now(world: World) -> None:
    for flat in range(1, 12):
        world.person(f"Tenant {flat}").says(f"The kitchen tap in Block 3 {flat}02 is leaking")
    li = world.person("Li")
    said = asks(world, "/open", world.engineering)
    assert "📋 Open · 11" in said
    assert said.count("\n") == 8
    li.taps("More", world.engineering)
    assert world.engineering.last.speech.text.count("\n") == 2
    li.taps("‹", world.engineering)
    assert "#1001" in world.engineering.last.speech.text
    page = world.engineering.last
    for number in range(1003, 1012):
        does(world, number)
    li.taps("More", world.engineering, page)
    page = world.engineering.find("📋")
    assert "📋 Open · 2" in page.speech.plain
    assert li.taps_raw(f"{page.tap_prefix}show:1003", world.engineering, page.message_id) is not None
    assert world.engineering.hears("#1003", "Li: Taken") or world.engineering.hears("#1003", "✅")


def test_whoever_forgot_a_command_is_told_them_all(world: World) -> None:
    said = asks(world, "/help", world.engineering)
    assert all(command in said for command in ("/open", "/find", "/room", "/t ", "/new", "/possible", "/onduty"))


def test_what_is_asked_in_a_chinese_duty_chat_is_answered_in_chinese(world: World) -> None:
    rain(world)
    chat = world.link(ChatRole.DUTY, "工程", Group.ENGINEERING, language="zh_CN")
    assert "📋 未完成 · 3" in asks(world, "/open", chat, "李工")
