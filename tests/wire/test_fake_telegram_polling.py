"""getUpdates as the real server plays it: confirming, waiting, refusing the second poller."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.wire.fake_telegram import BotAccount, FakeTelegram, Group, Person
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


@pytest.fixture
def ann(telegram: FakeTelegram) -> Person:
    return telegram.user("Ann")


def texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def test_an_offset_confirms_all_that_lies_below_it(bot: PlainBot, group: Group, ann: Person) -> None:
    for number in range(5):
        ann.says(group, str(number))
    first = bot.gets("getUpdates", limit=2)
    assert texts(first) == ["0", "1"]
    rest = bot.gets("getUpdates", offset=first[-1]["update_id"] + 1)
    assert texts(rest) == ["2", "3", "4"]
    newest = bot.gets("getUpdates", offset=-1)
    assert texts(newest) == ["4"]
    done = newest[-1]["update_id"] + 1
    bot.gets("getUpdates", offset=done)
    assert bot.gets("getUpdates", offset=done - 3) == [], "what was confirmed never comes back"


def test_unconfirmed_updates_are_told_again(bot: PlainBot, group: Group, ann: Person) -> None:
    ann.says(group, "漏水")
    assert texts(bot.gets("getUpdates")) == texts(bot.gets("getUpdates")) == ["漏水"]


def test_asking_again_at_once_brings_one_update_at_a_time(bot: PlainBot, group: Group, ann: Person) -> None:
    for number in range(3):
        ann.says(group, str(number))
    assert len(bot.gets("getUpdates", offset=5)) == 3
    assert len(bot.gets("getUpdates", offset=5)) == 1


def test_a_long_poll_ends_when_ann_speaks(
    bot: PlainBot, desk: BotAccount, group: Group, ann: Person, telegram: FakeTelegram
) -> None:
    with ThreadPoolExecutor() as pool:
        began = time.monotonic()
        poll = pool.submit(bot.gets, "getUpdates", timeout=30)
        telegram.waits_until(lambda: desk.poll)
        ann.says(group, "漏水")
        assert texts(poll.result(5)) == ["漏水"]
        assert time.monotonic() - began < 5


def test_the_newer_of_two_pollers_wins(bot: PlainBot, desk: BotAccount, telegram: FakeTelegram) -> None:
    with ThreadPoolExecutor() as pool:
        older = pool.submit(bot.ask, "getUpdates", timeout=30)
        telegram.waits_until(lambda: desk.poll)
        newer = pool.submit(bot.ask, "getUpdates", offset=1, timeout=1)
        answer = older.result(5)
        assert answer["error_code"] == 409
        assert answer["description"] == (
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        assert newer.result(5) == {"ok": True, "result": []}


def test_a_webhook_and_polling_exclude_each_other(bot: PlainBot, desk: BotAccount, telegram: FakeTelegram) -> None:
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(bot.ask, "getUpdates", timeout=30)
        telegram.waits_until(lambda: desk.poll)
        bot.gets("setWebhook", url="http://127.0.0.1:9/hook")
        assert waiting.result(5)["description"] == "Conflict: terminated by setWebhook request"
    began = time.monotonic()
    told = bot.is_told("getUpdates")
    assert told == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    assert time.monotonic() - began > 2.5, "a conflict soon after a conflict is held for three seconds"
    assert bot.ask("setWebhook", url="http://127.0.0.1:9/x")["ok"], "more than a second later"
    assert bot.ask("setWebhook", url="http://127.0.0.1:9/y")["parameters"] == {"retry_after": 1}
    bot.gets("deleteWebhook")
    assert bot.gets("getUpdates") == []


def test_the_choice_of_updates_is_remembered(
    bot: PlainBot, desk: BotAccount, group: Group, ann: Person, telegram: FakeTelegram
) -> None:
    bot.gets("getUpdates", allowed_updates=["callback_query"], offset=1)
    ann.says(group, "没人听")
    assert len(desk.updates) == 0
    bot.gets("getUpdates", allowed_updates=[], offset=2)
    ann.says(group, "听到了")
    assert texts(bot.gets("getUpdates", offset=3)) == ["听到了"]
