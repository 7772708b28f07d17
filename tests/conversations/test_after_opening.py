"""What tenants write between the opening and the end: cross, in Cantonese, with a wish for an hour, with a slip."""

from tests.world import World

LEAK = "3栋1202厨房水管漏水"


def test_cross_words_are_read_by_staff_at_once_and_are_no_mere_urging(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    li.taps("Take", world.engineering)
    world.passes(minutes=20)
    ann.says("修了还是漏啊，搞什么")
    assert world.engineering.hears("⏰", "修了还是漏啊，搞什么")
    assert world.room.hears("您的话已转告Li（1001号工单）")
    assert not world.room.hears("我已转告您在催")
    ann.says("还没来吗")
    assert world.room.hears("我已转告您在催"), "a mere question is answered as ever"


def test_in_private_nobody_who_waits_meets_silence_and_hears_one_kind_line_an_hour(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(LEAK, ann.private)
    for words in ("还没来吗", "仲未有人嚟", "好烦，等咗成日", "搞什么，还是没人来"):
        world.passes(minutes=1)
        ann.says(words, ann.private)
    assert ann.private.hears("1001号工单还在等人接单")
    assert sum("您的话已转告" in text or "您的話已轉告" in text for text in ann.private.wordings) == 1
    assert world.engineering.hears("⏰", "好烦，等咗成日")
    assert world.engineering.hears("⏰", "搞什么，还是没人来")
    world.passes(hours=1)
    ann.says("搞什么，还是没人来", ann.private)
    assert sum("您的话已转告" in text or "您的話已轉告" in text for text in ann.private.wordings) == 2


def test_a_building_there_is_not_is_told_once_and_a_bare_room_is_asked_its_building(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says("厨房水管漏水")
    ann.says("99栋9999", ann.private)
    assert ann.private.hears("1001", "没有99栋", "现有楼栋：3栋、5栋")
    assert not ann.private.hears("已补充")
    ann.says("1999 房", ann.private)
    assert ann.private.hears("1001", "是在哪一栋")
    ann.says("5栋", ann.private)
    assert world.engineering.hears("#1001", "📍 5栋 1999")
    assert sum("哪一栋" in text for text in ann.private.wordings) == 1
    bob = world.person("Bob")
    bob.starts()
    bob.says("1203房厨房水管漏水")
    bob.taps("5栋", bob.private)
    assert world.engineering.hears("#1002", "📍 5栋 1203"), "also where the room was told at once"


def test_an_hour_named_goes_to_whoever_has_it_and_cantonese_words_change_no_script(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK, ann.private)
    li.taps("Take", world.engineering)
    world.passes(minutes=20)
    ann.says("上门时间周六早上得唔得", ann.private)
    assert ann.private.hears("📅", "星期六 09:00–12:00", "已转告师傅")
    assert world.engineering.hears("📅 #1001 · Ann proposes Sat")
    ann.says("不行，星期日早上好唔好？", ann.private)
    assert ann.private.hears("📅 1001号", "星期日 09:00–12:00")
    ann.says("我自己搞掂咗，唔使来啦，多谢", ann.private)
    assert ann.private.hears("👌 好的，已转告师傅不用来了（1001号工单）")
    assert world.engineering.hears("✅ #1001: the tenant says it is solved")
    assert len(world.tickets) == 1
