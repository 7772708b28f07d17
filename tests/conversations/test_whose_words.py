"""Which words are whose: a further trouble, an answer to staff, the neighbours' talk, the fault that came back."""

import pytest

from storage.vocabulary import Disposition, Trade, Urgency
from tests.world import World

GAS = "3栋8楼闻到煤气味"


@pytest.mark.parametrize(
    "words",
    [
        "5栋电梯又坏了，天天爬楼梯，你们管不管？",
        "电梯又坏了，天天爬楼梯，你们管不管？",
        "5栋电梯什么时候来修，还没人来",
    ],
)
@pytest.mark.parametrize("minutes", [0, 20])
def test_another_trouble_is_no_call_for_help_with_the_gas(world: World, words: str, minutes: int) -> None:
    daniel = world.person("Daniel")
    daniel.says(GAS)
    world.passes(minutes=minutes)
    said = daniel.says(words)
    assert world.disposition(said).disposition in (Disposition.OPENED, Disposition.ASKED)
    assert world.ticket().urged == 0
    assert not world.managers.hears("📣")
    assert not world.engineering.hears("💬 #1001")


def test_the_lift_told_of_under_the_gas_answer_is_a_ticket_of_its_own(world: World) -> None:
    daniel = world.person("Daniel")
    daniel.says(GAS)
    daniel.replies(world.room.find("1001"), "5栋电梯又坏了，天天爬楼梯，你们管不管？", world.room)
    assert [ticket.trade for ticket in world.tickets] == [Trade.GAS, Trade.LIFT]
    assert world.ticket(1002).urgency is not Urgency.EMERGENCY


def test_gas_in_another_building_pages_for_that_building(world: World) -> None:
    daniel = world.person("Daniel")
    daniel.says(GAS)
    daniel.says("5栋也闻到煤气味")
    assert len(world.tickets) == 2
    assert world.managers.hears("🚨", "5栋")


@pytest.mark.parametrize("minutes", [1, 60, 26 * 60])
@pytest.mark.parametrize("is_told_in_private", [False, True])
def test_a_plain_answer_to_staffs_question_reaches_them(world: World, minutes: int, is_told_in_private: bool) -> None:
    daniel, li = world.person("Daniel"), world.person("Li")
    daniel.starts()
    daniel.says("tap drips, Block 2", daniel.private if is_told_in_private else world.room)
    li.taps("Ask", world.engineering)
    li.taps("When would suit", world.engineering)
    world.passes(minutes=minutes)
    before = len(daniel.private.wordings)
    said = daniel.says("after 6pm tonight", daniel.private)
    assert world.disposition(said, daniel.private).disposition is Disposition.ADDED
    assert world.engineering.hears("💬 #1001", "after 6pm tonight")
    assert world.ticket().visit_time == "after 6pm tonight"
    assert world.ticket().unit is None
    assert not any("what is wrong" in text for text in daniel.private.wordings[before:])
    assert len(world.tickets) == 1


def test_a_new_trouble_is_no_answer_and_small_talk_after_the_answer_is_none(world: World) -> None:
    daniel, li = world.person("Daniel"), world.person("Li")
    daniel.starts()
    daniel.says("tap drips, Block 3 301")
    li.taps("Ask", world.engineering)
    li.taps("When would suit", world.engineering)
    daniel.says("The lift in Block 5 is stuck", daniel.private)
    assert [ticket.trade for ticket in world.tickets] == [Trade.PLUMBING, Trade.LIFT]
    daniel.says("tonight", daniel.private)
    assert world.engineering.hears("💬 #1001", "tonight")
    world.passes(hours=2)
    daniel.says("what is for dinner tonight, darling?", daniel.private)
    assert not world.engineering.hears("dinner")


def test_solved_is_taken_back_by_the_fault_that_is_back(world: World) -> None:
    daniel, li = world.person("Daniel"), world.person("Li")
    again = "3棟1202廚房漏水呀，滴咗成晚，快啲嚟人啦"
    daniel.says("3棟1202廚房漏水")
    daniel.says("fixed thanks")
    offer = world.engineering.find("✅ #1001")
    daniel.says(again)
    assert world.engineering.hears("💬 #1001", again)
    assert not world.engineering.hears("✅ #1001")
    assert world.engineering.hears("↩️ #1001", "not solved after all")
    li.taps_stale("solved", world.engineering, offer)
    assert world.ticket().is_open
    world.passes(minutes=1)
    daniel.says("any news?")
    assert len([text for text in world.engineering.wordings if "↩️" in text]) == 1
    li.taps("Hand over", world.engineering, world.engineering.find("#1001", "👤"))
    li.taps("Security", world.engineering)
    assert world.security.hears("💬 #1001", again)
    assert not world.security.hears("fixed thanks")


@pytest.mark.parametrize("first", ["3栋1202厨房漏水", GAS])
@pytest.mark.parametrize("talk", ["今晚有人打羽毛球吗？", "3栋楼下有人卖西瓜吗", "anyone up for badminton tonight?"])
def test_the_neighbours_talk_is_no_part_of_a_repair(world: World, first: str, talk: str) -> None:
    emma = world.person("Emma")
    emma.says(first)
    before = len(world.room.wordings)
    said = emma.says(talk)
    assert world.disposition(said).disposition is Disposition.CHATTER
    assert (world.ticket().words, world.ticket().visit_time) == (first, None)
    assert len(world.room.wordings) == before


@pytest.mark.parametrize(
    ("words", "visit"),
    [("快点", None), ("很急", None), ("晚上八点后在家", "晚上八点后"), ("I'm home tonight", "tonight")],
)
def test_a_burst_goes_on(world: World, words: str, visit: str | None) -> None:
    emma = world.person("Emma")
    emma.says("3栋1202厨房漏水")
    said = emma.says(words)
    assert world.disposition(said).ticket_id == world.ticket().id
    assert world.ticket().visit_time == visit


def test_everybody_who_smells_gas_is_answered_alone(world: World) -> None:
    said = {}
    for name in ("Ann", "Bob", "Cai"):
        said[name] = world.person(name).says(GAS)
        world.passes(seconds=10)
    for name, number in (("Ann", "1001"), ("Bob", "1002"), ("Cai", "1003")):
        answer = world.room.find(number)
        assert answer.reply_to == said[name]
        assert "开窗通风" in answer.speech.plain
    assert len(world.room.screen) == 3
