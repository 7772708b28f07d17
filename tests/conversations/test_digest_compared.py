"""The digest beside the weeks before it: what is usual, what is rare, the picture, and an hour of one's own."""

from bot.channels.memory import Shown
from storage.vocabulary import ChatRole
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking, phone 13800138000"
LIFT = "The lift in Block 5 is broken, please repair it"
TO_SIX_PM = {"hours": 8, "minutes": 31}


def pictures(chat: object) -> list[Shown]:
    return [shown for shown in chat.screen if shown.media is not None]  # type: ignore[attr-defined]


def test_five_mondays_and_the_last_is_unlike_the_others(world: World) -> None:
    for week in range(5):
        world.person(f"Ann {week}").says(LEAK)
        for neighbour in range(9 if week == 4 else 1):
            bob = world.person(f"Bob {week}{neighbour}")
            bob.says(f"The socket in Block 5 {neighbour + 1}0{week} has no power, please repair it")
        world.passes(**TO_SIX_PM)
        if week < 4:
            world.passes(days=7, hours=-8, minutes=-31)
    digest = world.managers.find("📊").speech
    assert "❗ all requests: 10, usually 2 · about one Monday in" in digest.plain
    assert "❗ electrical: 9, usually 1 · about one Monday in" in digest.plain
    assert "5栋: 9, usually 1" in digest.plain
    (picture,) = pictures(world.managers)[-1:]
    assert picture.media is not None
    assert picture.media.content.startswith(b"\x89PNG")
    assert "28 days: received" in picture.speech.plain
    assert world.managers.screen.index(picture) < world.managers.screen.index(world.managers.find("📊"))


def test_a_ticket_the_digest_names_is_opened_by_one_tap(world: World) -> None:
    world.person("Ann").says(LEAK)
    world.passes(days=3)
    digest = world.managers.find("📊")
    world.person("Chief").taps("#1001", world.managers, digest)
    assert world.managers.hears("#1001", "leaking")
    assert "138001" not in world.managers.last.speech.plain


def test_each_managers_chat_has_its_own_hour_and_no_message_is_counted_twice(world: World) -> None:
    head_office = world.link(ChatRole.MANAGER, "head office", language="zh_CN")
    world.person("Chief").says("/digest 8:30", head_office)
    assert head_office.hears("每天 08:30")
    world.person("Ann").says(LEAK)
    world.passes(hours=12)
    assert sum("📊" in words for words in head_office.wordings) == 1  # up to half past eight this morning
    assert not head_office.hears("新增 1")
    world.passes(hours=12)
    assert "新增 1" in head_office.find("📊").speech.plain
    world.person("Boss").says("/digest 12", head_office)
    head_office.screen.clear()
    world.person("Bob").says(LIFT)
    world.passes(days=3)
    told = [shown.speech.plain for shown in head_office.screen if "📊" in shown.speech.plain]
    assert sum("新增 1" in words for words in told) == 1
    assert len(told) == 2


def test_the_week_comes_as_a_file_with_mondays_digest_once(world: World) -> None:
    for flat in range(10):
        world.person(f"Bob {flat}").says(f"The socket in Block 5 {flat + 1}01 has no power, please repair it")
    world.passes(days=9)
    (file,) = [shown for shown in world.managers.screen if "📄" in shown.speech.plain]
    assert "the week from Mon, Mar 2 to Sun, Mar 8" in file.speech.plain
    assert file.media is not None
    assert file.media.content.startswith(b"%PDF")
    assert file.media.name == "lobby-2026-03-02-2026-03-08.pdf"
