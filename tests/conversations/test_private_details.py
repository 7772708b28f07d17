"""Rooms and phones never appear in a group; what is missing is asked for once, in private; answers find their way."""

from storage.vocabulary import Disposition
from tests.world import World


def test_the_room_number_is_asked_once_in_private_and_fills_the_card(world: World) -> None:
    mei = world.person("Mei")
    mei.starts()
    mei.says("厨房水龙头漏水了,请派人来修")
    assert mei.private.hears("1001", "几栋")
    mei.says("3栋1202", mei.private)
    assert world.ticket().unit == "1202"
    assert "1202" in world.engineering.find("#1001").speech.text
    world.passes(minutes=5)
    mei.says("卫生间马桶堵了,请派人来修")
    assert world.ticket(1002).unit == "1202"
    assert sum("几栋" in text for text in mei.private.texts) == 1


def test_a_tenant_may_keep_the_room_to_themselves(world: World) -> None:
    mei = world.person("Mei")
    mei.starts()
    mei.says("The kitchen tap is leaking, please send someone to repair it")
    mei.taps("Skip", mei.private)
    assert world.ticket().unit is None
    mei.says("hello there", mei.private)
    assert world.ticket().unit is None


def test_a_kind_word_is_not_taken_for_a_room_number(world: World) -> None:
    mei = world.person("Mei")
    mei.starts()
    mei.says("厨房水龙头漏水了,请派人来修")
    mei.says("师傅很耐心,还把地擦干净了", mei.private)
    assert world.ticket().unit is None


def test_nothing_private_is_ever_said_in_the_room(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.says("3栋1202厨房水管漏水了,请派人来修,电话13800138000")
    li.taps("Take", world.engineering)
    li.replies(world.engineering.find("#1001"), "1202 请留人,我打 13800138000", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(hours=3)
    for text in world.room.texts:
        assert "1202" not in text
        assert "13800138000" not in text


def test_an_answer_waits_for_a_tenant_who_never_opened_the_private_chat(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.says("3栋1202厨房水管漏水了,请派人来修")
    li.replies(world.engineering.find("#1001"), "下午三点到", world.engineering)
    assert world.room.hears("Mei", "1001")
    assert not world.room.hears("下午三点到")
    assert "private chat" in world.engineering.find("#1001").speech.text
    mei.starts()
    assert mei.private.hears("下午三点到")
    assert "sent" in world.engineering.find("#1001").speech.text


def test_a_tenant_who_blocked_us_is_told_about_to_staff_with_a_way_out(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.starts()
    mei.says("3栋1202厨房水管漏水了,请派人来修,电话13800138000")
    mei.blocks()
    li.replies(world.engineering.find("#1001"), "下午三点到", world.engineering)
    assert world.room.hears("Mei", "1001")
    assert not mei.private.hears("下午三点到")
    mei.says("你好", mei.private)
    assert mei.private.screen


def test_the_tenants_answer_comes_back_under_the_card(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.starts()
    mei.says("3栋1202厨房水管漏水了,请派人来修")
    li.taps("Ask", world.engineering)
    li.taps("When would suit", world.engineering)
    question = mei.private.find("1001", "方便")
    answer = mei.replies(question, "明天下午三点以后", mei.private)
    assert world.disposition(answer, mei.private).disposition is Disposition.ADDED
    assert world.engineering.hears("明天下午三点以后")
