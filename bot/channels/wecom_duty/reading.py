"""What WeCom's bot is told, as the desk's event; it is the same JSON at a callback's address and on a long line."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bot.channels.channel import Unreadable
from bot.channels.text import clean, clean_name, file_name
from handlers.events import Attached, ButtonPressed, Command, Event, MessageReceived, Speaker, Unheard, Where
from storage.vocabulary import AttachmentKind

PRIVATE = "user:"
"""Goes before the address of a talk with one person: a group's id could be anything."""
LONGEST_ID = 200
FILES = {
    "image": AttachmentKind.PHOTO,
    "voice": AttachmentKind.VOICE,
    "file": AttachmentKind.DOCUMENT,
    "video": AttachmentKind.VIDEO,
}
_FIRST_MENTION, _LAST_MENTION = re.compile(r"@\S+\s*"), re.compile(r"\s+@\S+$")
_REPLY_WORD = re.compile(r"(?:回复|回覆|答复|reply)[\s:：]*(?=[#＃\d])", re.IGNORECASE)
_NAMED = re.compile(r"[#＃]\s?(\d{1,9})(?!\d)[\s:：,，]*(.*)", re.DOTALL)
_QUOTED = re.compile(r"[#＃](\d{1,9})(?!\d)")
_SLASH = re.compile(r"/([A-Za-z0-9_]{1,32})(?:\s+(.*))?", re.DOTALL)
_NAMED_BY = 4
"""Signs of a group's id in its title: WeCom tells no names."""


class Tap(NamedTuple):
    """A button somebody tapped: what it carries, and the card it stood on."""

    key: str
    task_id: str

    @property
    def prefix(self) -> str:
        """What goes before the verb: it leads back to the message the button belongs to."""
        return self.key.partition(".")[0] + "."


def is_message(body: Any) -> bool:
    """Whether this is something the platform tells at all: it has an id, and somebody did it."""
    if not isinstance(body, dict) or not _text(body, "msgid") or not _text(body, "msgtype"):
        return False
    return bool(address_of(body)) and len(body["msgid"]) <= LONGEST_ID and len(address_of(body)) <= LONGEST_ID


def address_of(body: dict[str, Any]) -> str:
    """The group, or the person in a talk of two; empty where nobody is named."""
    person = clean(_text(_part(body, "from"), "userid"))
    if not person:
        return ""
    return clean(_text(body, "chatid")) if body.get("chattype") == "group" else f"{PRIVATE}{person}"


def tap_of(body: dict[str, Any]) -> Tap | None:
    """The tap, if that is what happened. WeCom's pages put it one floor deeper than its own library does."""
    event = _part(body, "event")
    if body.get("msgtype") != "event" or event.get("eventtype") != "template_card_event":
        return None
    told = _part(event, "template_card_event") or event
    return Tap(_text(told, "event_key"), _text(told, "task_id"))


def event_of(channel: str, body: dict[str, Any], heard_at: float) -> Event:
    """The event; `Unreadable` when nobody is named."""
    address = address_of(body)
    if not is_message(body):
        raise Unreadable("nobody said it")
    is_private = address.startswith(PRIVATE)
    title = "" if is_private else f"企业微信 {address[-_NAMED_BY:]}"
    where = Where(channel, address, is_private, title)
    person = clean(_text(_part(body, "from"), "userid"))
    speaker = Speaker(person, clean_name(person) or "?")
    tap = tap_of(body)
    if tap is not None:
        return ButtonPressed(where, speaker, shown_as(tap.task_id), clean(tap.key), body["msgid"])
    if body["msgtype"] == "event":
        happened = clean(_text(_part(body, "event"), "eventtype"))
        return Unheard(where, f"event: {happened[:64]}", body["msgid"])
    return _said(where, speaker, body, _time_of(body, heard_at))


def shown_as(task_id: str) -> str | None:
    """The message a card belongs to: said anew it has another task, and is the same message."""
    whole, _, _ = task_id.rpartition("-")
    return clean(whole) or None


def _said(where: Where, speaker: Speaker, body: dict[str, Any], sent_at: datetime) -> Event:
    files = tuple(
        Attached(
            FILES[kind],
            json.dumps({"url": part["url"], "key": _text(part, "aeskey")}),
            file_name(_text(part, "filename")) or None,
        )
        for kind, part in _files(body)
    )
    words = "\n".join(filter(None, (clean(each).strip() for each in _texts(body))))
    about, words, command = _understood(words if where.is_private else _unmentioned(words))
    if about is None:
        quoted = _QUOTED.search(" ".join(_texts(_part(body, "quote"))))
        about = int(quoted[1]) if quoted else None
    if not words and not files:
        return Unheard(where, f"no words: {clean(body['msgtype'])[:64]}", body["msgid"])
    return MessageReceived(where, speaker, body["msgid"], sent_at, words, files, command=command, about=about)


def _understood(words: str) -> tuple[int | None, str, Command | None]:
    """Which ticket is named, the words without its number, and the command they are."""
    words = _REPLY_WORD.sub("", words, count=1) if _REPLY_WORD.match(words) else words
    named = _NAMED.fullmatch(words)
    if named is not None and not named[2].strip():
        return None, words, Command("t", named[1])
    about, words = (int(named[1]), named[2].strip()) if named is not None else (None, words)
    slash = _SLASH.fullmatch(words)
    return about, words, Command(slash[1].lower(), (slash[2] or "").strip()) if slash else None


def _unmentioned(words: str) -> str:
    """In a group the bot hears what names it; that name is not part of what is said."""
    first = _FIRST_MENTION.match(words)
    return words[first.end() :].strip() if first else _LAST_MENTION.sub("", words).strip()


def _texts(body: dict[str, Any]) -> Iterator[str]:
    kind = str(body.get("msgtype", ""))
    if kind in ("text", "voice"):
        yield _text(_part(body, kind), "content")
    for item in _items(body):
        yield _text(_part(item, "text"), "content")


def _items(body: dict[str, Any]) -> list[dict[str, Any]]:
    items = _part(body, "mixed").get("msg_item")
    return [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []


def _files(body: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    parts = _items(body) if body.get("msgtype") == "mixed" else [body]
    told = ((str(each.get("msgtype")), _part(each, str(each.get("msgtype")))) for each in parts)
    return [(kind, part) for kind, part in told if kind in FILES and _text(part, "url")]


def _time_of(body: dict[str, Any], heard_at: float) -> datetime:
    told = body.get("create_time")
    try:
        return datetime.fromtimestamp(int(told) if told else heard_at, UTC)
    except (ValueError, TypeError, OverflowError, OSError) as error:
        raise Unreadable("no time") from error


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _text(whole: dict[str, Any], name: str) -> str:
    text = whole.get(name)
    return text if isinstance(text, str) else ""
