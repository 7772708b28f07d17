"""Topics of a forum: open, rename, close, reopen, delete."""

from typing import Any

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.chats import Topic
from tests.wire.fake_telegram.groups import TOPIC_BLUE, Group
from tests.wire.fake_telegram.methods.access import chat_to_write
from tests.wire.fake_telegram.refusals import bad_request
from tests.wire.fake_telegram.world import World

NAME_LIMIT = 128


def create_forum_topic(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    forum = _forum(world, bot, arguments, "create a topic")
    name = arguments.text("name").strip()[:NAME_LIMIT]
    if not name:
        raise bad_request("Title must be non-empty")
    color, icon = arguments.number("icon_color", TOPIC_BLUE), arguments.text("icon_custom_emoji_id")
    topic = forum.opens_topic(name, by=bot, icon_color=color, icon=icon)
    return topic.as_json() | ({"icon_custom_emoji_id": icon} if icon else {})


def edit_forum_topic(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    forum, topic = _topic(world, bot, arguments, "edit the topic")
    name = arguments.text("name").strip()[:NAME_LIMIT] or topic.name
    if name == topic.name and not arguments.text("icon_custom_emoji_id"):
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    forum.notes_in_topic(topic, {"forum_topic_edited": {"name": name}}, bot)
    return True


def close_forum_topic(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    forum, topic = _topic(world, bot, arguments, "edit the topic")
    if topic.is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    forum.closes_topic(topic, by=bot)
    return True


def reopen_forum_topic(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    forum, topic = _topic(world, bot, arguments, "edit the topic")
    if not topic.is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = False
    forum.notes_in_topic(topic, {"forum_topic_reopened": {}}, bot)
    return True


def delete_forum_topic(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    forum, topic = _topic(world, bot, arguments, "delete the topic")
    forum.deletes_topic(topic)
    return True


def _forum(world: World, bot: BotAccount, arguments: Arguments, deed: str) -> Group:
    chat = chat_to_write(world, bot, arguments)
    if not isinstance(chat, Group) or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.member(bot).can("can_manage_topics"):
        raise bad_request(f"not enough rights to {deed}")
    return chat


def _topic(world: World, bot: BotAccount, arguments: Arguments, deed: str) -> tuple[Group, Topic]:
    forum = _forum(world, bot, arguments, deed)
    topic = forum.topics.get(arguments.number("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return forum, topic
