"""A callback's fields as the desk's event: one to one, so every one of them is a private chat."""

import re
from datetime import UTC, datetime

from bot.channels.channel import Unreadable
from bot.channels.text import clean
from handlers.events import Attached, Command, DeskMembership, Event, MessageReceived, Speaker, Unheard, Where
from storage.vocabulary import AttachmentKind

FILES = {
    "image": AttachmentKind.PHOTO,
    "voice": AttachmentKind.VOICE,
    "video": AttachmentKind.VIDEO,
    "shortvideo": AttachmentKind.VIDEO,
}
_COMMAND = re.compile(r"[a-z_]{1,32}")
_SLASH = re.compile(r"/([A-Za-z0-9_]{1,32})(?:\s+(.*))?\s*", re.DOTALL)
SCENE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNSHOWN = "【收到不支持的消息类型，暂无法显示】"
"""What WeChat writes itself in place of what it does not pass on, such as its own stickers."""
_NAMED_BY = 4
"""Signs of the address in a person's name: the platform tells no names."""


def key_of(fields: dict[str, str]) -> str:
    """What makes a callback one of a kind: repeats carry the same."""
    if fields.get("MsgId"):
        return fields["MsgId"]
    parts = (fields.get("FromUserName", ""), fields.get("CreateTime", ""), fields.get("Event", ""))
    return ":".join((*parts, fields.get("EventKey", "")))[:200]


def event_of(channel: str, fields: dict[str, str]) -> Event:
    """The event; `Unreadable` when nobody or no time is in it."""
    address, kind = clean(fields.get("FromUserName", "")), fields.get("MsgType", "").lower()
    try:
        sent_at = datetime.fromtimestamp(int(fields["CreateTime"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError) as error:
        raise Unreadable("no time") from error
    if not address or not kind:
        raise Unreadable("nobody said it")
    where, speaker = Where(channel, address, is_private=True), Speaker(address, name_of(address))
    message = MessageReceived(where, speaker, key_of(fields), sent_at)
    return _happened(message, fields) if kind == "event" else _said(message, kind, fields)


def name_of(address: str) -> str:
    """What staff call somebody of whom the platform tells nothing but an address."""
    return f"微信 {address[-_NAMED_BY:]}"


def command_in(words: str) -> Command | None:
    """The command, if the words are one."""
    slash = _SLASH.fullmatch(words)
    return Command(slash[1].lower(), (slash[2] or "").strip()) if slash else None


def _said(message: MessageReceived, kind: str, fields: dict[str, str]) -> Event:
    words, command = "", None
    attached: tuple[Attached, ...] = ()
    match kind:
        case "text":
            words = clean(fields.get("Content", "")).replace(_UNSHOWN, "").strip()
            command = command_in(words)
        case "voice":
            words = clean(fields.get("Recognition", "")).strip()
        case "location":
            words = clean(fields.get("Label", "")).strip()
            attached = _place(fields)
        case "link":
            words = clean(f"{fields.get('Title', '')} {fields.get('Url', '')}").strip()
    if kind in FILES and fields.get("MediaId"):
        attached = (Attached(FILES[kind], fields["MediaId"]),)
    if not words and not attached:
        return Unheard(message.where, f"no words: {clean(kind)[:64]}", message.message_id)
    return _with(message, words, attached, command)


def _happened(message: MessageReceived, fields: dict[str, str]) -> Event:
    """Following and scanning open the talk like Telegram's Start; a menu's key is the command it stands for."""
    name, key = fields.get("Event", ""), fields.get("EventKey", "")
    match name.lower():
        case "subscribe":
            return _with(message, "/start", (), Command("start", _scene(key.removeprefix("qrscene_"))))
        case "scan":
            return _with(message, "/start", (), Command("start", _scene(key)))
        case "click" if _COMMAND.fullmatch(key):
            return _with(message, f"/{key}", (), Command(key))
        case "unsubscribe":
            return DeskMembership(message.where, message.speaker, is_in=False)
        case _:
            return Unheard(message.where, f"event: {clean(name)[:64]}", message.message_id)


def _with(
    message: MessageReceived, words: str, attached: tuple[Attached, ...], command: Command | None
) -> MessageReceived:
    return MessageReceived(
        message.where, message.speaker, message.message_id, message.sent_at, words, attached, command=command
    )


def _place(fields: dict[str, str]) -> tuple[Attached, ...]:
    try:
        latitude, longitude = float(fields["Location_X"]), float(fields["Location_Y"])
    except (KeyError, ValueError):
        return ()
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return ()
    return (Attached(AttachmentKind.LOCATION, latitude=latitude, longitude=longitude),)


def _scene(key: str) -> str:
    """A poster's code; anything else is nothing to us."""
    return key if SCENE.fullmatch(key) else ""
