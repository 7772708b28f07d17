"""Staff answer the card of an incident: everybody who reported it hears it, alone, in their language; staff see who."""

import pytest

from bot.channels.channel import SendFailed
from storage.vocabulary import AttachmentKind
from tests.world import World

TELLINGS = {
    "Ann": "The lift in Block 3 stopped again, please come, phone 13800138001",
    "Bob": "3栋电梯又停了,电话13800138002",
    "Cai": "3號樓電梯不動了,請派人來",
    "Dan": "lift broken in T3, please fix",
}


def told_by(world: World, *names: str, without_start: tuple[str, ...] = ()) -> None:
    for name in names:
        if name not in without_start:
            world.person(name).starts()
        world.person(name).says(TELLINGS[name])
        world.passes(minutes=2)


def answers(world: World, words: str) -> str:
    return world.person("Li").replies(world.engineering.find("#1001", "👤"), words, world.engineering)


def card(world: World) -> str:
    return world.engineering.find("#1001", "👥").speech.text


def test_each_hears_it_in_private_in_their_language_and_nothing_of_the_others(world: World) -> None:
    told_by(world, "Ann", "Bob", "Cai")
    answers(world, "The engineer comes at three")
    heard = {name: world.person(name).private.find("at three").speech.plain for name in ("Ann", "Bob", "Cai")}
    assert ["1001" in heard["Ann"], "1002" in heard["Bob"], "1003" in heard["Cai"]] == [True] * 3
    assert "Management office" in heard["Ann"]
    assert "管理处" in heard["Bob"]
    assert "管理處" in heard["Cai"]
    for name, text in heard.items():
        others = {"Ann": "1001", "Bob": "1002", "Cai": "1003"}
        assert not any(number in text for other, number in others.items() if other != name)
        assert not any(word in text for word in ("1380013", *(other for other in others if other != name)))
    assert "Last reply: sent to all 3" in card(world)
    assert not world.room.hears("at three")


def test_who_never_pressed_start_is_counted_and_finds_it_later(world: World) -> None:
    told_by(world, "Ann", "Bob", "Cai", "Dan", without_start=("Dan",))
    reply = answers(world, "The engineer comes at three")
    assert "Last reply: 3 of 4 sent · 1 has never opened the private chat" in card(world)
    assert world.channel.reactions[world.engineering.address, reply] == "👀"
    assert world.room.hears("Dan, you have an answer about no. 1004")
    world.person("Dan").starts()
    assert world.person("Dan").private.hears("1004", "at three")
    assert "sent to all 4" in card(world)
    assert world.channel.reactions[world.engineering.address, reply] == "👌"


def test_neighbours_without_a_private_chat_share_one_notice_in_the_room(world: World) -> None:
    told_by(world, "Ann", "Bob", "Cai", without_start=("Ann", "Bob", "Cai"))
    before = len(world.room.wordings)
    answers(world, "The engineer comes at three")
    answers(world, "And brings the part")
    (notice,) = world.room.wordings[before:]
    assert "1001, 1002, 1003" in notice
    assert "three" not in notice
    assert "Last reply: 0 of 3 sent · 3 have never opened the private chat" in card(world)
    world.person("Bob").starts()
    assert world.person("Bob").private.hears("1002", "at three")
    assert world.person("Bob").private.hears("1002", "brings the part")


def test_one_who_blocked_the_desk_is_told_apart(world: World) -> None:
    told_by(world, "Ann", "Bob", "Cai")
    world.person("Bob").private.refuses(SendFailed("blocked", permanent=True, closes_chat=True))
    answers(world, "The engineer comes at three")
    assert "Last reply: 2 of 3 sent · 1 has blocked the desk" in card(world)
    assert world.engineering.hears("📭 #1002", "13800138002")
    assert world.person("Cai").private.hears("at three")


def test_while_one_still_waits_the_card_says_so(world: World) -> None:
    told_by(world, "Ann", "Bob")
    world.person("Bob").private.refuses(SendFailed("server trouble"))
    answers(world, "The engineer comes at three")
    assert "Last reply: 1 of 2 sent · 1 × waiting to be sent" in card(world)
    world.person("Bob").private.refuses(None)
    world.passes(minutes=2)
    assert "sent to all 2" in card(world)


def test_an_answer_to_one_neighbours_words_goes_to_that_one(world: World) -> None:
    told_by(world, "Ann", "Bob", "Cai")
    bob = world.person("Bob")
    bob.replies(world.room.find("1002"), "当时里面有人", world.room)
    world.person("Li").replies(world.engineering.find("当时里面有人"), "Is anybody hurt?", world.engineering)
    assert bob.private.hears("1002", "anybody hurt")
    assert not world.person("Ann").private.hears("anybody hurt")
    assert not world.person("Cai").private.hears("anybody hurt")


def test_one_person_with_two_reports_hears_it_once(world: World) -> None:
    told_by(world, "Ann", "Bob")
    world.person("Bob").says("The kitchen tap in Block 3 1202 is leaking")
    li = world.person("Li")
    li.taps_more("Merge", world.engineering, world.engineering.find("#1003"))
    li.taps("#1001", world.engineering)
    answers(world, "The engineer comes at three")
    assert sum("at three" in text for text in world.person("Bob").private.texts) == 1
    assert "sent to all 2" in card(world)


def test_a_photo_and_a_changed_answer_reach_all_of_them(world: World) -> None:
    told_by(world, "Ann", "Bob")
    li = world.person("Li")
    shown = world.engineering.find("#1001", "👤")
    li.sends(AttachmentKind.PHOTO, "the new part", world.engineering, reply_to=shown.message_id)
    reply = answers(world, "Ready at three")
    li.edits(reply, "Ready at four", world.engineering)
    for name in ("Ann", "Bob"):
        private = world.person(name).private
        assert sum(shown.media is not None for shown in private.screen) == 1, name
        assert private.hears("Ready at four")
        assert not private.hears("Ready at three")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_CN", "上次回复：2 人中 1 人已发送 · 1 人还没打开与前台的私聊"),
        ("zh_TW", "上次回覆：2 人中 1 人已傳送 · 1 人還沒開啟與服務台的私訊"),
    ],
)
def test_the_card_says_it_in_the_language_of_the_chat(world: World, language: str, words: str) -> None:
    world.act(lambda unit: setattr(unit.chats.find("memory", world.engineering.address), "language", language))
    told_by(world, "Ann", "Bob", without_start=("Bob",))
    answers(world, "三点到")
    assert words in card(world)
