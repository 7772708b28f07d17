"""Long polling against the fake: nothing is lost, nothing is hammered, and every trouble ends by itself."""

import asyncio
import json
import logging
import time

import pytest
from aiohttp import ClientSession

from bot.intake import Poller, set_webhook
from tests.wire.fake_telegram import BotAccount, FakeTelegram, faults
from tests.wire.telegram_stage import TOKEN, Shelf, polling, telegram

__all__ = ["telegram"]


@pytest.fixture
def account(telegram: FakeTelegram) -> BotAccount:
    return telegram.bot(TOKEN, "lobby_bot")


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Every pause the poller takes, each cut to a moment so that a test need not wait."""
    taken: list[float] = []
    sleep = asyncio.sleep

    def note(seconds: float) -> object:
        if seconds >= 1:
            taken.append(seconds)
        return sleep(min(seconds, 0.01))

    monkeypatch.setattr("bot.intake.polling.asyncio.sleep", note)
    return taken


async def test_what_waited_and_what_comes_is_kept_and_confirmed(telegram: FakeTelegram, account: BotAccount) -> None:
    group, ann, shelf = telegram.group("Home"), telegram.user("Ann"), Shelf()
    for number in range(250):
        ann.says(group, f"drop {number}")
    async with polling(telegram, shelf) as poller:
        await telegram.until(lambda: len(shelf.kept) == 250)
        ann.says(group, "one more")
        await telegram.until(lambda: len(shelf.kept) == 251 and not account.updates.waiting())
        assert poller.health.stored == 251
        assert poller.health.trouble is None
        assert poller.health.last_success is not None
    texts = [json.loads(body)["message"]["text"] for body in shelf.kept.values()]
    assert texts == [f"drop {number}" for number in range(250)] + ["one more"]


async def test_the_offset_does_not_move_before_the_commit(
    telegram: FakeTelegram, account: BotAccount, pauses: list[float]
) -> None:
    shelf = Shelf(breaks=OSError("disk full"))
    telegram.user("Ann").says(telegram.group("Home"), "leak")
    async with polling(telegram, shelf) as poller:
        await telegram.until(lambda: len(pauses) >= 5)
        assert pauses[:5] == [1, 2, 4, 8, 10]
        assert poller.health.trouble == "storage: OSError"
        assert len(account.updates.waiting()) == 1
        assert not any("offset" in call.values for call in telegram.calls.of("getUpdates"))
        shelf.breaks = None
        await telegram.until(lambda: len(shelf.kept) == 1 and not account.updates.waiting())
        assert poller.health.trouble is None


async def test_a_crash_after_the_commit_brings_the_batch_again_under_the_same_keys(
    telegram: FakeTelegram, account: BotAccount
) -> None:
    shelf = Shelf()
    telegram.user("Ann").says(telegram.group("Home"), "leak")
    for _ in range(2):
        async with polling(telegram, shelf):
            await telegram.until(lambda: shelf.batches)
        await asyncio.sleep(0)
    assert len(shelf.kept) == 1


async def test_an_update_nobody_can_parse_blocks_no_other(telegram: FakeTelegram, account: BotAccount) -> None:
    group, ann, shelf = telegram.group("Home"), telegram.user("Ann"), Shelf()
    ann.says(group, "first")
    telegram.raw_update(account, {"message": {"no": "date"}})
    ann.says(group, "third")
    async with polling(telegram, shelf):
        await telegram.until(lambda: len(shelf.kept) == 3 and not account.updates.waiting())


async def test_updates_that_are_no_updates_are_kept_under_a_digest(telegram: FakeTelegram, account: BotAccount) -> None:
    shelf = Shelf()
    odd = b'"hello",null,{"update_id":"7"},{"update_id":true},{"update_id":5,"message":{"text":"\\ud800\\u0000"}}'
    batch = b'{"ok":true,"result":[%s]}' % odd
    telegram.breaks("getUpdates", faults.Damage("odd", body=batch), times=1)
    async with polling(telegram, shelf):
        await telegram.until(lambda: len(shelf.kept) == 5)
    keys = list(shelf.kept)
    assert [key.partition(":")[0] for key in keys] == ["sha256"] * 4 + ["5"]
    kept = shelf.kept["5"]
    kept.encode()
    assert "\x00" not in kept
    assert json.loads(kept)["message"]["text"] == "\ud800\x00"


async def test_a_batch_nobody_can_confirm_is_not_asked_for_in_a_tight_loop(
    telegram: FakeTelegram, account: BotAccount, pauses: list[float]
) -> None:
    shelf = Shelf()
    odd = telegram.breaks("getUpdates", faults.Damage("odd", body=b'{"ok":true,"result":["hello"]}'))
    async with polling(telegram, shelf) as poller:
        await telegram.until(lambda: len(pauses) >= 3)
        assert pauses[:3] == [1, 2, 4]
        assert poller.health.trouble == "updates without a number"
        telegram.mends(odd)
    assert len(shelf.kept) == 1


@pytest.mark.parametrize(
    ("damage", "trouble", "first_pauses"),
    [
        (faults.revoked_token(), "token refused", [5, 5, 5]),
        (faults.other_poller(), "conflict", [5, 5, 5]),
        (faults.flood(7), "asked to wait", [7, 7, 7]),
        (faults.bad_gateway(), "HTTP 502 with a body that is no JSON", [1, 2, 4]),
        (faults.server_error(), "Internal Server Error", [1, 2, 4]),
        (faults.empty_body(), "HTTP 200 with a body that is no JSON", [1, 2, 4]),
        (faults.cut_short(), "HTTP 200 with a body that is no JSON", [1, 2, 4]),
        (faults.reset(), "Client", [1, 2, 4]),
    ],
    ids=lambda value: value.name if isinstance(value, faults.Damage) else "",
)
async def test_every_trouble_is_told_paced_and_got_over(
    telegram: FakeTelegram,
    account: BotAccount,
    pauses: list[float],
    caplog: pytest.LogCaptureFixture,
    damage: faults.Damage,
    trouble: str,
    first_pauses: list[float],
) -> None:
    caplog.set_level(logging.DEBUG)
    shelf = Shelf()
    telegram.user("Ann").says(telegram.group("Home"), "leak")
    broken = telegram.breaks("getUpdates", damage)
    async with polling(telegram, shelf) as poller:
        await telegram.until(lambda: len(pauses) >= 3)
        assert pauses[:3] == first_pauses
        assert trouble in (poller.health.trouble or "")
        assert poller.health.last_trouble_at is not None
        assert shelf.kept == {}
        telegram.mends(broken)
        await telegram.until(lambda: shelf.kept and poller.health.trouble is None)
    assert "AAA-secret" not in caplog.text


async def test_no_connection_is_a_trouble_like_others(telegram: FakeTelegram, pauses: list[float]) -> None:
    async with polling(telegram, Shelf(), api="http://127.0.0.1:9") as poller:
        await telegram.until(lambda: len(pauses) >= 2)
        assert poller.health.trouble == "ClientConnectorError"


async def test_a_webhook_left_behind_is_removed_and_what_waited_is_kept(
    telegram: FakeTelegram, account: BotAccount
) -> None:
    shelf = Shelf()
    async with ClientSession() as session:
        await set_webhook(session, telegram.url, TOKEN, "https://127.0.0.1:9/x", "s3cret", ["message"])
    telegram.user("Ann").says(telegram.group("Home"), "leak")
    async with polling(telegram, shelf):
        await telegram.until(lambda: shelf.kept)
    assert account.webhook is None


async def test_somebody_setting_a_webhook_meanwhile_is_undone(
    telegram: FakeTelegram, account: BotAccount, pauses: list[float]
) -> None:
    shelf = Shelf()
    async with polling(telegram, shelf), ClientSession() as session:
        await telegram.until(lambda: telegram.calls.of("getUpdates"))
        await set_webhook(session, telegram.url, TOKEN, "https://127.0.0.1:9/x", "s3cret", ["message"])
        telegram.user("Ann").says(telegram.group("Home"), "leak")
        await telegram.until(lambda: shelf.kept)
    assert 5 in pauses


async def test_stopping_leaves_the_long_poll_at_once(telegram: FakeTelegram, account: BotAccount) -> None:
    started = time.monotonic()
    async with polling(telegram, Shelf()):
        await telegram.until(lambda: account.poll is not None)
    assert time.monotonic() - started < 1.5


async def test_stopping_waits_for_the_batch_being_committed(telegram: FakeTelegram, account: BotAccount) -> None:
    begun, committed = asyncio.Event(), []

    async def slowly(source: str, batch: object) -> None:
        begun.set()
        await asyncio.sleep(0.2)
        committed.append(source)

    telegram.user("Ann").says(telegram.group("Home"), "leak")
    async with ClientSession() as session:
        poller = Poller("rooms", telegram.url, TOKEN, ["message"], slowly, session)
        running = asyncio.create_task(poller.run())
        await begun.wait()
        await poller.stop()
        assert committed == ["rooms"]
        await running


async def test_reactions_are_asked_for(telegram: FakeTelegram, account: BotAccount) -> None:
    group, ann, shelf = telegram.supergroup("Home", admins=True), telegram.user("Ann"), Shelf()
    async with polling(telegram, shelf):
        await telegram.until(lambda: account.poll is not None)
        ann.reacts(ann.says(group, "leak"), "👍")
        await telegram.until(lambda: len(shelf.kept) == 2)
