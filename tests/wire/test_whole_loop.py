"""One sentence all the way round on real wires: `lobby run` with aiogram and python-telegram-bot over HTTP."""

import time

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from handlers import slips
from storage.vocabulary import ChatRole, Group
from tests.wire.fake_telegram import faults
from tests.wire.running_lobby import Stage


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_leak_goes_all_the_way_round(stage: Stage) -> None:
    mei, li = stage.fake.user("Mei"), stage.fake.user("Li")
    stage.starts()
    mei.says(stage.room, "3栋1202厨房水管漏水了,请派人来修,电话13800138000")
    stage.waits_until(lambda: stage.room.messages.shows("1001"), "the public line")
    assert not any("1202" in message.text for message in stage.room.messages if message.sender is stage.rooms)
    stage.waits_until(lambda: stage.engineering.messages.shows("13800138000"), "the card")

    take = li.presses(stage.engineering.messages[-1], "接单")
    stage.waits_until(lambda: take.toast is not None, "the answer to the tap")
    stage.waits_until(lambda: stage.engineering.messages.shows("🛠"), "the card to change")

    card = next(message for message in stage.engineering.messages if "13800138000" in message.text)
    li.presses(card, "更多")
    stage.waits_until(lambda: stage.engineering.messages.shows("←"), "what is rare")
    li.presses(card, "为什么")
    stage.waits_until(lambda: stage.engineering.messages.shows("“漏水”"), "the words that decided")
    li.replies(card, "下午三点到")
    stage.waits_until(lambda: stage.room.messages[-1].text.startswith("Mei"), "the notice in the room")
    assert not stage.room.messages.shows("下午三点到")
    mei.starts(stage.rooms)
    stage.waits_until(lambda: mei.sees(stage.rooms).shows("下午三点到"), "the answer in private")

    li.presses(card, "完成")
    stage.waits_until(lambda: stage.engineering.messages.shows("←"), "the menu")
    time.sleep(slips.TOO_SOON.total_seconds())  # he reads it, as a hand does and a slip does not
    li.presses(card, "修")
    stage.waits_until(lambda: mei.sees(stage.rooms).shows("🔧"), "the finish")
    assert stage.stops() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_album_an_edit_and_a_moved_group(stage: Stage) -> None:
    mei = stage.fake.user("Mei")
    stage.starts_quickly()
    mei.sends_album(stage.room, photos=3, caption="5栋大堂的灯坏了,请派人来修")
    stage.waits_until(lambda: stage.engineering.messages.shows("#1001"), "the card")
    said = mei.says(stage.room, "大家好")
    mei.edits(said, "电梯坏了,停在7楼,请派人来修")
    stage.waits_until(lambda: stage.engineering.messages.shows("#1002"), "the request the greeting became")
    moved = stage.room.becomes_supergroup()
    mei.says(moved, "还没来吗?")
    stage.waits_until(lambda: any("1002" in message.text for message in moved.messages), "an answer at the new address")
    assert stage.stops() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_revoked_token_and_a_second_poller_do_not_stop_the_desk(stage: Stage) -> None:
    mei = stage.fake.user("Mei")
    outage = stage.fake.breaks("getUpdates", faults.other_poller())
    stage.starts_quickly()
    mei.says(stage.room, "3栋1202厨房水管漏水了,请派人来修")
    stage.waits_until(lambda: len(stage.fake.calls.of("getUpdates")) >= 2, "Lobby to try")
    stage.fake.mends(outage)
    stage.waits_until(lambda: stage.engineering.messages.shows("#1001"), "the card once the other poller is gone")
    assert stage.stops() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_check_tells_what_is_wrong_in_plain_words(stage: Stage) -> None:
    def check(**changes: str) -> Result:
        return CliRunner().invoke(main, ["check"], env=stage.settings() | changes)

    stage.room.adds(stage.rooms)
    well = check()
    assert well.exit_code == 0, well.output
    same = check(LOBBY_DUTY_TOKEN=stage.rooms.token)
    assert same.exit_code == 1
    assert "same bot" in same.output
    wrong = check(LOBBY_ROOMS_TOKEN="999:wrong")
    assert wrong.exit_code == 1
    assert "refuse" in wrong.output.lower()
    none = check(LOBBY_ROOMS_TOKEN="")
    assert "No token for the tenants' bot" in none.output
    broken = check(LOBBY_DATABASE="postgresql://nobody@127.0.0.1:1/none")
    assert "cannot be opened" in broken.output


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_code_is_used_by_the_bot_it_is_for_even_where_both_hear_it(stage: Stage) -> None:
    operator = stage.fake.user("Operator")
    for_duty = stage.code(ChatRole.DUTY, Group.ENVIRONMENT)
    for_rooms = stage.code(ChatRole.ROOM)
    both, alone = stage.fake.group("both bots"), stage.fake.group("tenants' bot alone")
    alone.kicks(stage.duty)
    stage.starts_quickly()
    operator.says(alone, f"/link {for_duty}")
    stage.waits_until(lambda: alone.messages.shows("值班机器人") or alone.messages.shows("duty bot"), "the way out")
    operator.says(both, f"/link {for_duty}")
    stage.waits_until(lambda: both.messages.shows("🔗"), "the duty bot to link it")
    operator.says(both, f"/link {for_rooms}")
    stage.waits_until(lambda: len([m for m in both.messages if "🔗" in m.text]) == 2, "the tenants' bot to link it")
    assert len([message for message in both.messages if message.sender in (stage.rooms, stage.duty)]) <= 3
    assert stage.stops() == 0
