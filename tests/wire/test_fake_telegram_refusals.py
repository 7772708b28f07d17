"""Telegram's refusals, in Telegram's words."""

import pytest

from tests.wire.fake_telegram import BotAccount, FakeTelegram, Group, Message, Person
from tests.wire.fake_telegram.fixtures import telegram
from tests.wire.fake_telegram.plain import PlainBot
from tests.wire.fake_telegram.refusals import NOT_MODIFIED, QUERY_TOO_OLD

__all__ = ["telegram"]
TAKE = {"inline_keyboard": [[{"text": "接单", "callback_data": "take:1"}]]}


@pytest.fixture
def desk(telegram: FakeTelegram) -> BotAccount:
    return telegram.bot("111:AAA", "lobby_bot")


@pytest.fixture
def bot(telegram: FakeTelegram, desk: BotAccount) -> PlainBot:
    return PlainBot(telegram.url, desk.token)


@pytest.fixture
def group(telegram: FakeTelegram, desk: BotAccount) -> Group:
    return telegram.supergroup("3栋业主群", bots=[desk])


@pytest.fixture
def ann(telegram: FakeTelegram, group: Group) -> Person:
    person = telegram.user("Ann")
    person.says(group, "你好")
    return person


def sent(bot: PlainBot, group: Group, text: str = "工单", **values: object) -> Message:
    shown = group.find(bot.gets("sendMessage", chat_id=group.id, text=text, **values)["message_id"])
    assert shown is not None
    return shown


def test_a_stranger_has_to_press_start_first(bot: PlainBot, desk: BotAccount, ann: Person) -> None:
    hello = {"chat_id": ann.id, "text": "您好"}
    assert bot.is_told("sendMessage", **hello) == "Forbidden: bot can't initiate conversation with a user"
    ann.starts(desk)
    assert bot.gets("sendMessage", **hello)["chat"]["id"] == ann.id
    ann.blocks(desk)
    assert bot.is_told("sendMessage", **hello) == "Forbidden: bot was blocked by the user"
    ann.starts(desk)
    bot.gets("sendMessage", **hello)
    assert bot.is_told("sendMessage", chat_id=12, text="?") == "Bad Request: chat not found"


def test_a_kicked_bot_is_told_so(bot: PlainBot, desk: BotAccount, group: Group, telegram: FakeTelegram) -> None:
    group.kicks(desk)
    told = bot.is_told("sendMessage", chat_id=group.id, text="?")
    assert told == "Forbidden: bot was kicked from the supergroup chat"
    small = telegram.group("小群", bots=[desk])
    small.kicks(desk)
    assert bot.is_told("sendMessage", chat_id=small.id, text="?") == "Forbidden: bot was kicked from the group chat"
    other = telegram.supergroup("别人的群", bots=[])
    assert bot.is_told("getChat", chat_id=other.id) == "Bad Request: chat not found"
    bot.gets("leaveChat", chat_id=telegram.supergroup("走了", bots=[desk]).id)


def test_an_upgraded_group_names_its_successor(bot: PlainBot, desk: BotAccount, telegram: FakeTelegram) -> None:
    old = telegram.group("小群", bots=[desk])
    new = old.becomes_supergroup()
    answer = bot.ask("sendMessage", chat_id=old.id, text="?")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    bot.gets("sendMessage", chat_id=new.id, text="到了")


@pytest.mark.parametrize(
    ("text", "values", "told"),
    [
        ("", {}, "Bad Request: message text is empty"),
        ("   ", {}, "Bad Request: text must be non-empty"),
        ("水" * 4097, {}, "Bad Request: message is too long"),
        ("😀" * 2049, {}, "Bad Request: message is too long"),
        (
            "水管",
            {"entities": [{"type": "bold", "offset": 0, "length": 3}]},
            "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 3",
        ),
        (
            "😀",
            {"entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 2",
        ),
        (
            "<b>水管",
            {"parse_mode": "HTML"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            "3 < 4 <script>",
            {"parse_mode": "HTML"},
            'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 2',
        ),
        (
            "<b><i>x</b></i>",
            {"parse_mode": "HTML"},
            'Bad Request: can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("x", {"reply_to_message_id": 999}, "Bad Request: message to be replied not found"),
        ("x", {"message_thread_id": 999}, "Bad Request: message thread not found"),
        (
            "x",
            {"reply_markup": {"inline_keyboard": [[{"text": "接", "callback_data": "水" * 22}]]}},
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            "x",
            {"reply_markup": {"inline_keyboard": [[{"text": "接", "callback_data": ""}]]}},
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            "x",
            {"reply_markup": {"inline_keyboard": [[{"text": "评价", "url": "http://localhost:8080/s"}]]}},
            "Bad Request: inline keyboard button URL 'http://localhost:8080/s' is invalid: Wrong HTTP URL",
        ),
    ],
)
def test_what_cannot_be_sent(bot: PlainBot, group: Group, text: str, values: dict[str, object], told: str) -> None:
    assert bot.is_told("sendMessage", chat_id=group.id, text=text, **values) == told


def test_what_just_fits_can_be_sent(bot: PlainBot, group: Group) -> None:
    assert sent(bot, group, "😀" * 2048).text == "😀" * 2048
    tagged = sent(bot, group, "<b>&lt;水管&gt;</b> &amp; <a href='https://a.cn'>链接</a>", parse_mode="HTML")
    assert tagged.text == "<水管> & 链接"
    assert tagged.covered_by("bold") == ["<水管>"]
    fits = {"inline_keyboard": [[{"text": "接", "callback_data": "a" * 64}]]}
    assert sent(bot, group, reply_markup=fits).buttons == ["接"]
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert sent(bot, group, reply_parameters=lenient).reply_to is None


def test_editing_has_its_rules(bot: PlainBot, group: Group, ann: Person) -> None:
    card = sent(bot, group, "工单 1", reply_markup=TAKE)
    same = {"chat_id": group.id, "message_id": card.id}
    told = bot.is_told("editMessageText", **same, text="工单 1", reply_markup=TAKE)
    assert told == f"Bad Request: {NOT_MODIFIED}"
    bot.gets("editMessageText", **same, text="工单 1")
    assert card.buttons == [], "an edit without reply_markup takes the buttons away"
    assert bot.is_told("editMessageReplyMarkup", **same) == f"Bad Request: {NOT_MODIFIED}"
    told = bot.is_told("editMessageCaption", **same, caption="x")
    assert told == "Bad Request: there is no caption in the message to edit"
    hers = ann.says(group, "我的话")
    told = bot.is_told("editMessageText", chat_id=group.id, message_id=hers.id, text="x")
    assert told == "Bad Request: message can't be edited"
    told = bot.is_told("deleteMessage", chat_id=group.id, message_id=hers.id)
    assert told == "Bad Request: message can't be deleted"
    bot.gets("deleteMessage", **same)
    assert bot.is_told("deleteMessage", **same) == "Bad Request: message to delete not found"
    assert bot.is_told("editMessageText", **same, text="x") == "Bad Request: message to edit not found"
    told = bot.is_told("setMessageReaction", chat_id=group.id, message_id=hers.id, reaction=[_emoji("🔧")])
    assert told == "Bad Request: REACTION_INVALID"


def test_a_press_is_answered_once_and_in_time(bot: PlainBot, group: Group, ann: Person, telegram: FakeTelegram) -> None:
    card = sent(bot, group, reply_markup=TAKE)
    press = ann.presses(card, "接单")
    bot.gets("answerCallbackQuery", callback_query_id=press.id, text="好的")
    told = bot.is_told("answerCallbackQuery", callback_query_id=press.id)
    assert told == f"Bad Request: {QUERY_TOO_OLD}"
    late = ann.presses(card, "take:1")
    telegram.clock.passes(minutes=2)
    assert bot.is_told("answerCallbackQuery", callback_query_id=late.id) == f"Bad Request: {QUERY_TOO_OLD}"
    assert late.toast is None
    with pytest.raises(LookupError, match="not under this message"):
        ann.presses(card, "退单")


def test_topics_have_their_rules(bot: PlainBot, desk: BotAccount, group: Group, telegram: FakeTelegram) -> None:
    new = {"name": "工单 1"}
    assert bot.is_told("createForumTopic", chat_id=group.id, **new) == "Bad Request: the chat is not a forum"
    forum = telegram.forum("值班", bots=[desk])
    forum.demotes(desk)
    told = bot.is_told("createForumTopic", chat_id=forum.id, **new)
    assert told == "Bad Request: not enough rights to create a topic"
    topic = forum.opens_topic("工单 1")
    forum.closes_topic(topic)
    into = {"chat_id": forum.id, "message_thread_id": topic.id}
    assert bot.is_told("sendMessage", **into, text="x") == "Bad Request: TOPIC_CLOSED"
    forum.promotes(desk)
    bot.gets("sendMessage", **into, text="管理员可以")
    assert bot.is_told("closeForumTopic", **into) == "Bad Request: TOPIC_NOT_MODIFIED"
    forum.deletes_topic(topic)
    assert bot.is_told("sendMessage", **into, text="x") == "Bad Request: message thread not found"
    assert bot.is_told("closeForumTopic", **into) == "Bad Request: TOPIC_ID_INVALID"
    general = bot.is_told("sendMessage", chat_id=forum.id, message_thread_id=1, text="x")
    assert general == "Bad Request: message thread not found"


def test_files_that_cannot_be_had(bot: PlainBot, group: Group, ann: Person, telegram: FakeTelegram) -> None:
    huge = ann.sends_document(group, size=50 * 1024 * 1024).content["document"]["file_id"]
    assert bot.is_told("getFile", file_id=huge) == "Bad Request: file is too big"
    gone = ann.sends_document(group).content["document"]["file_id"]
    telegram.files.expire(gone)
    told = "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert bot.is_told("getFile", file_id=gone) == told
    told = bot.is_told("sendPhoto", chat_id=group.id, photo=gone)
    assert told == "Bad Request: wrong file identifier/HTTP URL specified"


def test_unknown_tokens_and_methods(telegram: FakeTelegram, bot: PlainBot) -> None:
    stranger = PlainBot(telegram.url, "999:ZZZ")
    assert stranger.ask("getMe") == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert bot.ask("makeCoffee") == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert telegram.violations.pop() == "makeCoffee: no such method"
    bot.gets("logOut")
    assert bot.ask("getMe")["description"] == "Logged out"


def test_a_call_that_breaks_the_letter_of_the_api_is_recorded(
    telegram: FakeTelegram, bot: PlainBot, group: Group
) -> None:
    bot.gets("sendMessage", chat_id=group.id, text="x", colour="red")
    bot.ask("sendMessage", chat_id=group.id)
    bot.ask("getFile", file_id="x", reply_markup={"inline_keyboard": [[{"text": "a", "callbak": "b"}]]})
    odd = {"inline_keyboard": [[{"text": "a", "callback_data": "b", "callbak": "b"}]]}
    bot.gets("sendMessage", chat_id=group.id, text="x", reply_markup=odd)
    found = "\n".join(telegram.violations)
    assert "sendMessage: unknown field 'colour'" in found
    assert "sendMessage: text: Field required" in found
    assert "getFile: unknown field 'reply_markup'" in found
    assert "reply_markup.inline_keyboard[0][0].callbak" in found
    telegram.violations.clear()


def _emoji(emoji: str) -> dict[str, str]:
    return {"type": "emoji", "emoji": emoji}
