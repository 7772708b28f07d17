"""Both Telegram bots on the fake's wire, for the `test_telegram_*` modules: a bot that can hear and speak."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.channels.bot_api.channel import BotApiChannel
from bot.channels.bot_api.limits import ROOMS_UPDATES
from bot.channels.channel import Letter, Media
from bot.channels.telegram_duty import TelegramDuty
from bot.channels.telegram_rooms import TelegramRooms
from bot.intake import Poller
from handlers.events import Event
from handlers.notifications.speech import Speech
from storage.repositories.inbox import Raw
from tests.wire.fake_telegram import BotAccount, Chat, FakeTelegram, Person

TOKEN = "111:AAA-secret"
PATIENCE = 0.4
KINDS: dict[str, type[TelegramRooms] | type[TelegramDuty]] = {"rooms": TelegramRooms, "duty": TelegramDuty}


@dataclass
class Shelf:
    """What the inbox table does, in a dict: unique keys, repeats left alone. `breaks` makes it fail."""

    kept: dict[str, str] = field(default_factory=dict)
    batches: list[Sequence[Raw]] = field(default_factory=list)
    breaks: Exception | None = None

    async def store(self, _source: str, batch: Sequence[Raw]) -> None:
        if self.breaks is not None:
            raise self.breaks
        await asyncio.sleep(0)
        self.batches.append(batch)
        for raw in batch:
            self.kept.setdefault(raw.key, raw.body)


@dataclass
class Desk:
    """One bot of ours and what reached it."""

    fake: FakeTelegram
    account: BotAccount
    channel: BotApiChannel
    shelf: Shelf = field(default_factory=Shelf)
    read: int = 0

    async def bodies(self, count: int) -> list[str]:
        """Poll until `count` more updates are kept."""
        wanted = self.read + count
        async with polling(self.fake, self.shelf):
            await self.fake.until(lambda: len(self.shelf.kept) >= wanted)
        news = list(self.shelf.kept.values())[self.read :]
        self.read = len(self.shelf.kept)
        return news

    async def hears(self, count: int = 1) -> list[Event]:
        """The next events, read by the bot's own library."""
        return [self.channel.read(loads(body)) for body in await self.bodies(count)]

    async def hears_one(self) -> Any:
        """The next event, when there is but one."""
        (event,) = await self.hears()
        return event

    async def says(self, where: Chat | Person, text: str, **more: Any) -> str:
        """Send plain words."""
        return await self.channel.send(letter(where, Speech(text, more.pop("title", None)), **more))


def loads(body: str) -> Any:
    """As the inbox does."""
    return json.loads(body)


def letter(where: Chat | Person, speech: Speech, **more: Any) -> Letter:
    """A row on its way to this chat; taps come back as `7:verb`."""
    media: Media | None = more.pop("media", None)
    return Letter(str(where.id), speech, more.pop("tap_prefix", "7:"), media=media, **more)


class polling:  # noqa: N801
    """`async with polling(fake, shelf) as poller`: a poller at work, stopped at the end."""

    def __init__(self, fake: FakeTelegram, shelf: Shelf, token: str = TOKEN, api: str = "") -> None:
        self._fake, self._shelf, self._token, self._api = fake, shelf, token, api or fake.url

    async def __aenter__(self) -> Poller:
        self._session = ClientSession()
        self.poller = Poller(
            "test", self._api, self._token, ROOMS_UPDATES, self._shelf.store, self._session, poll_seconds=5
        )
        self._task = asyncio.create_task(self.poller.run())
        return self.poller

    async def __aexit__(self, *_: object) -> None:
        await self.poller.stop()
        await self._task
        await self._session.close()


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """The far end, in a thread of its own; every call made to it must have been a lawful one."""
    with FakeTelegram() as fake:
        yield fake
        assert fake.violations == []


@pytest_asyncio.fixture(params=list(KINDS))
async def desk(request: pytest.FixtureRequest, telegram: FakeTelegram) -> AsyncIterator[Desk]:
    """The tenants' bot on aiogram, then the duty bot on python-telegram-bot: both must read and speak alike."""
    account = telegram.bot(TOKEN, "lobby_bot")
    channel = KINDS[request.param](TOKEN, telegram.url, patience=PATIENCE)
    await channel.open()
    yield Desk(telegram, account, channel)
    await channel.close()
