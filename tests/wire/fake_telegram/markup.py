"""What the server accepts as `reply_markup`. Called by the sending and editing methods."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.wire.fake_telegram.refusals import bad_request

BUTTON_KINDS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
)


def checked_markup(markup: Any) -> dict[str, Any] | None:
    """The inline keyboard that stays under the message; None for none and for the other kinds of markup."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if not rows:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    for row in rows:
        for button in row:
            _check(button)
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def buttons_of(markup: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    for row in (markup or {}).get("inline_keyboard", []):
        yield from row


def _check(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request("Can't parse inline keyboard button: Can't find field \"text\"")
    kinds = [kind for kind in BUTTON_KINDS if button.get(kind) not in (None, "")]
    if not kinds:
        raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    # Bytes, not characters: 22 Chinese characters are already too many.
    if "callback_data" in kinds and len(str(button["callback_data"]).encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in kinds:
        _check_url(str(button["url"]))


def _check_url(url: str) -> None:
    """tdlib refuses hosts without a dot, so http://localhost/… works nowhere, and it had better not work here."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme in ("tg", "ton"):
        return
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
