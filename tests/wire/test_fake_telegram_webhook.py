"""Webhook delivery: the secret, the order within a chat, patience with failures."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.wire.fake_telegram import BotAccount, FakeTelegram
from tests.wire.fake_telegram.webhook import SECRET_HEADER


class Door:
    """The product's webhook: remembers what came, answers as told."""

    def __init__(self) -> None:
        self.came: list[tuple[float, str, str]] = []
        self.answers: dict[str, list[web.Response]] = {}
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        message: dict[str, Any] = (await request.json())["message"]
        self.came.append((time.monotonic(), message["text"], request.headers.get(SECRET_HEADER, "")))
        waiting = self.answers.get(message["text"])
        return waiting.pop(0) if waiting else web.Response()

    @property
    def texts(self) -> list[str]:
        return [text for _, text, _ in self.came]


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    opened = Door()
    application = web.Application()
    application.router.add_post("/hook", opened.receive)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield opened
    await runner.cleanup()


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        fake.webhook_pace = 0.02
        yield fake
        assert fake.violations == []


async def ask(fake: FakeTelegram, bot: BotAccount, method: str, **values: object) -> Any:
    from tests.wire.fake_telegram.plain import PlainBot

    return await asyncio.to_thread(PlainBot(fake.url, bot.token).gets, method, **values)


async def test_ann_is_heard_with_the_secret(telegram: FakeTelegram, door: Door) -> None:
    desk = telegram.bot("111:AAA")
    group, ann = telegram.group("3栋业主群"), telegram.user("Ann")
    ann.says(group, "早到的")
    await ask(telegram, desk, "setWebhook", url=door.url, secret_token="s3cret_-")
    ann.says(group, "漏水")
    await telegram.until(lambda: len(door.came) == 2)
    assert [(text, secret) for _, text, secret in door.came] == [("早到的", "s3cret_-"), ("漏水", "s3cret_-")]
    await telegram.until(lambda: len(desk.updates) == 0)


async def test_a_failing_update_holds_up_its_own_chat_only(telegram: FakeTelegram, door: Door) -> None:
    desk = telegram.bot("111:AAA")
    tower, annex, ann = telegram.group("3栋"), telegram.group("附楼"), telegram.user("Ann")
    door.answers["坏的"] = [web.Response(status=500) for _ in range(3)]
    await ask(telegram, desk, "setWebhook", url=door.url)
    for text in ("坏的", "之后一", "之后二"):
        ann.says(tower, text)
    ann.says(annex, "别处")
    await telegram.until(lambda: len(door.came) == 7)
    assert door.texts.index("别处") < door.texts.index("之后一")
    assert [text for text in door.texts if text != "别处"] == ["坏的"] * 4 + ["之后一", "之后二"]
    info = await ask(telegram, desk, "getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 0


async def test_retry_after_is_honoured(telegram: FakeTelegram, door: Door) -> None:
    desk = telegram.bot("111:AAA")
    group, ann = telegram.group("3栋"), telegram.user("Ann")
    door.answers["等等"] = [web.Response(status=503, headers={"Retry-After": "1"})]
    await ask(telegram, desk, "setWebhook", url=door.url)
    ann.says(group, "等等")
    await telegram.until(lambda: len(door.came) == 2)
    assert door.came[1][0] - door.came[0][0] >= 1.0


async def test_updates_wait_while_nobody_listens(telegram: FakeTelegram, door: Door) -> None:
    desk = telegram.bot("111:AAA")
    group, ann = telegram.group("3栋"), telegram.user("Ann")
    await ask(telegram, desk, "setWebhook", url="http://127.0.0.1:9/nobody")
    ann.says(group, "有人吗")
    await telegram.until(lambda: desk.webhook and desk.webhook.last_error == "Connection refused")
    telegram.clock.passes(seconds=2)
    await ask(telegram, desk, "setWebhook", url=door.url)
    await telegram.until(lambda: door.texts == ["有人吗"])
    await ask(telegram, desk, "deleteWebhook")
    ann.says(group, "改用轮询")
    assert [u["message"]["text"] for u in await ask(telegram, desk, "getUpdates")] == ["改用轮询"]
