"""Everything that can go wrong on the wire does so exactly when asked to."""

import json
import time

import pytest

from tests.wire.fake_telegram import BotAccount, FakeTelegram, Group, faults
from tests.wire.fake_telegram.faults import Damage
from tests.wire.fake_telegram.fixtures import telegram
from tests.wire.fake_telegram.plain import PlainBot

__all__ = ["telegram"]


@pytest.fixture
def desk(telegram: FakeTelegram) -> BotAccount:
    return telegram.bot("111:AAA", "lobby_bot")


@pytest.fixture
def bot(telegram: FakeTelegram, desk: BotAccount) -> PlainBot:
    return PlainBot(telegram.url, desk.token)


@pytest.fixture
def group(telegram: FakeTelegram, desk: BotAccount) -> Group:
    return telegram.group("3栋业主群", bots=[desk])


@pytest.mark.parametrize(
    ("damage", "status", "body"),
    [
        (faults.flood(7), 429, {"retry_after": 7}),
        (faults.server_error(), 500, None),
        (faults.revoked_token(), 401, None),
        (faults.other_poller(), 409, None),
        (faults.refuses(400, "Bad Request: chat not found"), 400, None),
        (faults.refuses(400, "moved", migrate_to_chat_id=-1001), 400, {"migrate_to_chat_id": -1001}),
    ],
)
def test_error_answers_stop_the_work(
    telegram: FakeTelegram, bot: PlainBot, group: Group, damage: Damage, status: int, body: dict[str, int] | None
) -> None:
    telegram.breaks("sendMessage", damage, times=1)
    answer = bot.ask("sendMessage", chat_id=group.id, text="一")
    assert (answer["ok"], answer["error_code"], answer.get("parameters")) == (False, status, body)
    bot.gets("sendMessage", chat_id=group.id, text="二")
    assert group.messages.texts == ["二"]
    assert [call.was_done for call in telegram.calls.of("sendMessage")] == [False, True]


@pytest.mark.parametrize(
    ("damage", "status", "begins", "is_done"),
    [
        (faults.bad_gateway(), 502, b"<html>", False),
        (faults.empty_body(), 200, b"", True),
        (faults.cut_short(), 200, b'{"ok"', True),
    ],
)
def test_broken_answers_are_no_json(
    telegram: FakeTelegram, bot: PlainBot, group: Group, damage: Damage, status: int, begins: bytes, is_done: bool
) -> None:
    telegram.breaks("sendMessage", damage, times=1)
    got, body = bot.ask_raw("sendMessage", chat_id=group.id, text="一")
    assert (got, body[: len(begins)]) == (status, begins)
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    assert bool(group.messages) is is_done


@pytest.mark.parametrize(
    ("damage", "is_done"),
    [
        (faults.reset(), False),
        (faults.reset_after_work(), True),
        (faults.silence(), False),
        (faults.silence_after_work(), True),
    ],
)
def test_the_caller_cannot_know_whether_it_was_done(
    telegram: FakeTelegram, bot: PlainBot, group: Group, damage: Damage, is_done: bool
) -> None:
    telegram.breaks("sendMessage", damage, times=1)
    with pytest.raises((ConnectionError, TimeoutError)):
        bot.ask("sendMessage", within=0.3, chat_id=group.id, text="一")
    call = telegram.calls.of("sendMessage")[0]
    assert (call.was_done, call.status, call.fault) == (is_done, 0, damage.name)
    assert bool(group.messages) is is_done


def test_a_fault_can_be_narrow(telegram: FakeTelegram, bot: PlainBot, desk: BotAccount, group: Group) -> None:
    other = telegram.group("1号楼", bots=[desk])
    fault = telegram.breaks("sendMessage", faults.flood(3), bot=desk, chat=group, spare=1, times=2)
    said = [bot.ask("sendMessage", chat_id=group.id, text="x")["ok"] for _ in range(4)]
    assert said == [True, False, False, True]
    assert fault.hits == 2
    assert bot.ask("sendMessage", chat_id=other.id, text="x")["ok"]


def test_an_outage_ends_when_it_is_mended(telegram: FakeTelegram, bot: PlainBot) -> None:
    outage = telegram.breaks("", faults.reset())
    for _ in range(2):
        with pytest.raises(ConnectionError):
            bot.ask("getMe")
    telegram.mends(outage)
    assert bot.gets("getMe")["username"] == "lobby_bot"


def test_slowness_is_felt(telegram: FakeTelegram, bot: PlainBot) -> None:
    telegram.faults.latency = 0.05
    telegram.breaks("getMe", faults.slow(0.15), times=1)
    began = time.monotonic()
    bot.gets("getMe")
    assert time.monotonic() - began >= 0.2
    telegram.mends()
    assert telegram.faults.latency == 0.0
