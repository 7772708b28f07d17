"""Many messages at once, one JSON object a line: the work behind `lobby read`."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from handlers.understanding.reading import read
from handlers.understanding.site_words import SiteWords


def read_lines(source: Iterable[str], site: SiteWords | None = None) -> Iterator[str]:
    """One line out for each line in that is not blank, without line ends.

    In: `{"text": str, "id": any}`. Out: `id, kind, trade, urgency, building, unit, room, phone, visit_time, lang,
    confidence`; `room` is the place as written, `trade` is null for chatter. A line that cannot be read gives
    `{"id": …, "error": …}`, with its number as the id where it has none, and the rest are still read.
    """
    for number, line in enumerate(source, start=1):
        if line.strip():
            yield _as_json(_answer(line, number, site))


def _answer(line: str, number: int, site: SiteWords | None) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": number, "error": f"line {number} is not JSON: {error}"}
    if not isinstance(request, dict):
        return {"id": number, "error": f"line {number} is not a JSON object"}
    identity = request.get("id", number)
    text = request.get("text")
    if not isinstance(text, str):
        return {"id": identity, "error": f'line {number} has no "text" that is a string'}
    heard = read(text, site)
    return {
        "id": identity,
        "kind": heard.kind.value,
        "trade": heard.trade.value if heard.trade else None,
        "urgency": heard.urgency.value,
        "building": heard.place.building,
        "unit": heard.place.unit,
        "room": heard.place.words,
        "phone": heard.phone,
        "visit_time": heard.visit_time,
        "lang": heard.language,
        "confidence": heard.confidence,
    }


def _as_json(answer: dict[str, Any]) -> str:
    """Half a surrogate pair cannot be written as UTF-8: it becomes a question mark."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
