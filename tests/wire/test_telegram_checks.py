"""What `lobby check` learns from Telegram about a bot's set-up, in words an operator can act on."""

import socket
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.channels.bot_api.channel import BotApiChannel
from bot.channels.channel import Trouble
from bot.channels.telegram_duty import TelegramDuty
from bot.channels.telegram_rooms import TelegramRooms
from tests.wire.fake_telegram import Chat, FakeTelegram, faults
from tests.wire.telegram_stage import TOKEN, Desk, desk, telegram

__all__ = ["desk", "telegram"]


async def troubles(channel: BotApiChannel, *chats: Chat) -> list[Trouble]:
    return await channel.check([(str(chat.id), chat.title) for chat in chats])


async def test_a_bot_that_is_well_set_up_has_no_troubles(desk: Desk) -> None:
    ann = desk.fake.user("Ann")
    found = await desk.channel.check([(str(desk.fake.group("Home").id), "Home"), (str(ann.id), "Ann")])
    assert found == []


async def test_a_refused_token_is_told_with_where_to_get_one(desk: Desk) -> None:
    desk.fake.breaks("getMe", faults.revoked_token())
    (trouble,) = await troubles(desk.channel)
    assert "token" in trouble.what
    assert "@BotFather" in trouble.mend
    assert "_TOKEN" in trouble.mend
    assert trouble.is_fatal


@pytest.mark.parametrize("kind", [TelegramRooms, TelegramDuty])
async def test_an_api_that_cannot_be_reached_is_told(kind: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        channel = kind(TOKEN, f"http://127.0.0.1:{taken.getsockname()[1]}")
        (trouble,) = await troubles(channel)
        await channel.close()
    assert "could not connect" in trouble.what
    assert "secret" not in trouble.what + trouble.mend


async def test_a_group_we_were_thrown_out_of_or_never_in_is_named(desk: Desk) -> None:
    group, supergroup = desk.fake.group("Home"), desk.fake.supergroup("Engineers")
    never = desk.fake.group("Parking", bots=[])
    for chat in (group, supergroup):
        chat.kicks(desk.account)
    found = await troubles(desk.channel, group, supergroup, never)
    assert [trouble.what for trouble in found] == [
        f"@lobby_bot is not in {chat.title}." for chat in (group, supergroup, never)
    ]


async def test_a_webhook_left_behind_is_told_by_its_host(desk: Desk) -> None:
    await call(desk, "setWebhook", {"url": "https://old.example.com/hook/secret-path"})
    (trouble,) = await troubles(desk.channel)
    assert "old.example.com" in trouble.what
    assert "secret-path" not in trouble.what
    assert not trouble.is_fatal


async def call(desk: Desk, method: str, arguments: dict[str, Any]) -> None:
    url = f"{desk.fake.url}/bot{TOKEN}/{method}"
    async with ClientSession() as session, session.post(url, json=arguments) as response:
        assert response.status == 200, await response.text()


@pytest_asyncio.fixture(params=[TelegramRooms, TelegramDuty])
async def shy(request: pytest.FixtureRequest, telegram: FakeTelegram) -> Any:
    """A bot whose privacy mode BotFather left on."""
    telegram.bot(TOKEN, "lobby_bot", reads_all=False)
    channel = request.param(TOKEN, telegram.url)
    yield channel
    await channel.close()


async def test_privacy_mode_hurts_the_tenants_bot_unless_it_is_an_admin(
    telegram: FakeTelegram, shy: BotApiChannel
) -> None:
    deaf, hearing = telegram.group("Home"), telegram.supergroup("Tower", admins=True)
    found = await troubles(shy, deaf, hearing)
    if isinstance(shy, TelegramDuty):
        assert found == []
    else:
        (trouble,) = found
        assert "Home" in trouble.what
        assert "/setprivacy" in trouble.mend


async def test_with_a_webhook_of_ours_its_last_error_is_told(telegram: FakeTelegram) -> None:
    telegram.bot(TOKEN, "lobby_bot")
    url = "https://lobby.example.com/hook"
    channel = TelegramRooms(TOKEN, telegram.url, webhook_url=url)
    info = b'{"ok":true,"result":{"url":"%s","has_custom_certificate":false,"pending_update_count":3,%s}}'
    broken = b'"last_error_date":1,"last_error_message":"SSL error"'
    telegram.breaks("getWebhookInfo", faults.Damage("", body=info % (url.encode(), broken)))
    (trouble,) = await troubles(channel)
    assert "SSL error" in trouble.what
    await channel.close()
