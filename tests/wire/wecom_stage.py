"""Staff's bot in WeCom on the fake's wire, for the `test_wecom_*` modules."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.channels.channel import Letter, SendFailed
from bot.channels.wecom_duty.by_callback import DutyByCallback
from bot.channels.wecom_duty.channel import WecomDuty
from bot.intake.health import IntakeHealth
from handlers.events import Event
from handlers.notifications.speech import Button, Speech
from storage.writer import Writer
from tests.wire.fake_wechat import AES_KEY, TOKEN, Peer
from tests.wire.fake_wecom import GROUP, FakeWecom
from tests.wire.telegram_stage import loads

TITLE = "🔵 #1001 报修 · 给排水"
CARD = Speech("📍 3栋 1202\n“厨房漏水”", TITLE, ((Button("✋ 接单", "take"), Button("✅ 完成", "done")),))


@dataclass
class Duty:
    """The bot, where it keeps things, and the far end."""

    fake: FakeWecom
    channel: WecomDuty
    writer: Writer

    async def says(self, speech: Speech | str, row: str = "7.", chat: str = GROUP, **more: Any) -> str:
        """Tell the group something."""
        words = Speech(speech) if isinstance(speech, str) else speech
        return await self.channel.send(Letter(chat, words, row, **more))

    async def fails(self, speech: Speech | str, **more: Any) -> SendFailed:
        """The same, when it cannot be done."""
        try:
            await self.says(speech, **more)
        except SendFailed as failed:
            return failed
        raise AssertionError("it was sent")

    def rows(self) -> list[str]:
        """What is stored, as it came."""
        return [
            row[2] for row in self.writer.read_now(lambda unit: list(unit.inbox.list_received(100, ["wecom_duty"])))
        ]

    def reads(self) -> list[Event]:
        """The same as events."""
        return [self.channel.read(loads(row)) for row in self.rows()]


@dataclass
class CalledDuty(Duty):
    """The same where it is called back."""

    health: IntakeHealth
    leads: list[bool]


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    """WeCom's own crypto."""
    peer = Peer()
    yield peer
    peer.close()


@pytest_asyncio.fixture
async def called(writer: Writer, peer: Peer) -> AsyncIterator[CalledDuty]:
    """A bot that is called back."""
    async with FakeWecom(peer) as fake:
        channel = DutyByCallback(token=TOKEN, aes_key=AES_KEY, api=fake.url)
        channel.attach(writer)
        app, leads = web.Application(), [True]
        health = channel.mount(app, "/wecom/duty", lambda: leads[0])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        fake.callback = f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/duty"
        yield CalledDuty(fake, channel, writer, health, leads)
        await channel.close()
        await runner.cleanup()


async def so(is_so: Callable[[], object], what: str, within: float = 10.0) -> None:
    """Until it is so."""
    end = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < end, f"waited in vain for {what}"
        await asyncio.sleep(0.01)
