"""Whatever people do in the fake, both libraries can read the update; the odd ones are as odd as in reality."""

from collections.abc import Callable, Iterator
from typing import Any

import aiogram
import pytest
import telegram as ptb

from tests.wire.fake_telegram import BotAccount, FakeTelegram
from tests.wire.fake_telegram.plain import PlainBot

ALL_KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
]


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as served:
        yield served


@pytest.fixture
def desk(fake: FakeTelegram) -> BotAccount:
    fake.reset()
    bot = fake.bot("111:AAA", "lobby_bot")
    bot.updates.allow(ALL_KINDS)
    return bot


def heard(fake: FakeTelegram, bot: BotAccount) -> list[dict[str, Any]]:
    """The waiting updates, after both libraries have read each of them."""
    with fake.lock:
        waiting = [update.as_json() for update in bot.updates.waiting()]
        bot.updates.clear()
    for update in waiting:
        aiogram.types.Update.model_validate(update)
        assert ptb.Update.de_json(update).update_id == update["update_id"]
    return waiting


def happenings(fake: FakeTelegram, desk: BotAccount) -> dict[str, tuple[Callable[[], object], str]]:
    """Everything that can be scripted, and a field by which the update is known."""
    ann, bob = fake.user("Ann", username="ann"), fake.user("老张")
    group = fake.supergroup("3栋业主群", admins=True)
    forum, basic, news = fake.forum("值班"), fake.group("小群"), fake.channel("通知")
    said = ann.says(group, "厨房水管爆了")
    topic = forum.opens_topic("工单 1")
    card = PlainBot(fake.url, desk.token).gets(
        "sendMessage",
        chat_id=group.id,
        text="工单",
        reply_markup={"inline_keyboard": [[{"text": "接单", "callback_data": "take"}]]},
    )
    shown = group.find(card["message_id"])
    assert shown is not None
    return {
        "text": (lambda: ann.says(group, "在吗 https://a.cn #停水 @lobby_bot"), "entities"),
        "reply": (lambda: ann.replies(said, "补充一下"), "reply_to_message"),
        "in a topic": (lambda: bob.says(topic, "我去"), "is_topic_message"),
        "photo": (lambda: ann.sends_photo(group, "看"), "photo"),
        "video": (lambda: ann.sends_video(group), "video"),
        "voice": (lambda: ann.sends_voice(group), "voice"),
        "document": (lambda: ann.sends_document(group, "报告"), "document"),
        "sticker": (lambda: ann.sends_sticker(group), "sticker"),
        "album": (lambda: ann.sends_album(group, 2, "两张"), "media_group_id"),
        "location": (lambda: ann.sends_location(group), "location"),
        "contact": (lambda: ann.sends_contact(desk, "+8613800000000"), "contact"),
        "dice": (lambda: ann.sends_content(group, {"dice": {"emoji": "🎲", "value": 4}}), "dice"),
        "edit": (lambda: ann.edits(said, "卫生间水管爆了"), "edit_date"),
        "forward": (lambda: bob.forwards(said, desk), "forward_origin"),
        "press": (lambda: ann.presses(shown, "接单"), "chat_instance"),
        "stale press": (lambda: ann.presses(shown, "gone:9", stale=True), "data"),
        "reaction": (lambda: ann.reacts(shown, "👍"), "new_reaction"),
        "reaction taken back": (lambda: ann.reacts(shown, ""), "old_reaction"),
        "start": (lambda: ann.starts(desk, "tok-1"), "text"),
        "block": (lambda: ann.blocks(desk), "new_chat_member"),
        "unblock": (lambda: ann.unblocks(desk), "old_chat_member"),
        "join": (lambda: group.joined_by(bob), "new_chat_members"),
        "leave": (lambda: group.left_by(bob), "left_chat_member"),
        "pin": (lambda: group.pins(said), "pinned_message"),
        "rename": (lambda: group.renames("3栋业主群（新）"), "new_chat_title"),
        "anonymous admin": (lambda: group.hears_anonymous_admin("公告"), "sender_chat"),
        "channel voice": (lambda: group.hears_channel(news, "通知"), "sender_chat"),
        "other bot": (lambda: group.hears_other_bot("广告"), "text"),
        "post": (lambda: news.posts("停水"), "sender_chat"),
        "topic opened": (lambda: forum.opens_topic("工单 2"), "forum_topic_created"),
        "topic closed": (lambda: forum.closes_topic(topic), "forum_topic_closed"),
        "promotion": (lambda: basic.promotes(desk), "new_chat_member"),
        "demotion": (lambda: basic.demotes(desk), "new_chat_member"),
        "kick": (lambda: basic.kicks(desk), "new_chat_member"),
        "back in": (lambda: basic.adds(desk), "new_chat_member"),
        "upgrade": (basic.becomes_supergroup, "migrate_to_chat_id"),
    }


def test_both_libraries_read_everything_people_do(fake: FakeTelegram, desk: BotAccount) -> None:
    scripted = happenings(fake, desk)
    heard(fake, desk)
    for name, (happens, field) in scripted.items():
        happens()
        updates = heard(fake, desk)
        assert updates, f"{name}: no update"
        bodies = [body for update in updates for body in update.values() if isinstance(body, dict)]
        assert any(field in body for body in bodies), f"{name}: {updates}"


def test_a_linked_channel_posts_into_the_group_by_itself(fake: FakeTelegram, desk: BotAccount) -> None:
    news, group = fake.channel("通知"), fake.supergroup("3栋业主群")
    news.discussed_in(group)
    news.posts("明天停水")
    post, forwarded = heard(fake, desk)
    assert post["channel_post"]["text"] == "明天停水"
    assert forwarded["message"]["is_automatic_forward"] is True
    assert forwarded["message"]["from"]["id"] == 777000
    assert forwarded["message"]["forward_origin"]["message_id"] == post["channel_post"]["message_id"]


def test_the_upgrade_is_told_in_both_chats(fake: FakeTelegram, desk: BotAccount) -> None:
    group = fake.group("3栋业主群")
    fake.user("Ann").says(group, "大家好")
    new = group.becomes_supergroup()
    _, left, arrived = heard(fake, desk)
    assert (left["message"]["chat"]["id"], left["message"]["migrate_to_chat_id"]) == (group.id, new.id)
    assert (arrived["message"]["chat"]["id"], arrived["message"]["migrate_from_chat_id"]) == (new.id, group.id)
    assert arrived["message"]["message_id"] == 1


def test_a_message_in_a_topic_answers_the_topic_itself(fake: FakeTelegram, desk: BotAccount) -> None:
    topic = fake.forum("值班").opens_topic("工单 1")
    fake.user("老张").says(topic, "我去")
    _, said = heard(fake, desk)
    assert said["message"]["message_thread_id"] == topic.id
    assert said["message"]["reply_to_message"]["forum_topic_created"]["name"] == "工单 1"


def test_a_bot_in_privacy_mode_hears_only_what_is_meant_for_it(fake: FakeTelegram, desk: BotAccount) -> None:
    shy = fake.bot("333:CCC", "shy_bot", reads_all=False)
    group, ann = fake.group("3栋业主群", bots=[desk, shy]), fake.user("Ann")
    own = PlainBot(fake.url, shy.token).gets("sendMessage", chat_id=group.id, text="我在")
    mine = group.find(own["message_id"])
    assert mine is not None
    ann.says(group, "随便聊聊")
    ann.says(group, "/help@lobby_bot")
    ann.says(group, "/help@shy_bot")
    ann.says(group, "/help")
    ann.says(group, "@shy_bot 在吗")
    ann.replies(mine, "你好")
    group.renames("新名字")
    texts = [update["message"].get("text", "<service>") for update in heard(fake, shy)]
    assert texts == ["/help@shy_bot", "/help", "@shy_bot 在吗", "你好", "<service>"]
    assert len(heard(fake, desk)) == 7, "a bot that reads all hears the rest too, but not the other bot"


def test_what_was_not_asked_for_is_never_queued(fake: FakeTelegram, desk: BotAccount) -> None:
    group, ann = fake.supergroup("3栋业主群", admins=True), fake.user("Ann")
    desk.updates.allow([])
    said = ann.says(group, "你好")
    ann.reacts(said, "👍")
    assert [sorted(update)[0] for update in heard(fake, desk)] == ["message"]


def test_a_message_nobody_fetched_for_a_day_is_gone(fake: FakeTelegram, desk: BotAccount) -> None:
    group, ann = fake.group("3栋业主群"), fake.user("Ann")
    ann.says(group, "昨天的漏水")
    fake.clock.passes(hours=25)
    ann.says(group, "今天的漏水")
    assert [update["message"]["text"] for update in heard(fake, desk)] == ["今天的漏水"]


def test_any_json_can_be_sent_as_an_update(fake: FakeTelegram, desk: BotAccount) -> None:
    fake.raw_update(desk, {"hologram": {"from": "2031"}})
    fake.raw_update(desk, {"update_id": 7, "message": {"text": "\ud800", "date": "never"}})
    unknown, malformed = PlainBot(fake.url, desk.token).gets("getUpdates")
    assert unknown["hologram"] == {"from": "2031"}
    assert (malformed["update_id"], malformed["message"]["text"]) == (7, "\ud800")


def test_ann_follows_a_deep_link_and_the_bot_is_started(fake: FakeTelegram, desk: BotAccount) -> None:
    group, ann = fake.group("3栋业主群"), fake.user("Ann")
    link = {"text": "私聊我", "url": "https://t.me/lobby_bot?start=tok-42"}
    ask = PlainBot(fake.url, desk.token)
    sent = ask.gets("sendMessage", chat_id=group.id, text="请私聊", reply_markup={"inline_keyboard": [[link]]})
    shown = group.find(sent["message_id"])
    assert shown is not None
    ann.presses(shown, "私聊我")
    assert heard(fake, desk)[-1]["message"]["text"] == "/start tok-42"
    assert ask.gets("sendMessage", chat_id=ann.id, text="您好")["chat"]["type"] == "private"
