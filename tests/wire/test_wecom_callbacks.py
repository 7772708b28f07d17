"""Staff's bot in WeCom, called back: what is genuine is stored before it is answered, and it only ever answers."""

import asyncio
import json
import time
from typing import Any

import pytest

from bot.channels import passive
from bot.channels.channel import Letter
from bot.channels.refusals import Refusal
from bot.channels.wecom_duty import by_callback, channel
from handlers.events import ButtonPressed, Command, MessageReceived, Unheard
from handlers.notifications.speech import Button, Speech
from storage.vocabulary import AttachmentKind
from tests.wire.fake_wechat import AES_KEY, _signature
from tests.wire.fake_wechat import TOKEN as SECRET
from tests.wire.fake_wecom import GROUP
from tests.wire.wecom_stage import CARD, CalledDuty, called, peer, so

__all__ = ["called", "peer"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_the_console_checks_the_address(called: CalledDuty) -> None:
    fake = called.fake
    assert fake.peer is not None

    async def asks(at: float, forged: str = "", **seal: str) -> tuple[int, str]:
        assert fake.peer is not None
        stamp = str(int(at))
        told = fake.peer.asks("seal", "5837", timestamp=stamp, nonce="n1", **{"account": "", **seal})
        query = {"msg_signature": forged or told["signature"], "timestamp": stamp, "nonce": "n1"}
        async with fake.session.get(fake.callback, params=query | {"echostr": told["sealed"]}) as response:
            return response.status, await response.text()

    assert await asks(time.time()) == (200, "5837")
    assert (await asks(time.time(), forged="0" * 40))[0] == 403
    assert (await asks(time.time() - 301))[0] == 403
    assert (await asks(time.time(), account="ww-another-company"))[0] == 403


async def test_everything_people_do_is_read(called: CalledDuty) -> None:
    called.leads[0], fake = False, called.fake
    image = {"msgtype": "image", "image": {"url": "https://p.example/1", "aeskey": "k"}}
    mixed = {"msg_item": [{"msgtype": "text", "text": {"content": "@bot #1001 看这里"}}, image]}
    enters = {"msgtype": "event", "event": {"eventtype": "enter_chat", "enter_chat": {}}}
    taps = {
        "eventtype": "template_card_event",
        "event_key": "7.take",
        "task_id": "ab-7-9f",
    }  # as Tencent's library does
    for body in (
        fake.message("Li", "/link ABCDEFGHJK"),
        fake.message("Li", "#1024 3"),
        fake.message("Li", "回复 ＃1024：三"),
        fake.message("Li", "回复 2", quote="🔵 #1001 报修 · 给排水\n📍 3栋"),
        fake.message("Li", "请先关总阀", quote="【🔵 #1001 报修 · 给排水】"),
        fake.message("Li", "#1024"),
        fake.message("Li", "#1001 /note 钥匙在门岗"),
        fake.message("Li", "大家辛苦了", quote="没有单号"),
        fake.message("Li", "", text={"content": "修好了 @值班机器人"}),
        fake.message("Li", "#1001 看这里", msgtype="mixed", mixed=mixed),
        fake.message("Li", "/onduty", chat="Li"),
        fake.told("Li", "Li") | enters,
        fake.message("Li", ""),
        fake.told("Li") | {"msgtype": "event", "event": taps},
    ):
        assert (await fake.calls(body)).status == 200
    read = called.reads()
    said = [event for event in read if isinstance(event, MessageReceived)]
    assert [(each.text, each.about) for each in said] == [
        ("/link ABCDEFGHJK", None), ("3", 1024), ("三", 1024), ("2", 1001), ("请先关总阀", 1001), ("#1024", None),
        ("/note 钥匙在门岗", 1001),
        ("大家辛苦了", None), ("修好了", None), ("看这里", 1001), ("@值班机器人 /onduty", None),
    ]  # fmt: skip
    assert [each.command for each in said if each.command] == [
        Command("link", "ABCDEFGHJK"),
        Command("t", "1024"),
        Command("note", "钥匙在门岗"),
    ]
    assert {(each.where.address, each.where.is_private) for each in said} == {(GROUP, False), ("user:Li", True)}
    assert said[0].where.title == "企业微信 rs01"
    assert (said[9].attached[0].kind, json.loads(said[9].attached[0].file_id or "")["key"]) == (
        AttachmentKind.PHOTO,
        "k",
    )
    assert abs(said[0].sent_at.timestamp() - time.time()) < 5
    tap = read[-1]
    assert isinstance(tap, ButtonPressed)
    assert (tap.tap, tap.message_id, tap.speaker.name) == ("7.take", "ab-7", "Li")
    assert [event.reason for event in read if isinstance(event, Unheard)] == ["event: enter_chat", "no words: text"]


async def test_what_is_forged_old_garbled_too_large_or_told_twice(called: CalledDuty) -> None:
    fake, genuine = called.fake, called.fake.message("Li", "漏水")
    called.leads[0] = False
    for more in ({"forged": "0" * 40}, {"at": time.time() - 301}, {"account": "ww1"}, {"key": AES_KEY[::-1]}):
        assert (await fake.calls(genuine, **more)).status == 403  # type: ignore[arg-type]  # one dict, several types
    for odd in ("[]", "7", "{", '{"msgid":"a"}', '{"msgid":"a","msgtype":"text","from":{"userid":7}}', "[" * 9000):
        assert (await fake.calls(odd)).status == 400
    assert (await fake.calls(genuine | {"msgid": "x" * 201})).status == 400
    stamp = str(int(time.time()))
    for envelope in ("AAAA", "не base64", ""):
        query = {"msg_signature": _signature(SECRET, stamp, "n1", envelope), "timestamp": stamp, "nonce": "n1"}
        assert (await fake.posts(json.dumps({"encrypt": envelope}), query)).status == 403
        assert (await fake.posts(json.dumps({"other": envelope}), query)).status == 400
    assert (await fake.posts(b" " * 300_000, query)).status == 413
    assert called.rows() == []
    assert (await fake.calls({"msgtype": "stream", "msgid": "s", "stream": {"id": "1"}})).status == 200
    for _ in range(3):
        assert (await fake.calls(genuine)).status == 200
    assert len(called.rows()) == 1


async def test_a_tapped_card_changes_in_the_answer_and_for_no_longer(
    called: CalledDuty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_callback, "REPLY_SECONDS", 5.0)
    fake = called.fake
    naming = asyncio.create_task(fake.calls(fake.message("Li", "/open")))
    await so(called.rows, "the message to be stored")
    receipt = await called.says(CARD)
    await naming
    (card,) = fake.chats[GROUP]
    assert card.labels == ["✋ 接单", "✅ 完成"]
    assert card.text == "🔵 #1001 报修 · 给排水\n📍 3栋 1202\n“厨房漏水”"
    assert not called.channel.may_change(GROUP, "7.")

    taken = Speech("🛠 处理中 · Li", "🔵 #1001 报修 · 给排水", ((Button("✅ 完成", "done"),),))
    tapping = asyncio.create_task(fake.calls(fake.tap("Li", card, "接单")))
    await so(lambda: len(called.rows()) == 2, "the tap to be stored")
    assert called.channel.may_change(GROUP, "7.")
    tap = called.reads()[-1]
    assert isinstance(tap, ButtonPressed)
    assert (tap.message_id, tap.tap) == (receipt, "7.take")
    await called.channel.edit(Letter(GROUP, taken, "7."), receipt)
    assert (await tapping).told is not None
    assert (card.is_changed, card.labels, len(fake.chats[GROUP])) == (True, ["✅ 完成"], 1)
    assert not called.channel.may_change(GROUP, "7.")
    await called.channel.answer_tap(tap.tap_id, "归你了")  # the card says so
    assert await called.says(taken) == receipt  # it reads so already
    assert len(fake.chats[GROUP]) == 1

    monkeypatch.setattr(channel, "TOAST_SECONDS", 0.01)
    tapping = asyncio.create_task(fake.calls(fake.tap("Wu", card, "完成")))
    await so(lambda: len(called.rows()) == 3, "the tap to be stored")
    late = called.reads()[-1]
    assert isinstance(late, ButtonPressed)
    await called.channel.answer_tap(late.tap_id, "#1001 已由 Li 接单")  # nothing changed: it is said, by Li's link
    assert "已由 Li 接单" in fake.chats[GROUP][-1].text
    await called.channel.edit(Letter(GROUP, Speech("完", "✅ #1001 报修"), "7."), receipt)
    assert (await tapping).status == 200
    assert (card.body["card_type"], card.labels) == ("text_notice", [])
    assert fake.refused == []


async def test_it_only_answers_once_for_each_link(called: CalledDuty, monkeypatch: pytest.MonkeyPatch) -> None:
    called.leads[0], fake = False, called.fake
    assert (await called.fails("新工单")).reason == Refusal.CANNOT_WRITE_FIRST
    for _ in range(3):
        assert (await fake.calls(fake.message("Li", "在吗"))).body == ""
    called.reads()
    fake.links.popitem()  # somebody has used the last
    fake.codes = [45009]
    assert (await called.fails("新工单")).retry_after == 60
    await called.says("新工单")
    assert (await called.fails("又一张")).reason == Refusal.CANNOT_WRITE_FIRST
    assert [each.text for each in fake.chats[GROUP]] == ["新工单"]
    monkeypatch.setattr(by_callback, "LINK_LIVES", -1.0)
    await fake.calls(fake.message("Li", "在吗"))
    called.reads()
    assert (await called.fails("又一张")).permanent


async def test_an_answer_that_never_left_goes_by_the_link_the_call_brought(
    called: CalledDuty, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(_: object) -> bool:
        return False

    monkeypatch.setattr(by_callback, "REPLY_SECONDS", 5.0)
    monkeypatch.setattr(passive, "has_left", lost)
    asking = asyncio.create_task(called.fake.calls(called.fake.message("Li", "在吗")))
    await so(called.rows, "the message to be stored")
    called.reads()
    await called.says("新工单")
    assert "新工单" in [each.text for each in called.fake.chats[GROUP]], "by the link"
    assert called.fake.links == {}
    await asking


async def test_an_answer_comes_in_time_whatever_happens_behind(
    called: CalledDuty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_callback, "REPLY_SECONDS", 0.02)
    monkeypatch.setattr(by_callback, "STORE_SECONDS", 0.05)
    fake = called.fake
    assert (await fake.calls(fake.message("Li", "在吗"))).body == ""

    async def sleeps(*_: Any) -> None:
        await asyncio.sleep(5)

    monkeypatch.setattr(called.writer, "run", sleeps)
    assert (await fake.calls(fake.message("Li", "在吗"))).status == 503
    assert called.health.trouble == "storage: TimeoutError"
