"""parse_mode=HTML, strict enough to refuse what Telegram refuses (tdlib, MessageEntity.cpp). Called by `text.py`."""

import re
from typing import Any

from tests.wire.fake_telegram.refusals import Refused, bad_request
from tests.wire.fake_telegram.utf16 import utf16_length

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[^\s/>]*)(?P<rest>[^>]*)(?P<closed>>?)|&(?P<name>#?\w{1,10});?")
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")


def parse_html(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities; offsets in UTF-16 units. Raises `Refused` with the server's sentence."""
    text, entities = "", []
    opened: list[tuple[str, int, dict[str, str]]] = []
    position = 0
    for token in TOKEN.finditer(markup):
        text += markup[position : token.start()]
        position = token.end()
        at = len(markup[: token.start()].encode())
        if token["name"] is not None:
            text += _character(token[0], token["name"])
        elif not token["closed"]:
            raise _unparsable(f"Unclosed {'end' if token['end'] else 'start'} tag at byte offset {at}")
        elif token["end"]:
            entities += _closed(opened, token["tag"].lower(), utf16_length(text), at)
        else:
            tag = token["tag"].lower()
            attributes = {name: a or b or c for name, a, b, c in ATTRIBUTE.findall(token["rest"])}
            if tag not in TAGS:
                raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
            if tag == "span" and attributes.get("class") != "tg-spoiler":
                raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
            opened.append((tag, utf16_length(text), attributes))
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return text + markup[position:], sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _closed(opened: list[tuple[str, int, dict[str, str]]], tag: str, end: int, at: int) -> list[dict[str, Any]]:
    if not opened:
        raise _unparsable(f"Unexpected end tag at byte offset {at}")
    expected, start, attributes = opened.pop()
    if tag and tag != expected:
        raise _unparsable(f'Unmatched end tag at byte offset {at}, expected "</{expected}>", found "</{tag}>"')
    if end == start:
        return []
    entity: dict[str, Any] = {"type": TAGS[expected], "offset": start, "length": end - start}
    if expected == "a":
        # Without a link Telegram drops the entity silently.
        return [{**entity, "url": attributes["href"]}] if attributes.get("href") else []
    if expected == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    return [entity]


def _character(whole: str, name: str) -> str:
    if name.startswith("#"):
        digits = name[1:]
        try:
            code = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
        except ValueError:
            return whole
        return chr(code) if 0 < code < 0x10FFFF else whole
    return NAMED.get(name, whole)


def _unparsable(why: str) -> Refused:
    return bad_request(f"Can't parse entities: {why}")
