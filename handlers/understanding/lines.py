"""Many messages at once, one JSON object a line: the work behind `lobby read`."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from handlers.understanding.explaining import Explanation, explain
from handlers.understanding.reading import read
from handlers.understanding.site_words import SiteWords


def read_lines(source: Iterable[str], site: SiteWords | None = None, *, explains: bool = False) -> Iterator[str]:
    """One line out for each line in that is not blank, without line ends.

    In: `{"text": str, "id": any}`. Out: `id, kind, trade, urgency, building, unit, room, phone, visit_time, lang,
    confidence`; `room` is the place as written, `trade` is null for chatter. A line that cannot be read gives
    `{"id": …, "error": …}`, with its number as the id where it has none, and the rest are still read.

    With `explains` each answer says `why`, as `why_of` writes it.
    """
    for number, line in enumerate(source, start=1):
        if line.strip():
            yield _as_json(_answer(line, number, site, explains=explains))


def _answer(line: str, number: int, site: SiteWords | None, *, explains: bool) -> dict[str, Any]:
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
    explanation = explain(text, site) if explains else None
    heard = explanation.reading if explanation else read(text, site)
    answer = {
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
    return answer | {"why": why_of(explanation)} if explanation else answer


def why_of(explanation: Explanation) -> dict[str, Any]:
    """`kinds` with their probabilities before any rule, `pulls` of the message's own pieces in log odds against the
    `rival`, the `rule` that stood above, `slots` with where they stand, the thresholds and the `move` that follows.
    """
    return {
        "kinds": {kind.value: round(share, 4) for kind, share in explanation.kinds.items()},
        "rival": explanation.rival.value,
        "pulls": [
            {"words": p.words, "start": p.start, "end": p.end, "strength": p.strength, "signs": list(p.signs)}
            for p in explanation.pulls
        ],
        "rule": explanation.rule.value if explanation.rule else None,
        "slots": [{"name": s.name, "value": s.value, "start": s.start, "end": s.end} for s in explanation.slots],
        "reasons": list(explanation.reading.reasons),
        "speak_from": explanation.speak_from,
        "ask_from": explanation.ask_from,
        "move": explanation.move.value,
    }


def _as_json(answer: dict[str, Any]) -> str:
    """Half a surrogate pair cannot be written as UTF-8: it becomes a question mark."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
