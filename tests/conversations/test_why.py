"""Staff ask why a message was read as it was, and are told its own words, what was set right, and what is not kept."""

import pytest

from storage.vocabulary import Group, Trade
from tests.world import ChatOnStage, World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


def asks_why(world: World, chat: ChatOnStage | None = None) -> str:
    """Li taps; returns what stands under the card."""
    chat = chat or world.engineering
    world.person("Li").taps_more("Why?", chat)
    return chat.find("💡").speech.plain


def test_staff_read_which_words_decided(world: World) -> None:
    world.person("Ann").says(LEAK)
    said = asks_why(world)
    assert "Read as repair" in said
    assert "Trade: plumbing · “" in said
    assert "leaking" in said
    assert "Urgency: normal · nothing in it sounds dangerous" in said
    assert world.engineering.find("💡").reply_to == world.engineering.find("👤").message_id
    assert not world.room.hears("💡")


def test_asking_twice_leaves_one_answer_and_says_where_it_is(world: World) -> None:
    world.person("Ann").says(LEAK)
    asks_why(world)
    assert "under this card" in world.person("Li").taps_more("Why?", world.engineering)
    assert sum("💡" in text for text in world.engineering.texts) == 1


def test_after_a_correction_it_says_who_made_it_so(world: World) -> None:
    world.person("Ann").says(LEAK)
    world.passes(minutes=5)
    for label in ("More", "Correct", "Trade", "appliance"):
        world.person("Li").taps(label, world.engineering)
    said = asks_why(world)
    assert "Trade: plumbing" in said
    assert "Set right by staff: plumbing → appliance" in said
    assert "set right here before" not in said
    assert "Now " not in said
    world.passes(minutes=5)
    world.person("Bob").says("The kitchen tap in Block 3 0801 is leaking!")
    assert world.ticket(1002).trade is Trade.APPLIANCE
    assert "set right here before: appliance" in asks_why(world)


def test_an_example_taught_later_did_not_decide_then(world: World) -> None:
    world.person("Ann").says(LEAK)
    card = world.engineering.find("#1001")
    world.passes(minutes=5)
    world.person("Bob").says("The kitchen tap in Block 5 0801 is leaking!")
    for label in ("More", "Correct", "Trade", "appliance"):
        world.person("Li").taps(label, world.engineering)
    world.person("Li").taps_more("Why?", world.engineering, card)
    assert "set right here before" not in world.engineering.find("💡 #1001").speech.plain


def test_an_emergency_names_the_words_of_danger(world: World) -> None:
    world.person("Ann").says("3栋着火了快来人")
    said = asks_why(world, world.security)
    assert "Urgency: emergency · “着火”" in said
    assert "Rule: a danger to life" in said


def test_an_old_card_answers_long_after_the_work_is_over(world: World) -> None:
    world.person("Ann").says(LEAK)
    card = world.engineering.find("#1001")
    for label in ("Done", "Repaired"):
        world.person("Li").taps(label, world.engineering)
    world.passes(days=9)
    world.person("Li").taps_stale("why", world.engineering, card)
    assert world.engineering.hears("💡 #1001", "Read as repair")


def test_words_no_longer_kept_are_owned_up_to(world: World) -> None:
    world.person("Ann").says(LEAK)

    def forget(unit: object) -> None:
        unit.tickets.get(world.ticket().id).words = ""  # type: ignore[attr-defined]

    world.act(forget)
    assert "no longer have its words" in asks_why(world)


def test_a_group_it_was_handed_away_from_is_told_where_it_went(world: World) -> None:
    world.person("Ann").says(LEAK)
    card = world.engineering.find("#1001")
    for label in ("Hand over", "Security"):
        world.person("Li").taps(label, world.engineering)
    world.person("Li").taps_stale("why", world.engineering, card)
    assert not world.engineering.hears("💡")
    assert "plumbing" in asks_why(world, world.security)


@pytest.mark.parametrize(
    ("language", "button", "words"),
    [
        ("zh_CN", "为什么", ("判断为报修", "“漏水”", "话里没有危险的意思")),
        ("zh_TW", "為什麼", ("判斷為維修", "「漏水」", "話裡沒有危險的意思")),
    ],
)
def test_staff_read_it_in_their_own_language(world: World, language: str, button: str, words: tuple[str, ...]) -> None:
    world.act(lambda unit: setattr(unit.chats.find("memory", world.engineering.address), "language", language))
    world.person("Ann").says("3栋1202厨房水管漏水了,请派人来修")
    world.person("Li").taps_more(button, world.engineering)
    assert all(word in world.engineering.find("💡").speech.plain for word in words), world.engineering.texts
    assert world.ticket().group is Group.ENGINEERING
