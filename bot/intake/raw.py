"""One update of a batch as an inbox row, whatever it turns out to be."""

import hashlib
import json
from typing import Any

from storage.repositories.inbox import Raw


def raw_of(update: Any) -> Raw:
    """The row: its key is the update id, or a digest of the text when there is none, so that it blocks nothing."""
    body = text_of(update)
    number = update_id(update)
    key = str(number) if number is not None else "sha256:" + hashlib.sha256(body.encode()).hexdigest()
    return Raw(key, body)


def text_of(update: Any) -> str:
    """JSON that PostgreSQL and SQLite both keep: NUL and lone surrogates stay escaped."""
    body = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    return body if _is_utf8(body) else json.dumps(update, separators=(",", ":"))


def update_id(update: Any) -> int | None:
    """The update's number, if it is an update."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _is_utf8(body: str) -> bool:
    try:
        body.encode()
    except UnicodeEncodeError:
        return False
    return True
