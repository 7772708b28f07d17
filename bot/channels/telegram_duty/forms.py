"""Wordings as the Bot API writes them. The library's own objects would be turned into just this, at twice the price."""

from typing import Any

from bot.channels.bot_api.wording import Wording

NO_PREVIEW = {"is_disabled": True}


def bold(wording: Wording) -> list[dict[str, Any]] | None:
    """The title's stretch, in UTF-16 units."""
    return [{"type": "bold", "offset": 0, "length": wording.bold}] if wording.bold else None


def keyboard(wording: Wording) -> dict[str, Any] | None:
    """The buttons under a message."""
    if not wording.keys:
        return None
    rows = [
        [
            {"text": key.label, "url": key.url} if key.url else {"text": key.label, "callback_data": key.data}
            for key in row
        ]
        for row in wording.keys
    ]
    return {"inline_keyboard": rows}


def answering(reply_to: str | None) -> dict[str, Any] | None:
    """What is answered; if it was deleted meanwhile, the words still go out."""
    return None if reply_to is None else {"message_id": int(reply_to), "allow_sending_without_reply": True}
