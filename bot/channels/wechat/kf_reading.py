"""A message of WeChat customer service (微信客服) as the desk's event; `sync_msg` brings them as JSON."""

from datetime import UTC, datetime
from typing import Any

from bot.channels.channel import Unreadable
from bot.channels.text import clean, file_name
from bot.channels.wechat.reading import SCENE, command_in, name_of
from handlers.events import Attached, Command, Event, MessageReceived, Speaker, Unheard, Where
from storage.vocabulary import AttachmentKind

CUSTOMER = 3
"""`origin` of what the person wrote; the others are the system and colleagues in WeCom."""
HISTORY = "lobby_history"
"""Our own mark on a message that is older than the desk."""
PERSON = frozenset({"人工", "转人工", "轉人工", "人工客服", "真人", "找人工", "轉真人", "/person"})
FILES = {
    "image": AttachmentKind.PHOTO,
    "voice": AttachmentKind.VOICE,
    "video": AttachmentKind.VIDEO,
    "file": AttachmentKind.DOCUMENT,
}


def address_of(message: dict[str, Any]) -> str:
    """Who, and to which of our accounts: a person may write to several. Empty where nobody is named."""
    told = {**message, **_body(message, "event")}
    desk, person = told.get("open_kfid"), told.get("external_userid")
    return f"{desk}:{person}" if isinstance(desk, str) and isinstance(person, str) and desk and person else ""


def is_words(message: dict[str, Any]) -> bool:
    """Whether the person themselves said it, which lets us write back."""
    return message.get("origin") == CUSTOMER


def wants_a_person(message: dict[str, Any]) -> bool:
    """Whether these words ask for nothing but a person, as people are used to write it there."""
    words = str(_body(message, "text").get("content", "")).strip(" \t\n。.!！?？")
    return is_words(message) and not message.get(HISTORY) and words in PERSON


def as_history(message: dict[str, Any], since: datetime) -> dict[str, Any]:
    """The message, marked if it was written before the desk was there to hear it."""
    try:
        is_old = datetime.fromtimestamp(int(message["send_time"]), UTC) < since
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return message
    return message | {HISTORY: True} if is_old else message


def welcome_in(message: dict[str, Any]) -> str:
    """The code that lets one greeting out though nothing was said yet; good for 20 seconds."""
    return str(_body(message, "event").get("welcome_code") or "")


def kf_event_of(channel: str, message: dict[str, Any]) -> Event:
    """The event; `Unreadable` when nobody or no time is in it."""
    address, kind = clean(address_of(message)), str(message.get("msgtype", ""))
    try:
        sent_at = datetime.fromtimestamp(int(message["send_time"]), UTC)
        message_id = str(message["msgid"])
    except (KeyError, ValueError, TypeError, OverflowError, OSError) as error:
        raise Unreadable("no time") from error
    if not address:
        raise Unreadable("nobody said it")
    where = Where(channel, address, is_private=True)
    received = MessageReceived(where, Speaker(address, name_of(address)), message_id, sent_at)
    if message.get(HISTORY):
        return Unheard(where, "written before the desk was here", message_id)
    if kind == "event":
        return _happened(received, _body(message, "event"))
    if not is_words(message):
        return Unheard(where, "said by a colleague", message_id)
    return _said(received, kind, _body(message, kind))


def _said(received: MessageReceived, kind: str, body: dict[str, Any]) -> Event:
    words, attached, command = "", (), None
    match kind:
        case "text":
            words = clean(str(body.get("content", ""))).strip()
            command = command_in(words)
        case "location":
            words = clean(f"{body.get('name', '')} {body.get('address', '')}").strip()
        case "link":
            words = clean(f"{body.get('title', '')} {body.get('url', '')}").strip()
    files = _attached(kind, body) or attached
    if not words and not files:
        return Unheard(received.where, f"no words: {clean(kind)[:64]}", received.message_id)
    return _with(received, words, files, command)


def _attached(kind: str, body: dict[str, Any]) -> tuple[Attached, ...]:
    if kind in FILES and isinstance(body.get("media_id"), str):
        return (Attached(FILES[kind], body["media_id"], file_name(str(body.get("filename") or "")) or None),)
    latitude, longitude = body.get("latitude"), body.get("longitude")
    if kind == "location" and isinstance(latitude, int | float) and isinstance(longitude, int | float):
        return (Attached(AttachmentKind.LOCATION, latitude=float(latitude), longitude=float(longitude)),)
    return ()


def _happened(received: MessageReceived, event: dict[str, Any]) -> Event:
    """Coming in opens the talk, with the poster's code where there was one."""
    name = str(event.get("event_type", ""))
    if name != "enter_session":
        return Unheard(received.where, f"event: {clean(name)[:64]}", received.message_id)
    code = str(event.get("scene_param") or "")
    return _with(received, "/start", (), Command("start", code if SCENE.fullmatch(code) else ""))


def _with(
    received: MessageReceived, words: str, attached: tuple[Attached, ...], command: Command | None
) -> MessageReceived:
    return MessageReceived(
        received.where, received.speaker, received.message_id, received.sent_at, words, attached, command=command
    )


def _body(message: dict[str, Any], kind: str) -> dict[str, Any]:
    body = message.get(kind)
    return body if isinstance(body, dict) else {}
