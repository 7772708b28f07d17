"""Ephemeral messages (Bot API 10.2): in the group, but for one member's eyes. Called by `sending.py`.

An admin bot may whisper to any member, any other bot only within 15 s of that person's tap. The documentation
does not give the error texts; those here are ours.
"""

from typing import Any

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.chats import Chat
from tests.wire.fake_telegram.messages import Message
from tests.wire.fake_telegram.refusals import bad_request
from tests.wire.fake_telegram.world import World

AFTER_A_TAP = 15.0


def is_whisper(arguments: Arguments) -> bool:
    return bool(arguments.text("ephemeral_message_parameters") or arguments.text("receiver_user_id"))


def whisper(
    world: World,
    bot: BotAccount,
    chat: Chat,
    arguments: Arguments,
    content: dict[str, Any],
    markup: dict[str, Any] | None,
) -> Message:
    asked = arguments.parsed("ephemeral_message_parameters") or arguments.values
    receiver = world.people.get(int(asked.get("receiver_user_id") or 0))
    if chat.kind not in ("group", "supergroup"):
        raise bad_request("ephemeral messages can be sent only to groups and supergroups")
    if receiver is None or not chat.member(receiver).is_inside:
        raise bad_request("receiver of the ephemeral message not found")
    press = world.presses.get(str(asked.get("callback_query_id") or ""))
    is_fresh = press is not None and press.bot is bot and world.clock() - press.at <= AFTER_A_TAP
    if not chat.member(bot).is_admin and not is_fresh:
        raise bad_request("not enough rights to send an ephemeral message")
    number = len(chat.whispers) + 1
    message = Message(chat, 0, int(world.clock()), bot, content, markup=markup, receiver=receiver, ephemeral_id=number)
    chat.whispers[number] = message
    return message
