"""What both bots make of every way Telegram, or the wire, says no."""

import logging
import socket
from typing import Any

import pytest

from bot.channels.channel import SendFailed
from bot.channels.telegram_duty import TelegramDuty
from bot.channels.telegram_rooms import TelegramRooms
from handlers.notifications.speech import Speech
from tests.wire.fake_telegram import Chat, FakeTelegram, Person, faults
from tests.wire.fake_telegram.faults import Damage
from tests.wire.telegram_stage import TOKEN, Desk, desk, letter, telegram

__all__ = ["desk", "telegram"]


async def failure(desk: Desk, where: Chat | Person) -> SendFailed:
    """How saying something there fails; whatever is known of it must not hold the token."""
    with pytest.raises(SendFailed) as failed:
        await desk.says(where, "hello")
    error: BaseException | None = failed.value
    while error is not None:
        assert "secret" not in f"{error!r} {error}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return failed.value


def traits(failed: SendFailed) -> set[str]:
    names = ("permanent", "closes_chat", "unknown", "whole_bot")
    return {name for name in names if getattr(failed, name)}


async def test_ann_blocked_us(desk: Desk) -> None:
    ann = desk.fake.user("Ann")
    ann.starts(desk.account)
    ann.blocks(desk.account)
    failed = await failure(desk, ann)
    assert (failed.reason, traits(failed)) == ("blocked", {"permanent", "closes_chat"})


async def test_bob_never_pressed_start(desk: Desk) -> None:
    failed = await failure(desk, desk.fake.user("Bob"))
    assert (failed.reason, traits(failed)) == ("cannot write first", {"permanent", "closes_chat"})


async def test_the_group_threw_us_out(desk: Desk) -> None:
    group = desk.fake.supergroup("Home")
    group.kicks(desk.account)
    failed = await failure(desk, group)
    assert (failed.reason, traits(failed)) == ("kicked", {"permanent", "closes_chat"})


async def test_a_group_that_never_was(desk: Desk) -> None:
    failed = await failure(desk, desk.fake.group("Home", bots=[]))
    assert (failed.reason, traits(failed)) == ("chat not found", {"permanent", "closes_chat"})


async def test_the_group_became_a_supergroup(desk: Desk) -> None:
    group = desk.fake.group("Home")
    new = group.becomes_supergroup()
    failed = await failure(desk, group)
    assert (failed.moved_to, traits(failed)) == (str(new.id), set())


@pytest.mark.parametrize(
    ("code", "description", "reason", "expected"),
    [
        (403, "Forbidden: user is deactivated", "deactivated", {"permanent", "closes_chat"}),
        (403, "Forbidden: bot is not a member of the channel chat", "not a member", {"permanent", "closes_chat"}),
        (403, "Forbidden: the group chat was deleted", "chat closed to us", {"permanent", "closes_chat"}),
        (400, "Bad Request: message thread not found", "topic gone", {"permanent"}),
        (400, "Bad Request: TOPIC_CLOSED", "topic gone", {"permanent"}),
        (400, "Bad Request: not enough rights to send text messages to the chat", "may not write here", {"permanent"}),
        (400, "Bad Request: message is too long", "too big", {"permanent"}),
        (400, "Bad Request: something new", "something new", {"permanent"}),
        (413, "Request Entity Too Large", "too big", {"permanent"}),
        (500, "Internal Server Error", "server trouble", set()),
        (504, "Gateway Timeout", "server trouble", set()),
    ],
)
async def test_each_refusal_has_a_name(
    desk: Desk, code: int, description: str, reason: str, expected: set[str]
) -> None:
    desk.fake.breaks("sendMessage", faults.refuses(code, description))
    failed = await failure(desk, desk.fake.group("Home"))
    assert (failed.reason.lower(), traits(failed)) == (reason, expected)


async def test_one_chat_asked_to_wait_is_not_the_whole_bot(desk: Desk) -> None:
    groups = [desk.fake.group(f"Home {number}") for number in range(4)]
    flood = desk.fake.breaks("sendMessage", faults.flood(35))
    first = await failure(desk, groups[0])
    assert (first.retry_after, traits(first)) == (35, set())
    await failure(desk, groups[0])
    assert not (await failure(desk, groups[1])).whole_bot
    assert (await failure(desk, groups[2])).whole_bot, "three chats in a row: it is the bot"
    desk.fake.mends(flood)
    await desk.says(groups[3], "hello")
    desk.fake.breaks("sendMessage", faults.flood(35))
    assert not (await failure(desk, groups[0])).whole_bot


async def test_a_refused_token_waits_for_its_operator(desk: Desk) -> None:
    desk.fake.breaks("sendMessage", faults.revoked_token())
    failed = await failure(desk, desk.fake.group("Home"))
    assert (failed.reason, traits(failed)) == ("token refused", {"whole_bot"})
    assert failed.retry_after


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (faults.bad_gateway(), set()),
        (faults.server_error(), set()),
        (faults.empty_body(), {"unknown"}),
        (faults.cut_short(), {"unknown"}),
        (faults.silence_after_work(), {"unknown"}),
        (faults.silence(), {"unknown"}),
        (faults.reset(), {"unknown"}),
        (faults.reset_after_work(), {"unknown"}),
    ],
    ids=lambda value: value.name if isinstance(value, Damage) else "",
)
async def test_what_was_written_and_not_answered_is_unknown(desk: Desk, damage: Damage, expected: set[str]) -> None:
    desk.fake.breaks("sendMessage", damage, times=1)
    assert traits(await failure(desk, desk.fake.group("Home"))) == expected


@pytest.mark.parametrize("kind", [TelegramRooms, TelegramDuty])
async def test_nobody_listens_there_so_nothing_was_written(kind: Any, telegram: FakeTelegram) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        channel = kind(TOKEN, f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(SendFailed) as failed:
            await channel.send(letter(telegram.group("Home"), Speech("hello")))
        assert (failed.value.reason, traits(failed.value)) == ("could not connect", set())
        assert "secret" not in f"{failed.value!r}{failed.value.__cause__}"
        await channel.close()


async def test_an_answer_from_a_newer_api_still_gives_the_receipt(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    group = desk.fake.group("Home")
    answer = (
        b'{"ok":true,"result":{"message_id":41,"date":1,"chat":{"id":-5,"type":"hive"},"forward_origin":{"type":"x"}}}'
    )
    desk.fake.breaks("sendMessage", Damage("newer", body=answer), times=1)
    assert await desk.says(group, "hello") == "41"
    assert "secret" not in caplog.text


async def test_no_call_however_it_ends_writes_the_token_to_a_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    group = desk.fake.group("Home")
    await desk.says(group, "fine")
    for damage in (faults.bad_gateway(), faults.reset(), faults.silence(), faults.revoked_token(), faults.cut_short()):
        desk.fake.breaks("sendMessage", damage, times=1)
        await failure(desk, group)
    assert "AAA-secret" not in caplog.text


async def test_the_bot_learns_its_name_when_telegram_comes_back(telegram: FakeTelegram) -> None:
    telegram.bot(TOKEN, "lobby_bot")
    telegram.breaks("getMe", faults.bad_gateway(), times=1)
    channel = TelegramRooms(TOKEN, telegram.url)
    await channel.open()
    await telegram.until(lambda: channel.deep_link("a"))
    await channel.close()


@pytest.mark.parametrize("token", ["", "hello", ":x", "12", "12:", "12:a\nb", "１２:abc"])
@pytest.mark.parametrize("kind", [TelegramRooms, TelegramDuty])
def test_what_is_no_token_is_said_at_once(kind: Any, token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        kind(token, "https://api.telegram.org")
