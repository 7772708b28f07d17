"""Everybody is answered in the language they wrote; a duty chat keeps its own."""

import pytest

from storage.vocabulary import ChatRole, Group
from tests.world import World

LEAKS = {
    "zh_CN": ("3栋1202厨房水管漏水,请来修", "报修"),
    "zh_TW": ("3棟1202廚房水管漏水,請來修理", "維修"),
    "en": ("The kitchen tap in Block 3 1202 is leaking", "Received"),
}


@pytest.mark.parametrize("language", LEAKS)
def test_the_answer_is_in_the_language_of_the_message(world: World, language: str) -> None:
    words, received = LEAKS[language]
    world.person("Ann").says(words)
    assert world.ticket().language == language
    assert received in world.room.last.speech.plain
    assert world.engineering.hears("#1001", "👤 Ann")
    assert any("Take" in label for label in world.engineering.labels)


def test_one_person_writes_in_two_languages_and_is_answered_in_each(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAKS["zh_CN"][0])
    ann.says("The lift in Block 5 is stuck")
    assert "Received" in world.room.last.speech.plain
    ann.says("ok", ann.private)
    ann.says("1202", ann.private)


def test_a_bare_number_or_ok_changes_no_language(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says("厨房水管漏水,请来修", ann.private)
    ann.says("1202", ann.private)
    assert "Added" not in ann.private.last.speech.plain
    ann.says("ok", ann.private)
    assert "Added" not in ann.private.last.speech.plain


def test_a_duty_chat_speaks_its_own_language(world: World) -> None:
    chinese = world.link(ChatRole.DUTY, "environment", Group.ENVIRONMENT, language="zh_CN")
    li, wu = world.person("Li"), world.person("Wu")
    world.person("Ann").says("The rubbish bin in the lobby of Block 3 is overflowing, please clean it")
    assert any("接单" in label for label in chinese.labels)
    li.taps("接单", chinese)
    assert "Li" in wu.taps_stale("take", chinese)
    assert "already" not in wu.taps_stale("take", chinese)
    assert not wu.taps_raw("0.take", chinese, None).isascii()


def test_a_person_chooses_a_language(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says("/language", ann.private)
    ann.taps("繁體中文", ann.private)
    ann.says("/my", ann.private)
    assert not ann.private.last.speech.plain.isascii()


def test_words_written_alike_in_both_scripts_keep_the_tenants_own(world: World) -> None:
    ann = world.person("Ann")
    ann.says("3座1202廚房水管漏水")
    world.passes(hours=1)
    ann.says("5座走廊燈壞了,麻煩修一下")
    ann.says("不用修了,取消吧")
    assert world.room.hears("要取消哪一張")
