"""What we say in WeChat: counted, with one token for everybody, and every refusal under its name."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.channels.channel import FetchFailed, Media, SendFailed
from bot.channels.refusals import Refusal
from bot.channels.wechat.tokens import KeptToken, MemoryShelf
from bot.channels.wechat.wording import LONGEST
from bot.commands.wechat import menu_of
from bot.logs import LOUD
from handlers.events import Command, MessageReceived
from locales import LOCALES, Voice
from storage.models import Window
from storage.vocabulary import AttachmentKind
from storage.writer import Writer
from tests.wire.fake_wechat import SECRET, FakeWechat, Fault, Follower
from tests.wire.wechat_stage import Account, account, opened

__all__ = ["account"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SEND = "message/custom/send"
PAST_PATIENCE = 0.8
JPEG = b"\xff\xd8\xff\xe0 a photo"


def window(account: Account, who: Follower) -> Window:
    """How far this person can be reached."""
    found = account.writer.read_now(lambda unit: unit.windows.find("wechat", who.openid))
    assert found is not None
    return found


@pytest_asyncio.fixture
async def second(account: Account, writer: Writer) -> AsyncIterator[Account]:
    """Another replica on the same database."""
    other, runner = await opened(account.fake, writer)
    yield other
    await other.channel.close()
    await runner.cleanup()


async def test_twenty_at_once_on_two_replicas_share_one_token(account: Account, second: Account) -> None:
    people = [account.fake.person(f"p{number}") for number in range(20)]
    for each in people:
        await each.says("漏水")
    await account.says(people[0])
    await asyncio.gather(*(side.says(each) for each in people[1:11] for side in (account, second)))
    assert account.fake.fetches == [False]
    assert len(account.fake.sent) == 21


async def test_each_call_bears_its_own_token(account: Account) -> None:
    both_are_made = threading.Barrier(2, timeout=10)

    def token_of(client: Any) -> str:
        both_are_made.wait()
        return str(client.access_token)

    gateway = account.channel._gateway
    assert await asyncio.gather(*(gateway.call(token, token_of) for token in ("old", "new"))) == ["old", "new"]


async def test_a_token_that_is_refused_is_renewed_once_and_not_by_force(account: Account, second: Account) -> None:
    mei = account.fake.person("mei")
    await mei.says("漏水")
    await account.says(mei)
    account.fake.expires()
    await asyncio.gather(account.says(mei, "一"), second.says(mei, "二"))
    assert account.fake.fetches in ([False, False], [False, False, False])  # in normal mode asking twice does no harm
    assert sorted(mei.heard[1:]) == ["一", "二"]


async def test_a_platform_that_refuses_its_own_token_is_forced_once_and_then_let_be(account: Account) -> None:
    mei = account.fake.person("mei")
    await mei.says("漏水")
    account.fake.faults.append(Fault(SEND, code=40001, times=99))
    failed = await account.fails(mei)
    assert (failed.reason, failed.whole_bot, failed.retry_after) == (Refusal.TOKEN_REFUSED, True, 30.0)
    assert account.fake.fetches == [False, False, True]
    for _ in range(3):
        assert (await account.fails(mei)).reason == Refusal.TOKEN_REFUSED
    assert account.fake.fetches.count(True) == 1
    assert account.fake.calls.count(SEND) == 8  # twice each, and never a third time
    assert window(account, mei).spent == 0


async def test_a_token_is_renewed_before_its_end(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    mei = account.fake.person("mei")
    await mei.says("漏水")
    await account.says(mei)
    known = account.channel._tokens._known
    assert known is not None
    assert 6800 < known.until - time.time() < 6901
    account.channel._tokens._known = None
    assert account.channel._ledger is not None
    await account.channel._ledger.save_token(KeptToken(known.token, time.time() - 1))
    await account.says(mei)
    assert account.fake.fetches == [False, False]


@pytest.mark.parametrize(
    ("code", "reason", "traits"),
    [
        (45015, "cannot write first", {"permanent"}),
        (45047, "cannot write first", {"permanent"}),
        (45009, "asked to wait", {"whole_bot", "retry_after"}),
        (45011, "asked to wait", {"whole_bot", "retry_after"}),
        (42001, "token refused", {"whole_bot", "retry_after"}),
        (40164, "our address is not on the allow list", {"whole_bot", "retry_after"}),
        (40003, "chat not found", {"permanent", "closes_chat"}),
        (43004, "blocked", {"permanent", "closes_chat"}),
        (48001, "may not write here", {"permanent"}),
        (45002, "too big", {"permanent"}),
        (40005, "form refused", {"permanent"}),
        (87014, "words refused", {"permanent"}),
        (-1, "server trouble", set()),
        (99999, "WeChat 99999", {"permanent"}),
    ],
)
async def test_each_refusal_has_its_name(account: Account, code: int, reason: str, traits: set[str]) -> None:
    mei = account.fake.person("mei")
    await mei.says("漏水")
    account.fake.faults.append(Fault(SEND, code=code, times=2))
    failed = await account.fails(mei)
    told = {
        name for name in ("permanent", "closes_chat", "whole_bot", "retry_after", "unknown") if getattr(failed, name)
    }
    assert (failed.reason, told) == (reason, traits)
    assert window(account, mei).left(account.writer.read_now(lambda unit: unit.now)) == (
        0 if reason == "cannot write first" else 5
    )


async def test_what_was_perhaps_sent_counts_and_what_was_not_does_not(account: Account, writer: Writer) -> None:
    mei = account.fake.person("mei")
    await mei.says("漏水")
    await account.says(mei)
    for fault in (
        Fault(SEND, seconds=PAST_PATIENCE),
        Fault(SEND, hangs_up=True),
        Fault(SEND, page='{"errcode": 0, "err'),  # half an answer, or a proxy's page
    ):
        account.fake.faults.append(fault)
        failed = await account.fails(mei)
        assert (failed.reason, failed.unknown) == (Refusal.UNANSWERED, True)
    assert window(account, mei).spent == 4
    nowhere, runner = await opened(account.fake, writer, api="http://127.0.0.1:1")
    nowhere.channel._tokens._known = account.channel._tokens._known
    failed = await nowhere.fails(mei, is_last_word=True)
    assert (failed.reason, failed.unknown, failed.permanent) == (Refusal.UNREACHABLE, False, False)
    assert window(account, mei).spent == 4
    await nowhere.channel.close()
    await runner.cleanup()


async def test_a_slow_token_is_not_waited_for_for_ever(account: Account) -> None:
    mei = account.fake.person("mei")
    await mei.says("漏水")
    account.fake.faults.append(Fault("stable_token", seconds=PAST_PATIENCE))
    since = time.monotonic()
    assert (await account.fails(mei)).reason == Refusal.UNANSWERED
    assert time.monotonic() - since < PAST_PATIENCE
    assert account.fake.sent == []


async def test_the_last_of_five_is_kept_for_the_last_word(account: Account) -> None:
    mei = account.fake.person("mei")
    failed = await account.fails(mei)  # she has never written
    assert (failed.reason, failed.permanent, failed.closes_chat) == (Refusal.CANNOT_WRITE_FIRST, True, False)
    await mei.says("漏水")
    for words in "一二三四":
        await account.says(mei, words)
    assert (await account.fails(mei, "五")).reason == Refusal.CANNOT_WRITE_FIRST
    await account.says(mei, "修好了", is_last_word=True)
    assert mei.heard == ["一", "二", "三", "四", "修好了"]
    assert (await account.fails(mei, "还有", is_last_word=True)).reason == Refusal.CANNOT_WRITE_FIRST
    assert account.fake.calls.count(SEND) == 5  # what cannot go is not even tried
    await mei.says("好")
    await account.says(mei, "谢谢")


async def test_long_words_come_in_pieces_that_are_counted(account: Account) -> None:
    mei = account.fake.person("mei")
    await mei.says("漏水")
    words = "请关好总阀门。" * 150
    await account.says(mei, words)
    assert "".join(mei.heard) == words
    assert [len(each.encode()) <= LONGEST for each in mei.heard] == [True, True]
    await mei.says("好")
    account.fake.faults.append(Fault(SEND, code=-1, lets_through=1))
    assert (await account.fails(mei, words)).reason == Refusal.SERVER_TROUBLE
    await account.says(mei, words)  # the next try
    assert "".join(mei.heard) == words * 2
    assert window(account, mei).spent == 2
    assert (await account.fails(mei, words * 2)).reason == Refusal.CANNOT_WRITE_FIRST  # three pieces, and three left
    await account.says(mei, words * 4, is_last_word=True)
    assert mei.heard[-1].endswith("…")


async def test_half_of_it_said_before_the_window_shut_is_told_as_that(account: Account) -> None:
    mei = account.fake.person("mei")
    await mei.says("漏水")
    words = "请关好总阀门。" * 150
    account.fake.opens(mei.openid)
    account.fake._windows[mei.openid] = (account.fake.now() + 60, 1)  # the platform's count is ahead of ours
    failed = await account.fails(mei, words)
    assert (failed.reason, failed.permanent, len(mei.heard)) == (Refusal.CUT_SHORT, True, 1)
    await mei.says("好")
    account.fake.faults.append(Fault(SEND, code=-1, lets_through=1))
    await account.fails(mei, words)
    mei.heard.clear()
    other = "先别用水。" * 200
    await account.says(mei, other)  # the same row says something else by now
    assert "".join(mei.heard) == other


async def test_files_come_and_go(account: Account) -> None:
    mei = account.fake.person("mei")
    account.fake.files["m-1"] = JPEG
    assert await account.channel.fetch("m-1", 100) == JPEG
    for file_id, limit, reason in (("m-2", 100, "form refused"), ("m-1", 3, Refusal.TOO_BIG)):
        with pytest.raises(FetchFailed) as gone:
            await account.channel.fetch(file_id, limit)
        assert (gone.value.reason, gone.value.permanent) == (reason, True)
    await mei.says("漏水")
    await account.shows(mei, Media(AttachmentKind.PHOTO, JPEG, "photo"))
    (heard,) = mei.heard
    assert account.fake.files[heard.removeprefix("[image ").removesuffix("]")] == JPEG
    with pytest.raises(SendFailed) as unfit:
        await account.shows(mei, Media(AttachmentKind.DOCUMENT, b"%PDF", "plan.pdf"))
    assert unfit.value.permanent
    account.fake.faults.append(Fault("media/upload", seconds=PAST_PATIENCE))
    with pytest.raises(SendFailed) as unsent:
        await account.shows(mei, Media(AttachmentKind.PHOTO, JPEG, "photo.jpg"))
    assert not unsent.value.unknown  # an upload alone shows nobody anything
    assert window(account, mei).spent == 1


async def test_the_menus_taps_are_commands_and_its_names_fit(account: Account) -> None:
    for language in LOCALES:
        await account.channel.publish_menu(menu_of(Voice(language)))
        top = account.fake.menu["button"]
        below = [each for button in top for each in button.get("sub_button", ())]
        assert (len(top), len(below)) <= (3, 5)
        assert all(len(button["name"].encode()) <= 16 for button in top), "the platform takes no longer ones"
        assert all(len(each["name"].encode()) <= 60 for each in below)
    keys = [each["key"] for each in (*top, *below) if "key" in each]
    await account.fake.person("mei").does("CLICK", keys[0])
    assert keys == ["report", "my", "questions", "onduty", "language", "bind"]
    (event,) = account.reads()
    assert isinstance(event, MessageReceived)
    assert event.command == Command("report")


async def test_a_poster_gets_a_permanent_code_of_the_account(account: Account) -> None:
    assert await account.channel.invitation("aB3-_x") == "http://weixin.qq.com/q/aB3-_x"
    account.fake.faults.append(Fault("qrcode/create", code=48001))
    with pytest.raises(SendFailed, match="may not write"):
        await account.channel.invitation("aB3-_x")


async def test_a_notice_calls_the_tenant_back_once(writer: Writer) -> None:
    async with FakeWechat() as fake:
        account, runner = await opened(
            fake, writer, template="a-template", template_fields="thing1=有新的回复; thing2=请点此"
        )
        mei = fake.person("mei")
        await mei.says("漏水")
        fake.shuts(mei.openid)
        for _ in range(2):
            assert (await account.fails(mei)).reason == Refusal.CANNOT_WRITE_FIRST
        assert fake.notices == [(mei.openid, {"thing1": {"value": "有新的回复"}, "thing2": {"value": "请点此"}})]
        await account.channel.close()
        await runner.cleanup()


async def test_neither_secrets_nor_words_are_logged(account: Account, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in LOUD:  # as at every start; a level of their own outweighs the root's
        caplog.set_level(logging.WARNING, name)
    mei = account.fake.person("mei")
    await mei.says("漏水")
    account.fake.faults += [Fault(SEND, hangs_up=True), Fault(SEND, code=45002, times=1)]
    for _ in range(2):
        failed = await account.fails(mei, "给梅的私密回复")
        cause: BaseException | None = failed
        while cause is not None:
            assert "token-0" not in f"{cause!r} {cause}"
            cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    logged = caplog.text
    assert "给梅的私密回复" not in logged
    assert SECRET not in logged
    assert "token-0" not in logged


async def test_check_tells_what_is_wrong_and_how_to_mend_it(account: Account, writer: Writer) -> None:
    async def told(**changes: str) -> str:
        one, runner = await opened(account.fake, writer, **({"url": "https://lobby.example"} | changes))
        one.channel._tokens.shelf = MemoryShelf()  # as one who only looks
        troubles = await one.channel.check([])
        await one.channel.close()
        await runner.cleanup()
        return "\n".join(f"{trouble.what} {trouble.mend}" for trouble in troubles)

    assert (await told()).startswith("WeChat's callbacks come unencrypted")
    assert "no https:// address" in await told(url="http://lobby.example")
    assert "LOBBY_WECHAT_TEMPLATE is none" in await told(template="another")
    account.fake.kf_granted = False
    assert "48001" in await told()
    account.fake.faults.append(Fault("stable_token", code=40164))
    assert "IP白名单" in await told()
    account.fake.faults.append(Fault("stable_token", code=40125))
    assert "LOBBY_WECHAT_SECRET" in await told()
    assert "cannot be reached" in await told(api="http://127.0.0.1:1")
