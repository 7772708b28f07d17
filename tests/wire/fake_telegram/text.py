"""Message text as Telegram counts it: UTF-16 lengths, entity ranges, and the entities clients add by themselves.

`methods/sending.py` and `methods/editing.py` check what bots send; `person.py` marks up what people type.
"""

import re
from typing import Any

from tests.wire.fake_telegram.html_mode import parse_html
from tests.wire.fake_telegram.refusals import bad_request
from tests.wire.fake_telegram.utf16 import character_starts, utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

Entities = list[dict[str, Any]]

TYPED = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)"
    r"|(?P<url>https?://[^\s]+)"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{2,31})"
    r"|(?P<hashtag>(?<!\w)#\w+)"
)


def entities_typed(text: str) -> Entities:
    """What a client marks by itself in typed text: commands, mentions, links, hashtags."""
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in TYPED.finditer(text)
    ]


def typed(text: str, field: str = "text") -> dict[str, Any]:
    """A Message's text (or caption) with its entities, both left out when there is nothing to show."""
    marks = "entities" if field == "text" else f"{field}_entities"
    content: dict[str, Any] = {field: text} if text or field == "text" else {}
    found = entities_typed(text)
    return content | ({marks: found} if found else {})


def formatted(text: str, parse_mode: str, entities: Entities | None, limit: int) -> tuple[str, Entities]:
    """What remains of a bot's text after parsing, checking and trimming, as the server would store it."""
    if parse_mode.lower() == "html":
        text, entities = parse_html(text)
    elif parse_mode.lower() not in ("", "none"):
        # Markdown is not modelled: the desk never uses it, and half a parser would accept what Telegram refuses.
        raise bad_request(f"unsupported parse_mode {parse_mode!r} (the fake knows HTML and entities only)")
    marked = _within(text, entities or [])
    text = text.rstrip()
    if not text.strip("\u200b \n\t") and limit == TEXT_LIMIT:
        raise bad_request("Text must be non-empty")
    size = utf16_length(text)
    if size > limit:
        raise bad_request("Message is too long" if limit == TEXT_LIMIT else "Message caption is too long")
    fitted = [{**entity, "length": min(entity["length"], size - entity["offset"])} for entity in marked]
    return text, [entity for entity in fitted if entity["length"] > 0]


def _within(text: str, entities: Entities) -> Entities:
    size = utf16_length(text)
    starts = character_starts(text)
    for entity in entities:
        offset, length = int(entity.get("offset", -1)), int(entity.get("length", -1))
        if offset < 0 or length < 0:
            wrong = "offset" if offset < 0 else "length"
            raise bad_request(f'Receive an entity with incorrect {wrong} {entity.get(wrong)} in the text "{text}"')
        if offset > size:
            raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {offset}")
        if offset + length > size:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {offset} ends after the end of the text "
                f"at UTF-16 offset {offset + length}"
            )
        for edge, verb in ((offset, "begins"), (offset + length, "ends")):
            if edge not in starts:
                where = len(text.encode("utf-16-le", "surrogatepass")[: 2 * edge])
                raise bad_request(f"Entity {verb} in a middle of a UTF-16 symbol at byte offset {where}")
    return [dict(entity) for entity in entities if int(entity["length"])]
