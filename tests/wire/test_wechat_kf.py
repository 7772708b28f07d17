"""WeChat customer service: fetched with nothing lost, answered with nothing said twice."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.channels.channel import FetchFailed, Letter, Media, SendFailed, Unreadable
from bot.channels.refusals import Refusal
from bot.channels.wechat import kf_sync
from bot.channels.wechat.kf_channel import CustomerService
from handlers.events import Command, Event, MessageReceived, Unheard
from handlers.notifications.speech import Speech
from storage.vocabulary import AttachmentKind
from storage.writer import Writer
from tests.wire.fake_kf import DESK, FakeKf
from tests.wire.fake_wechat import ACCOUNT, AES_KEY, SECRET, TOKEN, Fault, Peer, _signature
from tests.wire.telegram_stage import loads

BOMB = '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>'
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PATIENCE = 0.4
MEI = f"{DESK}:wm-mei"


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    """WeCom's own crypto."""
    peer = Peer()
    yield peer
    peer.close()


@dataclass
class Service:
    """Our side and the far end."""

    fake: FakeKf
    writer: Writer

    async def starts(self, desk: str = DESK, **more: Any) -> None:
        """A process comes up."""
        more |= {"token": TOKEN, "aes_key": AES_KEY, "desk": desk, "api": self.fake.url, "patience": PATIENCE}
        self.channel = CustomerService(ACCOUNT, SECRET, **more)
        self.channel.attach(self.writer)
        app = web.Application()
        self.health = self.channel.mount(app, "/wechat/kf", lambda: True)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.fake.callback = f"http://127.0.0.1:{self._runner.addresses[0][1]}/wechat/kf"
        await self.channel.open()

    async def stops(self) -> None:
        """It goes down."""
        await self.channel.close()
        await self._runner.cleanup()

    def rows(self) -> list[Any]:
        """What is stored, oldest first."""
        return self.writer.read_now(lambda unit: list(unit.inbox.list_received(100, ["wechat_kf"])))

    def reads(self) -> list[Event]:
        """The same as events."""
        return [self.channel.read(loads(row[2])) for row in self.rows()]

    async def hears(self, count: int) -> None:
        """Until so many are stored."""
        await self.fake.until(lambda: len(self.rows()) == count, f"{count} messages")

    async def says(self, words: str, row: str = "7.", **more: Any) -> str:
        """An outbox row goes to Mei."""
        return await self.channel.send(Letter(MEI, Speech(words), row, **more))


@pytest.fixture
def today(writer: Writer) -> Iterator[Writer]:
    """The desk by the far end's clock."""
    today = Writer(writer.engine, lambda: datetime.now(UTC))
    yield today
    today.close()


@pytest_asyncio.fixture
async def service(writer: Writer, peer: Peer) -> AsyncIterator[Service]:
    """Running."""
    async with FakeKf(peer) as fake:
        service = Service(fake, writer)
        await service.starts()
        yield service
        await service.stops()


async def test_everything_people_do_is_read(service: Service) -> None:
    fake = service.fake
    fake.comes_in("wm-mei", "aB3-_x")
    fake.writes("wm-mei", content="水管爆了\ud83d")  # half an emoji, which no database keeps
    fake.writes("wm-mei", content="/my")
    fake.writes("wm-mei", "image", media_id="m-1")
    fake.writes("wm-mei", "file", media_id="m-2", filename="../户型图.pdf")
    fake.writes("wm-mei", "location", latitude=31.2, longitude=121.4, name="3栋", address="阳光路1号")
    fake.writes("wm-mei", "business_card", userid="x")
    fake.writes("wm-mei", origin=5, content="我来处理")
    assert (await fake.tells()).body == "success"
    await service.hears(8)
    events = service.reads()
    said = [event for event in events if isinstance(event, MessageReceived)]
    assert [(event.text, event.command) for event in said] == [
        ("/start", Command("start", "aB3-_x")),
        ("水管爆了", None),
        ("/my", Command("my")),
        ("", None),
        ("", None),
        ("3栋 阳光路1号", None),
    ]
    assert {event.where.address for event in said} == {MEI}
    assert [(each.kind, each.name) for event in said for each in event.attached] == [
        (AttachmentKind.PHOTO, None),
        (AttachmentKind.DOCUMENT, "户型图.pdf"),
        (AttachmentKind.LOCATION, None),
    ]
    assert [event.reason for event in events if isinstance(event, Unheard)] == [
        "no words: business_card",
        "said by a colleague",
    ]
    for odd in ({}, {"msgid": "1", "send_time": "soon"}, {"msgid": "1", "send_time": 1, "event": []}):
        with pytest.raises(Unreadable):
            service.channel.read(odd)


async def test_pages_are_fetched_to_the_end_once_and_go_on_where_they_stopped(service: Service) -> None:
    service.fake.page = 2
    for number in range(5):
        service.fake.writes("wm-mei", content=f"第{number}句")
    await asyncio.gather(*(service.fake.tells() for _ in range(3)))  # WeCom comes again
    await service.hears(5)
    service.fake.writes("wm-mei", content="还有")
    await service.fake.tells("news-2")
    await service.hears(6)
    assert list(dict.fromkeys(filter(None, service.fake.cursors)))[:3] == ["2", "4", "5"]
    assert [event.text for event in service.reads() if isinstance(event, MessageReceived)][-2:] == ["第4句", "还有"]


async def test_what_could_not_be_fetched_comes_after_a_restart(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kf_sync, "FIRST_PAUSE", 0.05)
    service.fake.page = 1
    service.fake.faults.append(Fault("kf/sync_msg", code=-1, times=99))
    for words in ("一", "二"):
        service.fake.writes("wm-mei", content=words)
    assert (await service.fake.tells("too-old")).status == 200  # it will be, once we are up again
    await service.fake.until(lambda: service.health.trouble == "sync: code -1", "the trouble to be told")
    await service.stops()
    service.fake.faults.clear()
    await service.starts()
    await service.hears(2)
    assert service.health.trouble is None
    await service.stops()
    service.fake.writes("wm-mei", content="三")  # told to nobody, since nobody ran
    await service.starts()
    await service.hears(3)
    await service.stops()
    await service.starts(desk="wk-mistyped")
    service.fake.writes("wm-mei", content="四")
    await service.fake.tells("news-2")
    await service.hears(4)  # what is wrong with one account is told, and holds up no other
    await service.fake.until(lambda: service.health.trouble == "sync: code 95000", "the trouble to be told")


async def test_what_was_written_before_the_desk_was_there_is_history(today: Writer, peer: Peer) -> None:
    async with FakeKf(peer) as fake:
        service = Service(fake, today)
        for words, ago in (("以前的事", 2 * 86_400.0), ("已经修好了", 3_600.0)):
            fake.writes("wm-mei", content=words, ago=ago)
        await service.starts()
        await service.hears(2)
        fake.writes("wm-mei", content="又漏水了")
        await fake.tells()
        await service.hears(3)
        old, older, new = service.reads()
        assert {getattr(event, "reason", None) for event in (old, older)} == {"written before the desk was here"}
        assert isinstance(new, MessageReceived)
        assert new.text == "又漏水了"
        await service.stops()
        fake.writes("wm-mei", content="还在漏")
        await service.starts()
        await service.hears(4)
        assert isinstance(service.reads()[3], MessageReceived), "only the very first fetch brings history"
        await service.stops()


async def test_the_48_hours_begin_when_the_tenant_wrote(service: Service, today: Writer) -> None:
    await service.stops()
    service.writer = today
    await service.starts()
    for ago in (47.5 * 3_600, 46.5 * 3_600, 50 * 3_600):
        service.fake.writes("wm-mei", content="漏水", ago=ago)
        await service.fake.tells(f"news-{ago}")
        await service.fake.until(lambda: service.rows(), "the message")
    await service.hears(3)
    kept = service.writer.read_now(lambda unit: unit.windows.find("wechat_kf", MEI))
    assert kept is not None
    assert 1.4 * 3_600 < (kept.shuts_at.timestamp() - time.time()) < 1.5 * 3_600


async def test_a_json_document_is_a_file_and_no_refusal(service: Service) -> None:
    plan = b'{"errcode": 40007, "errmsg": "no answer but a file"}'
    service.fake.files["m-plan"] = plan
    assert await service.channel.fetch("m-plan", 1000) == plan
    with pytest.raises(FetchFailed) as gone:
        await service.channel.fetch("m-none", 1000)
    assert gone.value.permanent


async def test_forged_callbacks_fetch_nothing_and_the_console_is_answered(service: Service, peer: Peer) -> None:
    fake, stamp = service.fake, str(int(time.time()))
    assert (await fake.tells(forged="0" * 40)).status == 403
    assert (await fake.tells(at=time.time() - 301)).status == 403
    for body in ("<xml>", "{}", BOMB):
        assert (await fake.posts(body, {})).status == 400
    assert (await fake.posts(b"<xml>" + b" " * 70_000, {})).status == 413
    told = peer.asks("seal", "5837264", timestamp=stamp, nonce="n1")
    asked = {"timestamp": stamp, "nonce": "n1", "echostr": told["sealed"]}
    for signature, status in ((told["signature"], 200), (_signature(TOKEN, stamp, "n1"), 403)):
        async with fake.session.get(fake.callback, params=asked | {"msg_signature": signature}) as response:
            assert response.status == status
            assert (await response.text() == "5837264") is (status == 200)
    assert set(fake.calls) <= {"gettoken", "kf/sync_msg"}  # at the start it asks by itself
    assert len(fake.cursors) <= 1


async def test_five_answers_and_what_is_sent_again_is_shown_once(service: Service) -> None:
    fake = service.fake
    with pytest.raises(SendFailed, match="cannot write first"):
        await service.says("您好")
    fake.writes("wm-mei", content="漏水")
    await fake.tells()
    await service.hears(1)
    fake.faults.append(Fault("kf/send_msg", seconds=0.8))  # the answer is lost, and it is asked again
    await service.says("已收到 1001")
    assert list(fake.shown.values()) == ["已收到 1001"]
    await service.says("已收到 1001")  # the same row once more, after a crash
    assert len(fake.shown) == 1
    await service.channel.send(Letter(MEI, Speech(""), "8.", media=Media(AttachmentKind.PHOTO, b"\xff\xd8\xff", "p")))
    await service.says("修好了", "9.", is_last_word=True)
    assert list(fake.shown.values()) == ["已收到 1001", "image", "修好了"]
    fake.taken_over, fake.state = True, 3
    with pytest.raises(SendFailed) as failed:
        await service.says("还有", "10.", is_last_word=True)
    assert (failed.value.reason, failed.value.permanent) == (Refusal.TAKEN_OVER, True)
    fake.taken_over = False
    fake.shuts("wm-mei")  # WeCom's clock is ahead of ours
    with pytest.raises(SendFailed, match="cannot write first"):
        await service.says("还有", "11.", is_last_word=True)
    kept = service.writer.read_now(lambda unit: unit.windows.find("wechat_kf", MEI))
    assert kept is not None
    assert kept.refused_at is not None  # it is said once she writes


async def test_whoever_asks_for_a_person_is_given_to_one_where_the_office_wants_that(service: Service) -> None:
    fake = service.fake
    fake.writes("wm-mei", content="转人工")
    await fake.tells()
    await service.hears(1)
    assert fake.state == 1, "else the duty group answers"
    await service.stops()
    await service.starts(hands_over=True)
    fake.writes("wm-mei", content="转人工！")
    fake.writes("wm-mei", content="转人工的电话是多少")
    await fake.tells("news-2")
    await fake.until(lambda: fake.state == 2, "the talk to be in the queue")
    with pytest.raises(SendFailed) as failed:
        await service.says("已收到")
    assert failed.value.reason == Refusal.TAKEN_OVER
    fake.state = 4  # the colleague has ended it
    with pytest.raises(SendFailed) as ended:
        await service.says("已收到", "8.")
    assert ended.value.reason == Refusal.CANNOT_WRITE_FIRST, "it is said when she writes again"
    fake.faults.append(Fault("kf/service_state/trans", code=95014))
    fake.writes("wm-mei", content="人工")
    await fake.tells("news-3")
    await service.hears(4)  # nobody takes the talk, and the words are heard all the same


async def test_somebody_who_comes_in_is_greeted_without_having_written(service: Service) -> None:
    service.fake.comes_in("wm-mei", "code")
    await service.fake.tells()
    await service.hears(1)
    service.reads()
    await service.says("您好，这里是前台")
    assert list(service.fake.shown.values()) == ["您好，这里是前台"]
    with pytest.raises(SendFailed, match="cannot write first"):
        await service.says("还在吗", "8.")
    service.fake.comes_in("wm-mei", welcome="used up")
    service.fake.writes("wm-mei", content="漏水")
    await service.fake.tells("news-2")
    await service.hears(3)
    service.reads()
    await service.says("已收到 1001", "9.")
    assert list(service.fake.shown.values())[-1] == "已收到 1001"


async def test_posters_and_the_check(service: Service) -> None:
    link = await service.channel.invitation("aB3-_x")
    assert link == "https://work.weixin.qq.com/kfid/kfc1?enc_scene=s&scene_param=aB3-_x"

    async def told() -> str:
        return " ".join(f"{trouble.what} {trouble.mend}" for trouble in await service.channel.check([]))

    assert "no https:// address" in await told()
    for code, words in ((60020, "企业可信IP"), (40001, "LOBBY_WECHAT_KF_SECRET"), (9, "全局错误码")):
        service.fake.faults.append(Fault("kf/account/list", code=code, times=2 if code == 40001 else 1))
        assert words in await told()
