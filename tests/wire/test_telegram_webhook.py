"""The webhook: what Telegram brings is committed before the 200, what others bring is turned away."""

import asyncio
import contextlib
import gzip
import io
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web

from bot.intake import IntakeHealth, add_webhook, set_webhook
from tests.wire.fake_telegram import FakeTelegram
from tests.wire.telegram_stage import TOKEN, Shelf, telegram

__all__ = ["telegram"]

SECRET = "right-Secret_1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
JSON = {"Content-Type": "application/json"}
RIGHT = {HEADER: SECRET, **JSON}


@dataclass
class Hook:
    url: str
    shelf: Shelf
    health: IntakeHealth
    session: ClientSession

    async def posts(self, body: Any, headers: dict[str, str], path: str = "") -> tuple[int, dict[str, str]]:
        async with self.session.post(path or self.url, data=body, headers=headers) as response:
            return response.status, dict(response.headers)


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    app, shelf = web.Application(), Shelf()
    health = add_webhook(app, "/telegram/rooms", "rooms", SECRET, shelf.store)
    runner = web.AppRunner(app, access_log=None, lingering_time=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        yield Hook(f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/rooms", shelf, health, session)
    await runner.cleanup()


async def test_telegram_brings_what_ann_said(hook: Hook, telegram: FakeTelegram) -> None:
    account = telegram.bot(TOKEN, "lobby_bot")
    await set_webhook(hook.session, telegram.url, TOKEN, hook.url, SECRET, ["message"])
    telegram.user("Ann").says(telegram.group("Home"), "水管爆了")
    await telegram.until(lambda: hook.shelf.kept and not account.updates.waiting())
    assert "水管爆了" in next(iter(hook.shelf.kept.values()))
    assert hook.health.last_success is not None


async def test_telegram_comes_again_while_nothing_can_be_stored(
    hook: Hook, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.webhook.RETRY_AFTER", "1")
    account = telegram.bot(TOKEN, "lobby_bot")
    hook.shelf.breaks = OSError("disk full")
    await set_webhook(hook.session, telegram.url, TOKEN, hook.url, SECRET, ["message"])
    telegram.user("Ann").says(telegram.group("Home"), "leak")
    await telegram.until(lambda: hook.health.trouble == "storage: OSError")
    assert len(account.updates.waiting()) == 1
    hook.shelf.breaks = None
    await telegram.until(lambda: hook.shelf.kept, within=8)


async def test_storage_trouble_is_answered_with_when_to_come_again(hook: Hook) -> None:
    hook.shelf.breaks = OSError("disk full")
    status, headers = await hook.posts(b'{"update_id":1}', RIGHT)
    assert (status, headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (JSON, 401),
        ({HEADER: "", **JSON}, 401),
        ({HEADER: "wrong", **JSON}, 401),
        ({HEADER: SECRET + "x", **JSON}, 401),
        ({HEADER: "наш-секрет", **JSON}, 401),
        ({HEADER: "wrong", "Content-Type": "text/plain"}, 401),
        ({HEADER: SECRET, "Content-Type": "text/plain"}, 415),
        ({HEADER: SECRET, "Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({HEADER: SECRET, **JSON, "Content-Encoding": "deflate"}, 415),
    ],
)
async def test_what_is_forged_or_of_another_kind_is_turned_away(
    hook: Hook, headers: dict[str, str], status: int
) -> None:
    assert (await hook.posts(b'{"update_id":1}', headers))[0] == status
    assert hook.shelf.kept == {}


async def test_another_path_is_nothing(hook: Hook) -> None:
    assert (await hook.posts(b"{}", RIGHT, hook.url + "x"))[0] == 404


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"update_id":1', b"[" * 100_000])
async def test_what_is_no_json_is_refused(hook: Hook, body: bytes) -> None:
    assert (await hook.posts(body, RIGHT))[0] == 400
    assert hook.shelf.kept == {}


async def test_ten_megabytes_are_not_read(hook: Hook) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b" " * 65_536

    for body in (io.BytesIO(b" " * 10_000_000), endless()):
        with contextlib.suppress(ConnectionError):  # hung up on while still sending: as good
            assert (await hook.posts(body, RIGHT))[0] == 413
    assert hook.shelf.kept == {}


async def test_a_compression_bomb_does_not_go_off(hook: Hook) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert (await hook.posts(bomb, {**RIGHT, "Content-Encoding": "gzip"}))[0] == 415


async def test_json_that_is_no_update_is_kept_and_not_sent_for_a_day(hook: Hook) -> None:
    assert (await hook.posts(b'["hello"]', RIGHT))[0] == 200
    (key,) = hook.shelf.kept
    assert key.startswith("sha256:")


async def test_nul_and_lone_surrogates_are_kept_as_sound_text(hook: Hook) -> None:
    assert (await hook.posts(b'{"update_id":1,"message":{"text":"a\\u0000b\\ud800"}}', RIGHT))[0] == 200
    kept = hook.shelf.kept["1"]
    kept.encode()
    assert "\x00" not in kept


async def test_the_answer_comes_after_the_commit(hook: Hook) -> None:
    gate = asyncio.Event()
    keep = hook.shelf.store

    async def gated(source: str, batch: Any) -> None:
        await gate.wait()
        await keep(source, batch)

    app = web.Application()
    add_webhook(app, "/", "rooms", SECRET, gated)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    posting = asyncio.create_task(hook.posts(b'{"update_id":1}', RIGHT, f"http://127.0.0.1:{runner.addresses[0][1]}/"))
    await asyncio.sleep(0.1)
    assert not posting.done()
    gate.set()
    assert (await posting)[0] == 200
    assert "1" in hook.shelf.kept
    await runner.cleanup()


async def test_forgeries_are_cheap(hook: Hook) -> None:
    started = time.perf_counter()
    for _ in range(50):
        await hook.posts(b'{"update_id":1}', {HEADER: "wrong", **JSON})
    assert (time.perf_counter() - started) / 50 < 0.02


def test_a_webhook_without_a_secret_is_not_opened() -> None:
    with pytest.raises(ValueError, match="secret"):
        add_webhook(web.Application(), "/", "rooms", "", Shelf().store)
