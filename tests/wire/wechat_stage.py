"""The official account on the fake's wire, for the `test_wechat_*` modules."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest_asyncio
from aiohttp import web

from bot.channels.channel import Letter, Media, SendFailed
from bot.channels.wechat.channel import OfficialAccount
from bot.intake import IntakeHealth
from handlers.events import Event
from handlers.notifications.speech import Speech
from storage.writer import Writer
from tests.wire.fake_wechat import ACCOUNT, AES_KEY, SECRET, TOKEN, FakeWechat, Follower, Peer
from tests.wire.telegram_stage import loads

PATIENCE = 0.4


@dataclass
class Account:
    """Our account, its callback, and the far end."""

    fake: FakeWechat
    channel: OfficialAccount
    writer: Writer
    health: IntakeHealth
    leads: list[bool] = field(default_factory=lambda: [False])
    """Whether this replica speaks; one that does not answers at once."""

    async def says(self, who: Follower, words: str = "好的", **more: Any) -> str:
        """Tell this person something."""
        return await self.channel.send(Letter(who.openid, Speech(words), "7.", **more))

    async def fails(self, who: Follower, words: str = "好的", **more: Any) -> SendFailed:
        """The same, when it cannot be done."""
        try:
            await self.says(who, words, **more)
        except SendFailed as failed:
            return failed
        raise AssertionError("it was sent")

    async def shows(self, who: Follower, media: Media) -> str:
        """Send a file."""
        return await self.channel.send(Letter(who.openid, Speech(""), "7.", media=media))

    def bodies(self) -> list[str]:
        """What is stored, as it came."""
        rows = self.writer.read_now(lambda unit: list(unit.inbox.list_received(100, ["wechat"])))
        return [row[2] for row in rows]

    def reads(self) -> list[Event]:
        """The same as events."""
        return [self.channel.read(loads(body)) for body in self.bodies()]


async def opened(
    fake: FakeWechat, writer: Writer, *, sealed: bool = False, **more: Any
) -> tuple[Account, web.AppRunner]:
    """An account whose callback the fake can call."""
    more = {"token": TOKEN, "aes_key": AES_KEY if sealed else "", "api": fake.url, "patience": PATIENCE} | more
    channel = OfficialAccount(ACCOUNT, SECRET, **more)
    channel.attach(writer)
    app, leads = web.Application(), [False]
    health = channel.mount(app, "/wechat", lambda: leads[0])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.callback = f"http://127.0.0.1:{runner.addresses[0][1]}/wechat"
    return Account(fake, channel, writer, health, leads), runner


@pytest_asyncio.fixture
async def account(writer: Writer) -> AsyncIterator[Account]:
    """Plain callbacks."""
    async with FakeWechat() as fake:
        account, runner = await opened(fake, writer)
        yield account
        await account.channel.close()
        await runner.cleanup()


@pytest_asyncio.fixture
async def sealed(writer: Writer) -> AsyncIterator[Account]:
    """Callbacks sealed by WeCom's own library."""
    peer = Peer()
    async with FakeWechat(peer) as fake:
        account, runner = await opened(fake, writer, sealed=True)
        yield account
        await account.channel.close()
        await runner.cleanup()
    peer.close()
