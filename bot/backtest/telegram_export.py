"""Telegram Desktop's `result.json`: one chat, or all of them, in the machine-readable form."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.backtest.faults import Fault, Unreadable
from bot.backtest.spoken import Export, NotAnExport, Spoken
from bot.channels.text import clean, clean_name
from storage.vocabulary import AttachmentKind

FILES = {
    "sticker": AttachmentKind.STICKER,
    "video_file": AttachmentKind.VIDEO,
    "video_message": AttachmentKind.VIDEO,
    "animation": AttachmentKind.VIDEO,
    "voice_message": AttachmentKind.VOICE,
    "audio_file": AttachmentKind.DOCUMENT,
}
"""`media_type` of an export."""
MENTIONS = ("mention", "mention_name")
NOBODY = "Deleted Account"
"""What Telegram itself shows for an account that is gone."""
_SHOWN = 12


def is_telegram(content: object) -> bool:
    """Whether parsed JSON is such an export: of one chat, or of an account."""
    if not isinstance(content, dict):
        return False
    return isinstance(content.get("messages"), list) or isinstance(content.get("chats"), dict)


def read_telegram(content: dict[str, Any], zone: ZoneInfo, chat: str | None) -> Export:
    """The chat of that name, or the only one there is."""
    found = _find_chat(content, chat)
    export = Export(clean_name(str(found.get("name") or "")) or "?", "messages", [])
    for number, message in enumerate(found["messages"], start=1):
        try:
            spoken = _spoken(number, message, zone)
        except Unreadable as why:
            export.unreadable.append((number, why))
            continue
        except KeyError as error:
            export.unreadable.append((number, Unreadable(Fault.NO_FIELD, clean(str(error.args[0])))))
            continue
        except (TypeError, ValueError, OverflowError, AttributeError) as error:
            export.unreadable.append((number, Unreadable(Fault.BROKEN, clean(str(error)))))
            continue
        export.spoken.append(spoken)
    return export


def _find_chat(content: dict[str, Any], name: str | None) -> dict[str, Any]:
    if isinstance(content.get("messages"), list):
        return content
    listed = content["chats"].get("list")
    chats = [one for one in listed if isinstance(one, dict) and isinstance(one.get("messages"), list)] if listed else []
    named = [one for one in chats if name is None or str(one.get("name")) == name]
    if len(named) == 1:
        return named[0]
    known = ", ".join(repr(str(one.get("name"))) for one in chats[:_SHOWN])
    if not chats:
        raise NotAnExport("this export holds no chat: export the group itself, from its ⋮ menu")
    why = "holds several chats" if name is None or named else f"holds no chat {name!r}"
    raise NotAnExport(f"this export {why}: choose one with --chat NAME; it holds {known}")


def _spoken(number: int, message: object, zone: ZoneInfo) -> Spoken:
    if not isinstance(message, dict):
        raise Unreadable(Fault.NO_MESSAGE)
    speaker = str(message.get("from_id") or message.get("actor_id") or "nobody")
    parts = _parts(message)
    text = clean("".join(text for _, text in parts)).strip()
    return Spoken(
        number=number,
        at=_moment(message, zone),
        speaker=speaker,
        name=clean_name(str(message.get("from") or message.get("actor") or "")) or NOBODY,
        text=text or _card_in_words(message),
        message_id=str(message["id"]),
        reply_to=str(message["reply_to_message_id"]) if message.get("reply_to_message_id") is not None else None,
        attached=_attached(message),
        names_another=any(kind in MENTIONS for kind, _ in parts),
        is_forwarded="forwarded_from" in message,
        is_edited="edited" in message,
        passed_over=_passed_over(message, speaker),
    )


def _passed_over(message: Mapping[str, Any], speaker: str) -> str | None:
    kind = message["type"]
    if kind == "service":
        return f"service: {clean(str(message.get('action') or '?'))[:40]}"
    if kind != "message":
        return f"no message: {clean(str(kind))[:40]}"
    if "via_bot" in message:
        return "sent through a bot"
    return "channel" if speaker.startswith("channel") else None


def _parts(message: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Kind and text of each stretch; older exports write bare strings and marked ones in one list."""
    text = message.get("text") or message.get("text_entities") or ""
    parts = [text] if isinstance(text, str) else list(text)
    return [("plain", part) if isinstance(part, str) else (str(part["type"]), str(part["text"])) for part in parts]


def _card_in_words(message: Mapping[str, Any]) -> str:
    card = message.get("contact_information")
    if not isinstance(card, dict):
        return ""
    name = f"{card.get('first_name') or ''} {card.get('last_name') or ''}".strip()
    return clean(", ".join(part for part in (name, str(card.get("phone_number") or "")) if part))


def _attached(message: Mapping[str, Any]) -> AttachmentKind | None:
    if "photo" in message:
        return AttachmentKind.PHOTO
    if "location_information" in message:
        return AttachmentKind.LOCATION
    kind = FILES.get(str(message.get("media_type") or ""))
    return kind or (AttachmentKind.DOCUMENT if "file" in message else None)


def _moment(message: Mapping[str, Any], zone: ZoneInfo) -> datetime:
    """Newer exports give the moment itself; older ones a wall clock without its zone."""
    if message.get("date_unixtime") is not None:
        return datetime.fromtimestamp(int(message["date_unixtime"]), UTC)
    try:
        at = datetime.fromisoformat(message["date"])
    except ValueError:
        raise Unreadable(Fault.NO_TIME, clean(str(message["date"]))) from None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
