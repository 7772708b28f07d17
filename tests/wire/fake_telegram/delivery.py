"""Which bot is told about what. Called whenever something happens in a chat (`world.py`, `person.py`).

Privacy mode as documented: without admin rights a bot sees commands meant for it, replies to it, mentions of
it and service messages. No bot sees its own messages, nor (unless a test insists) those of other bots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.wire.fake_telegram.updates import DAY

if TYPE_CHECKING:
    from tests.wire.fake_telegram.accounts import BotAccount
    from tests.wire.fake_telegram.messages import Message

# Service messages a bot causes itself and is told about all the same (need_skip_update_message in Client.cpp).
ECHOED = (
    "new_chat_title",
    "pinned_message",
    "left_chat_member",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
)


def announce(message: Message, kind: str, even_from_bots: bool = False) -> None:
    """Put the message into the queue of every bot that may see it, `kind` being the update's name."""
    readers = [bot for bot in message.chat.bots if _is_told(bot, message, even_from_bots)]
    if not readers:
        return
    age = message.chat.world.clock() - (message.edited_at or message.date)
    body = message.as_json()
    for bot in readers:
        bot.updates.put(kind, body, lane=message.chat.id, lifetime=DAY - age)


def _is_told(bot: BotAccount, message: Message, even_from_bots: bool) -> bool:
    if message.is_service:
        return message.sender is not bot or any(kind in message.content for kind in ECHOED)
    if message.sender is bot:
        return False
    is_ghost = message.sender_chat is not None  # anonymous admins and channels look like bots but are not
    if message.is_from_bot and not (even_from_bots or is_ghost):
        return False
    chat = message.chat
    if chat.kind in ("private", "channel") or bot.reads_all or chat.member(bot).is_admin:
        return True
    return _is_meant_for(bot, message)


def _is_meant_for(bot: BotAccount, message: Message) -> bool:
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    name = f"@{bot.username}".lower()
    if any(mention.lower() == name for mention in message.covered_by("mention")):
        return True
    for command in message.covered_by("bot_command"):
        _, at, addressee = command.partition("@")
        # A bare /command goes to whichever bot spoke last, or to all while none has.
        if (f"@{addressee}".lower() == name) if at else (message.chat.last_bot_heard in (None, bot)):
            return True
    return False
