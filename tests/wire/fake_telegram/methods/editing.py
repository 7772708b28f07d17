"""Changing and removing messages, and reacting to them."""

from collections.abc import Callable
from typing import Any

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.markup import checked_markup
from tests.wire.fake_telegram.messages import Message
from tests.wire.fake_telegram.methods.access import chat_to_read, chat_to_write, message_in
from tests.wire.fake_telegram.methods.sending import caption_content, text_content
from tests.wire.fake_telegram.refusals import NOT_MODIFIED, bad_request
from tests.wire.fake_telegram.world import World

DELETABLE_FOR = 48 * 3600
WORDS = ("text", "entities", "caption", "caption_entities")
# The emoji any bot may react with (core.telegram.org/bots/api#reactiontypeemoji).
ALLOWED_REACTIONS = frozenset(
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 "  # noqa: SIM905
    "💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 "
    "💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡".split()
)


def edit_message_text(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    content = text_content(arguments)

    def changed(message: Message) -> dict[str, Any]:
        if "text" not in message.content:
            raise bad_request("There is no text in the message to edit")
        return content

    return _edit(world, bot, arguments, changed)


def edit_message_caption(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    content = caption_content(arguments)

    def changed(message: Message) -> dict[str, Any]:
        if not message.content.keys() & {"photo", "video", "voice", "document"}:
            raise bad_request("There is no caption in the message to edit")
        return content

    return _edit(world, bot, arguments, changed)


def edit_message_reply_markup(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    return _edit(world, bot, arguments, lambda message: {k: message.content[k] for k in WORDS if k in message.content})


def delete_message(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    chat = chat_to_write(world, bot, arguments)
    message = message_in(chat, arguments, "message to delete")
    is_too_old = world.clock() - message.date > DELETABLE_FOR
    may_clean = chat.member(bot).can("can_delete_messages")
    if not may_clean and (is_too_old or (message.sender is not bot and chat.kind != "private")):
        raise bad_request("message can't be deleted")
    message.is_deleted = True
    return True


def set_message_reaction(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    chat = chat_to_read(world, bot, arguments)
    message = message_in(chat, arguments, "message to react")
    reactions = arguments.parsed("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if reaction.get("type") != "emoji" or reaction.get("emoji") not in ALLOWED_REACTIONS:
            raise bad_request("REACTION_INVALID")
    message.reactions[bot.id] = reactions
    return True


def _edit(
    world: World, bot: BotAccount, arguments: Arguments, changed: Callable[[Message], dict[str, Any]]
) -> dict[str, Any]:
    """New words and a new keyboard at once: an edit that names no reply_markup takes the buttons away."""
    markup = checked_markup(arguments.parsed("reply_markup", "reply keyboard markup"))
    if not arguments.text("message_id"):
        raise bad_request("message identifier is not specified")
    chat = chat_to_write(world, bot, arguments)
    message = message_in(chat, arguments, "message to edit")
    if message.sender is not bot or message.is_service:
        raise bad_request("message can't be edited")
    words = changed(message)
    before = {key: message.content[key] for key in WORDS if key in message.content}
    if words == before and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.content = {k: v for k, v in message.content.items() if k not in WORDS} | words
    message.markup = markup
    message.edited_at = int(world.clock())
    return message.as_json()
