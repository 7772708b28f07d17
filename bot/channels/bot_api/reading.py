"""A parsed update as the desk's event. Called by `channel.py` with what either library made of the raw JSON."""

from typing import Any

from bot.channels.bot_api.addressing import Self, command_in, is_to_another, replied_to
from bot.channels.bot_api.content import attached_to, words_in
from bot.channels.bot_api.shapes import Message, StandingChanged, Tap, Update
from bot.channels.bot_api.speakers import author_of, speaker_of, where_of
from bot.channels.channel import Unreadable
from bot.channels.text import clean
from handlers.events import (
    ButtonPressed,
    ChatMoved,
    DeskMembership,
    Event,
    MessageEdited,
    MessageReceived,
    Unheard,
    Where,
)

_INSIDE = {"creator", "administrator", "member"}
# Fields that say how a message came, not what it is.
_ENVELOPE = {
    "message_id", "message_thread_id", "from", "sender_chat", "sender_tag", "date", "chat", "is_topic_message",
    "reply_to_message", "external_reply", "edit_date", "media_group_id", "has_protected_content", "reply_markup",
    "author_signature", "forward_origin", "is_automatic_forward", "sender_boost_count", "effect_id",
}  # fmt: skip


def event_of(channel: str, update: Update, raw: dict[str, Any], me: Self) -> Event:
    """The event; `Unreadable` when the update has no body its kind should have."""
    kind = next((key for key in raw if key != "update_id"), None)
    match kind:
        case "message" if update.message is not None:
            return _message(channel, update.message, raw[kind], me)
        case "edited_message" if update.edited_message is not None:
            return _edit(channel, update.edited_message, raw[kind], me)
        case "callback_query" if update.callback_query is not None:
            return _tap(channel, update.callback_query)
        case "my_chat_member" if update.my_chat_member is not None:
            return _standing(channel, update.my_chat_member, raw[kind])
        case "channel_post" | "edited_channel_post":
            post = update.channel_post or update.edited_channel_post
            where = where_of(channel, post.chat) if post else None
            return Unheard(where, "channel post", str(post.message_id) if post else None)
        case "message" | "edited_message" | "callback_query" | "my_chat_member" | None:
            raise Unreadable(f"nothing in it: {kind}")
        case "message_reaction":
            return Unheard(None, "reaction")
        case _:
            return Unheard(None, f"unknown update: {clean(kind)[:64]}")


def _message(channel: str, message: Message, raw: dict[str, Any], me: Self) -> Event:
    where, message_id = where_of(channel, message.chat), str(message.message_id)
    speaker = author_of(message)
    if speaker is None:
        return Unheard(where, "no author", message_id)
    if message.migrate_to_chat_id is not None:
        return ChatMoved(where, speaker, str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id is not None:
        old = Where(channel, str(message.migrate_from_chat_id), False, where.title)
        return ChatMoved(old, speaker, where.address)
    if message.via_bot is not None:
        return Unheard(where, "sent through a bot", message_id)
    words, attached = words_in(message), attached_to(message)
    if not words and not attached:
        content = sorted(clean(key)[:64] for key in raw if key not in _ENVELOPE)
        return Unheard(where, "no words: " + (", ".join(content[:3]) or "empty"), message_id)
    is_forwarded = message.forward_origin is not None
    # What was forwarded or stands under a photo was not given as an order to us.
    command, is_foreign = (None, False) if is_forwarded or not message.text else command_in(words, me)
    reply = replied_to(message)
    return MessageReceived(
        where,
        speaker,
        message_id,
        message.date,
        words,
        attached,
        album=message.media_group_id,
        reply_to=str(reply.message_id) if reply else None,
        is_forwarded=is_forwarded,
        is_to_another=is_foreign or is_to_another(message, reply, me),
        command=command,
        topic=str(message.message_thread_id) if message.is_topic_message else None,
    )


def _edit(channel: str, message: Message, raw: dict[str, Any], me: Self) -> Event:
    if message.location is not None:
        # A shared live location is edited every few seconds for hours.
        return Unheard(where_of(channel, message.chat), "moving location", str(message.message_id))
    event = _message(channel, message, raw, me)
    return MessageEdited(event) if isinstance(event, MessageReceived) else event


def _tap(channel: str, tap: Tap) -> Event:
    if tap.message is None or tap.data is None:
        return Unheard(None, "tap on something that is no message of ours")
    where = where_of(channel, tap.message.chat)
    return ButtonPressed(where, speaker_of(tap.from_user), str(tap.message.message_id), clean(tap.data), tap.id)


def _standing(channel: str, change: StandingChanged, raw: dict[str, Any]) -> Event:
    status = change.new_chat_member.status
    # Only the restricted have `is_member`, and not in every library's common type.
    is_in = status in _INSIDE or (status == "restricted" and bool(raw["new_chat_member"].get("is_member")))
    return DeskMembership(where_of(channel, change.chat), speaker_of(change.from_user), is_in)
