"""A WeCom group that is only told: short Markdown under a secret key, twenty a minute, and a word on where to act."""

import pytest

from bot.channels import make_channels
from bot.channels.channel import FetchFailed, Letter, Media, SendFailed, Unreadable
from bot.channels.refusals import Refusal
from bot.channels.wecom_robot.channel import WecomRobots
from bot.pacing import Pacer
from bot.settings import Settings
from handlers.notifications.speech import Button, Speech
from storage.models import Chat, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind, ChatRole, Group
from storage.writer import Writer
from tests.wire.fake_wecom import FakeWecom
from tests.wire.wecom_stage import CARD, TITLE

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEY = "693a91f6-7aoc-4bc4-97a0-the-secret"


def furnish(unit: UnitOfWork) -> None:
    """A guards' group that is only told; the desk hears in Telegram."""
    site = unit.sites.add(Site(name="阳光花园", timezone="Asia/Shanghai", language="zh_CN", emergency_number="119"))
    for channel, address, title, group in (
        ("wecom_robot", "保安组", "保安组", Group.SECURITY),
        ("telegram_duty", "-1", "前台值班群", Group.DESK),
    ):
        chat = Chat(channel=channel, address=address, role=ChatRole.DUTY, title=title)
        chat.site_id, chat.group = site.id, group
        unit.chats.add(chat)


async def test_a_group_that_is_only_told(writer: Writer) -> None:
    await writer.run(furnish)
    async with FakeWecom() as fake:
        fake.robots[KEY] = "保安组"
        robots = f"保安组=https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY};工程组=gone"
        settings = Settings(_env_file=None, wecom_robots=robots, wecom_api=fake.url)  # type: ignore[call-arg]
        channel = make_channels(settings)["wecom_robot"]
        assert isinstance(channel, WecomRobots)
        channel.attach(writer)
        await channel.send(Letter("保安组", CARD, "7.", language="zh_CN"))
        assert fake.chats["保安组"][0].text == (f"**{TITLE}**  \n📍 3栋 1202  \n“厨房漏水”\n👉 处理请到“前台值班群”。")
        await channel.send(Letter("保安组", CARD, "7.", language="zh_CN"))  # changed in nothing one can see
        link = Speech("今日小结", buttons=((Button("打开", url="https://lobby.example/d"),),))
        await channel.send(Letter("保安组", link, "8."))
        assert [each.text for each in fake.chats["保安组"][1:]] == ["今日小结  \n[打开](https://lobby.example/d)"]
        await channel.send(Letter("保安组", Speech("漏" * 3000, TITLE, CARD.buttons), "9."))
        assert "前台值班群" in fake.chats["保安组"][-1].text  # however long the words

        async def refusal(address: str = "保安组", media: Media | None = None) -> SendFailed:
            with pytest.raises(SendFailed) as failed:
                await channel.send(Letter(address, Speech("在"), "a.", media=media))
            assert KEY not in repr(failed.value)
            return failed.value

        assert (await refusal("工程组")).reason == Refusal.TOKEN_REFUSED
        assert (await refusal("没有的组")).permanent
        assert (await refusal(media=Media(AttachmentKind.PHOTO, b"x", "a.jpg"))).permanent
        pacer, sent = Pacer(channel.pace), len(fake.chats["保安组"])
        for at in range(20):
            pacer.said(1, is_group=True, at=float(at))
        assert pacer.resting(20.0)[0] == [1]
        for number in range(20 - sent):
            await channel.send(Letter("保安组", Speech(f"第{number}条"), f"b{number}."))
        assert (await refusal()).retry_after == 60
        assert [trouble.what for trouble in await channel.check([("保安组", ""), ("绿化组", "")])] == [
            "The group “绿化组” is linked and LOBBY_WECOM_ROBOTS has no key for it."
        ]
        with pytest.raises(Unreadable):
            channel.read({"msgid": "1"})
        with pytest.raises(FetchFailed):
            await channel.fetch("1", 9)
        await channel.close()
    with pytest.raises(SendFailed) as failed:
        await channel.send(Letter("保安组", Speech("在"), "a."))
    assert failed.value.reason == Refusal.UNREACHABLE
    await channel.close()
