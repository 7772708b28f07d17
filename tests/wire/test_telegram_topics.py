"""The duty bot in a forum: it opens, names, closes and reopens topics, speaks into them, and tells when it may not."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.channel import SendFailed, TopicShape
from bot.channels.refusals import Refusal
from bot.channels.telegram_duty import RED, YELLOW, TelegramDuty
from handlers.notifications.speech import Speech
from storage.vocabulary import Urgency
from tests.wire.fake_telegram import FakeTelegram
from tests.wire.telegram_stage import TOKEN, Desk, letter, telegram

__all__ = ["telegram"]
LEAK = TopicShape("#1024 🔧 3栋 1202 厨房水管爆了", Urgency.EMERGENCY, is_open=True)


@pytest_asyncio.fixture
async def duty(telegram: FakeTelegram) -> AsyncIterator[Desk]:
    """The duty bot, no admin anywhere yet."""
    account = telegram.bot(TOKEN, "lobby_bot")
    channel = TelegramDuty(TOKEN, telegram.url, patience=1.0)
    yield Desk(telegram, account, channel)
    await channel.close()


async def test_a_topic_from_its_opening_to_its_end(duty: Desk) -> None:
    forum, channel = duty.fake.forum("工程组"), duty.channel
    assert isinstance(channel, TelegramDuty)
    address = str(forum.id)
    receipt = await channel.open_topic(address, LEAK)
    topic = forum.topics[int(receipt)]
    assert (topic.name, topic.icon_color) == (LEAK.name, RED)
    await channel.send(letter(forum, Speech("card"), topic=receipt))
    assert topic.messages.shows("card")
    duty.fake.user("Li").says(topic, "on my way")
    heard = (await duty.hears(2))[-1]  # before it, that somebody made us an admin
    assert (heard.topic, heard.reply_to, heard.where.is_forum) == (receipt, None, True)

    for shape in (LEAK, TopicShape("#1024 ✅", Urgency.URGENT, is_open=False), TopicShape("#1024", Urgency.LOW, True)):
        await channel.shape_topic(address, receipt, shape)
        assert (topic.name, topic.is_closed) == (shape.name, not shape.is_open)
    forum.deletes_topic(topic)
    for call in (channel.shape_topic(address, receipt, LEAK), channel.send(letter(forum, Speech("?"), topic=receipt))):
        with pytest.raises(SendFailed) as gone:
            await call
        assert gone.value.reason == Refusal.TOPIC_GONE
    urgent = await channel.open_topic(address, TopicShape("#1025", Urgency.URGENT, is_open=True))
    assert forum.topics[int(urgent)].icon_color == YELLOW


async def test_check_tells_which_right_is_missing(duty: Desk) -> None:
    forum, group, channel = duty.fake.forum("工程组", admins=False), duty.fake.supergroup("护卫组"), duty.channel
    assert isinstance(channel, TelegramDuty)
    linked = [(str(chat.id), chat.title) for chat in (forum, group)]
    (trouble,) = await channel.check(linked)
    assert "manage topics in 工程组" in trouble.what
    assert not trouble.is_fatal
    with pytest.raises(SendFailed) as refused:
        await channel.open_topic(str(forum.id), LEAK)
    assert refused.value.reason == Refusal.MAY_NOT_WRITE
    forum.promotes(duty.account)
    assert await channel.check(linked) == []
    with pytest.raises(SendFailed) as none:
        await channel.open_topic(str(group.id), LEAK)
    assert none.value.reason == Refusal.NO_TOPICS
