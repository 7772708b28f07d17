"""WeChat's callbacks: what is genuine is stored before it is answered, what is not is turned away unread."""

import asyncio
import socket
import time
from typing import Any

import pytest

from bot.channels import leaving, passive
from bot.channels.wechat import callbacks
from handlers.events import Command, DeskMembership, MessageReceived, Unheard
from storage.vocabulary import AttachmentKind
from tests.wire.fake_wechat import AES_KEY, TOKEN, _signature
from tests.wire.wechat_stage import Account, account, sealed

__all__ = ["account", "sealed"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BOMB = (
    '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
    "<xml><FromUserName>&c;</FromUserName><MsgType>text</MsgType></xml>"
)
OUTSIDE = '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><FromUserName>&a;</FromUserName></xml>'
TWICE = "<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName><MsgType>text</MsgType></xml>"


def query(**changes: str) -> dict[str, str]:
    """What stands in a genuine callback's address."""
    stamp, nonce = changes.pop("timestamp", str(int(time.time()))), changes.pop("nonce", "n1")
    return {"timestamp": stamp, "nonce": nonce, "signature": _signature(TOKEN, stamp, nonce), **changes}


async def test_the_console_checks_the_address(account: Account) -> None:
    async def asks(asked: dict[str, str]) -> tuple[int, str]:
        async with account.fake.session.get(account.fake.callback, params=asked) as response:
            return response.status, await response.text()

    assert await asks(query(echostr="5837")) == (200, "5837")
    for wrong in (
        query(echostr="5837", signature="0" * 40),
        query(echostr="5837", signature="签名"),
        query(echostr="5837", timestamp=str(int(time.time()) - 301)),
        query(echostr="5837", timestamp="9" * 30),
        query(echostr="5837", timestamp="١٢٣"),
        query(echostr="5837", nonce=""),
        query(echostr="\x00"),
    ):
        assert (await asks(wrong))[0] == 403


async def test_everything_people_do_is_read(account: Account) -> None:
    mei, at = account.fake.person("mei"), int(time.time())
    for sent in (
        mei.says("水管爆了"),
        mei.says("/my"),
        mei.says("【收到不支持的消息类型，暂无法显示】"),
        mei.sends("image", PicUrl="http://p", MediaId="m-1"),
        mei.sends("voice", MediaId="m-2", Format="amr", Recognition="三栋电梯坏了"),
        mei.sends("location", Location_X="31.23", Location_Y="121.47", Scale="15", Label="阳光路1号"),
        mei.sends("location", Location_X="north", Location_Y="121.47", Label=""),
        mei.sends("link", Title="通知", Url="https://example.org"),
        mei.does("subscribe", "qrscene_aB3-_x"),
        mei.does("SCAN", "aB3-_x"),
        mei.does("subscribe"),
        mei.does("CLICK", "my"),
        mei.does("VIEW", "https://example.org"),
        mei.does("unsubscribe"),
    ):
        answered = await sent
        assert (answered.status, answered.body) == (200, "success")
    read = account.reads()
    said = [event for event in read if isinstance(event, MessageReceived)]
    assert [event.text for event in said] == [
        "水管爆了", "/my", "", "三栋电梯坏了", "阳光路1号", "通知 https://example.org",
        "/start", "/start", "/start", "/my",
    ]  # fmt: skip
    assert [(each.kind, each.file_id) for event in said for each in event.attached] == [
        (AttachmentKind.PHOTO, "m-1"),
        (AttachmentKind.VOICE, "m-2"),
        (AttachmentKind.LOCATION, None),
    ]
    assert [event.command for event in said if event.command] == [
        Command("my"), Command("start", "aB3-_x"), Command("start", "aB3-_x"), Command("start"), Command("my"),
    ]  # fmt: skip
    assert said[0].where.is_private
    assert said[0].speaker.name == "微信 ____"
    assert abs(said[0].sent_at.timestamp() - at) < 5
    assert [event.reason for event in read if isinstance(event, Unheard)] == [
        "no words: text", "no words: location", "event: VIEW",
    ]  # fmt: skip
    assert isinstance(read[-1], DeskMembership)
    assert not read[-1].is_in


async def test_a_message_brought_three_times_is_stored_once(account: Account) -> None:
    mei = account.fake.person("mei")
    xml = mei.message("text", Content="漏水", id=42)
    event = mei.xml(MsgType="event", Event="SCAN", EventKey="x")
    for brought in (xml, xml, xml, event, event):
        assert (await account.fake.brings(brought)).status == 200
    assert len(account.bodies()) == 2


@pytest.mark.parametrize("body", ["", "{}", "<xml>", "<xml/>", "<a/>", "\x00", BOMB, OUTSIDE, TWICE, "<" * 9_000])
async def test_what_is_no_message_is_refused(account: Account, body: str) -> None:
    assert (await account.fake.posts(body, query())).status == 400
    assert account.bodies() == []


async def test_what_is_forged_old_or_too_large_is_turned_away(account: Account) -> None:
    mei, fake = account.fake.person("mei"), account.fake
    genuine, asked = mei.message("text", Content="漏水"), query()
    assert (await fake.brings(genuine, forged="0" * 40)).status == 403
    assert (await fake.brings(genuine, at=time.time() - 301)).status == 403
    assert (await fake.posts(b"<xml>" + b" " * 70_000, query())).status == 413
    assert (await fake.posts(genuine, asked)).status == 200
    assert (await fake.posts(genuine, asked)).status == 200  # WeChat comes again
    other = mei.message("text", Content="撤回报修")
    assert (await fake.posts(other, asked)).status == 403  # a signature overheard does not sign other words
    assert len(account.bodies()) == 1


async def test_sealed_callbacks_are_read_and_answered_sealed(sealed: Account) -> None:
    mei, fake = sealed.fake.person("mei"), sealed.fake
    sealed.leads[0] = True
    saying = asyncio.create_task(mei.says("厨房漏水 ]]> <b>&amp;"))
    await fake.until(lambda: sealed.bodies(), "the message to be stored")
    await sealed.says(mei, "已收到 a[b[0]]> 3 ]]></Content><ToUserName><![CDATA[victim")
    said = await saying
    assert said.words == "已收到 a[b[0]]> 3 ]]></Content><ToUserName><![CDATA[victim"
    assert fake.sent == []
    (event,) = sealed.reads()
    assert isinstance(event, MessageReceived)
    assert event.text == "厨房漏水 ]]> <b>&amp;"
    assert event.speaker.address == mei.openid


async def test_where_a_key_is_set_nothing_plain_or_tampered_is_believed(sealed: Account) -> None:
    mei, fake = sealed.fake.person("mei"), sealed.fake
    genuine = mei.message("text", Content="漏水")
    assert (await fake.brings(genuine, plain=True)).status == 403
    assert (await fake.brings(genuine, forged="0" * 40)).status == 403
    assert fake.peer is not None
    stamp = str(int(time.time()))
    for other in ({"account": "wxffffffffffffffff"}, {"key": AES_KEY[::-1]}):
        told = fake.peer.asks("seal", genuine, timestamp=stamp, nonce="n1", **other)
        body = f"<xml><Encrypt><![CDATA[{told['sealed']}]]></Encrypt></xml>"
        asked = query(timestamp=stamp, msg_signature=told["signature"], encrypt_type="aes")
        assert (await fake.posts(body, asked)).status == 403
    for rubbish in ("AAAA", "не base64", ""):
        asked = query(timestamp=stamp, msg_signature=_signature(TOKEN, stamp, "n1", rubbish))
        assert (await fake.posts(f"<xml><Encrypt>{rubbish}</Encrypt></xml>", asked)).status == 403
    assert sealed.bodies() == []


async def test_an_answer_comes_in_time_whatever_happens_behind(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks, "REPLY_SECONDS", 0.05)
    monkeypatch.setattr(callbacks, "STORE_SECONDS", 0.05)
    mei, account.leads[0] = account.fake.person("mei"), True
    assert (await mei.says("漏水")).body == "success"
    await account.says(mei, "已收到")  # too late for the answer: a message of its own
    assert account.fake.sent == [(mei.openid, "已收到")]

    monkeypatch.setattr(callbacks, "REPLY_SECONDS", 9.0)
    monkeypatch.setattr(callbacks, "ANSWER_SECONDS", 0.1)
    assert (await mei.says("还在漏")).seconds < 1

    async def sleeps(*_: Any) -> None:
        await asyncio.sleep(5)

    monkeypatch.setattr(account.writer, "run", sleeps)
    refused = await mei.says("还在漏")
    assert (refused.status, account.health.trouble) == (503, "storage: TimeoutError")
    assert refused.seconds < 1


async def test_words_for_a_connection_that_broke_go_another_way(account: Account) -> None:
    mei, account.leads[0] = account.fake.person("mei"), True
    saying = asyncio.create_task(mei.says("漏水"))
    await account.fake.until(lambda: account.bodies(), "the message to be stored")
    saying.cancel()
    await asyncio.wait([saying])
    await asyncio.sleep(0.05)
    await account.says(mei, "已收到 1001")
    assert account.fake.sent == [(mei.openid, "已收到 1001")]


async def test_words_given_to_a_call_that_is_cancelled_go_another_way(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = asyncio.Event()

    async def never(_: object) -> bool:
        given.set()
        await asyncio.sleep(30)
        return True

    monkeypatch.setattr(passive, "has_left", never)
    mei, account.leads[0] = account.fake.person("mei"), True
    asked: list[asyncio.Task[Any]] = []
    take = callbacks.Callbacks._answer

    async def remembered(*what: Any) -> Any:
        asked.append(asyncio.current_task())  # type: ignore[arg-type]  # it is inside one
        return await take(*what)

    monkeypatch.setattr(callbacks.Callbacks, "_answer", remembered)
    saying = asyncio.create_task(mei.says("漏水"))
    await account.fake.until(lambda: account.bodies(), "the message to be stored")
    answering = asyncio.create_task(account.says(mei, "已收到 1001"))
    await given.wait()
    asked[0].cancel()
    await asyncio.wait_for(answering, 5)
    assert account.fake.sent == [(mei.openid, "已收到 1001")]
    saying.cancel()
    await asyncio.wait([saying])


async def test_what_lies_in_a_buffer_has_not_left(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "ACK_SECONDS", 0.05)
    ours, theirs = (
        socket.socketpair()
    )  # of these the system counts what was not read, as with what was not acknowledged
    ours.setblocking(False)
    _, writer = await asyncio.open_connection(sock=ours)
    writer.write("已收到".encode())
    assert not await leaving.has_left(writer.transport)
    assert writer.transport.is_closing(), "nobody reads it later and hears it twice"
    theirs.close()
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    _, writer = await asyncio.open_connection(sock=ours)
    writer.write("已收到".encode())
    theirs.recv(100)
    assert await leaving.has_left(writer.transport)
    writer.close()
    theirs.close()


async def test_two_people_hear_each_their_own_answer(account: Account) -> None:
    account.leads[0] = True
    mei, bo = account.fake.person("mei"), account.fake.person("bo")
    saying = [asyncio.create_task(who.says("漏水")) for who in (mei, bo, mei)]
    await account.fake.until(lambda: len(account.bodies()) == 3, "the messages to be stored")
    await asyncio.gather(account.says(bo, "博"), account.says(mei, "一"), account.says(mei, "二"))
    await asyncio.gather(*saying)
    assert (sorted(mei.heard), bo.heard, account.fake.sent) == (["一", "二"], ["博"], [])
