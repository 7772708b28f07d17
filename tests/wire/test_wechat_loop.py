"""Mei lives in WeChat, the engineers in Telegram: one repair from the poster in the lobby on."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.wechat import callbacks
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentState
from tests.wire.fake_kf import DESK, FakeKf
from tests.wire.fake_wechat import ACCOUNT, AES_KEY, SECRET, TOKEN, FakeWechat, Peer
from tests.wire.replica import Replica, replica_of, until
from tests.wire.running_lobby import Stage

JPEG = b"\xff\xd8\xff\xe0 a photo of the pipe"


@pytest_asyncio.fixture
async def wechat() -> AsyncIterator[FakeWechat]:
    """WeChat, whose callbacks are sealed by WeCom's own library."""
    peer = Peer()
    async with FakeWechat(peer) as fake:
        yield fake
    peer.close()


def post(unit: UnitOfWork) -> str:
    """The code of flat 1202."""
    site = unit.sites.list_all()[0]
    known = unit.sites.list_buildings(site.id) or [unit.sites.add_building(site.id, "3栋")]
    return unit.place_codes.keep(site.id, known[0].id, "1202").code


@pytest_asyncio.fixture
async def lobby(stage: Stage, wechat: FakeWechat) -> AsyncIterator[Replica]:
    """Lobby with tenants in WeChat and staff in Telegram; the posters hang."""
    stage.act(post)
    lobby = replica_of(
        stage,
        rooms_token="",
        wechat_app_id=ACCOUNT,
        wechat_secret=SECRET,
        wechat_token=TOKEN,
        wechat_aes_key=AES_KEY,
        wechat_api=wechat.url,
        lease_seconds=60,
    )
    lobby.starts()
    wechat.callback = f"http://127.0.0.1:{lobby.port}/wechat"
    await until(lobby.leads, "Lobby to lead")
    yield lobby
    await lobby.stops()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_repair_from_the_poster_on(
    stage: Stage, wechat: FakeWechat, lobby: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks, "REPLY_SECONDS", 20.0)  # WeChat is as patient as a busy machine is slow
    monkeypatch.setattr(callbacks, "ANSWER_SECONDS", 20.0)
    code = stage.look(post)
    mei, li, duty = wechat.person("mei"), stage.fake.user("Li"), stage.engineering
    greeting = await mei.does("subscribe", f"qrscene_{code}")
    assert "阳光花园" in (greeting.words or "")
    said = await mei.says("厨房水管漏水了,请派人来修")
    assert "1001" in (said.words or "")  # in the answer itself, which nobody counts
    assert wechat.sent == []
    monkeypatch.setattr(callbacks, "REPLY_SECONDS", 0.2)
    await until(lambda: duty.messages.shows("1202"), "the card, with the flat from the poster")
    wechat.files["m-1"] = JPEG
    await mei.sends("image", MediaId="m-1")

    def kept() -> bool:
        found = stage.look(lambda unit: unit.attachments.list_by_ticket(1))
        return [each.state for each in found] == [AttachmentState.KEPT]

    await until(kept, "the photo to be kept before WeChat forgets it")

    card = next(message for message in duty.messages if "1202" in message.text)
    li.presses(card, "接单")
    await until(lambda: duty.messages.shows("🛠"), "the card to change")
    li.replies(card, "请先关总阀门")
    await until(lambda: any("请先关总阀门" in words for _, words in wechat.sent), "the reply")
    wechat.shuts(mei.openid)
    li.replies(card, "阀门在水槽下面")
    await until(lambda: duty.messages.shows("平台只许我们回复"), "staff to hear that the window is shut")
    assert not any("阀门在水槽下面" in words for words in mei.heard)
    await mei.says("我家还要等多久?")
    await until(lambda: any("阀门在水槽下面" in words for words in mei.heard), "what waited for her to write")
    assert (await mei.does("unsubscribe")).status == 200
    li.replies(card, "谢谢")
    await until(lambda: duty.messages.shows("屏蔽"), "staff to hear that she has left")


async def test_a_repair_through_customer_service(stage: Stage) -> None:
    peer = Peer()
    stage.act(post)
    code = stage.look(post)
    async with FakeKf(peer) as kf:
        lobby = replica_of(
            stage,
            rooms_token="",
            wechat_kf_corp=ACCOUNT,
            wechat_kf_secret=SECRET,
            wechat_kf_token=TOKEN,
            wechat_kf_aes_key=AES_KEY,
            wechat_kf_account=DESK,
            wechat_kf_api=kf.url,
            lease_seconds=60,
        )
        lobby.starts()
        kf.callback = f"http://127.0.0.1:{lobby.port}/wechat/kf"
        await until(lobby.leads, "Lobby to lead")
        kf.comes_in("wm-mei", code)
        await kf.tells()
        await until(lambda: any("阳光花园" in words for words in kf.shown.values()), "the greeting")
        kf.writes("wm-mei", content="厨房水管漏水了,请派人来修")
        await kf.tells("news-2")
        await until(lambda: any("1001" in words for words in kf.shown.values()), "the number")
        await until(lambda: stage.engineering.messages.shows("1202"), "the card, with the flat from the poster")
        await lobby.stops()
    peer.close()
