"""A letter as WeCom takes it: a card with at most six buttons, or Markdown that holds no markup but ours."""

import re
import unicodedata
from typing import Any

from bot.channels.channel import Letter
from bot.channels.text import clean, clip
from handlers.notifications.speech import Button, Speech

MOST_BUTTONS = 6
LONGEST_TITLE, LONGEST_LINE, LONGEST_TEXT, LONGEST_LABEL = 26, 30, 112, 10
"""What WeCom advises for a card, in Chinese characters; two Latin letters are as wide as one."""
MOST_LINKS = 6
LONGEST_MARKDOWN = 20_000
"""Bytes; WeCom takes 20,480."""
HOME = "https://work.weixin.qq.com"
"""Where a card without buttons leads when it is tapped: it must lead somewhere."""
_MARKUP = str.maketrans({"<": "＜", "[": "［", "]": "］", "`": "｀", "*": "＊", "|": "｜", "\\": "＼"})
_FIRST_SIGNS = re.compile(r"(?m)^(\s*)(#(?=[#\s])|>|-(?=\s)|\+(?=\s)|={3,}$|-{3,}$|~{3,})")
_NUMBERED = re.compile(r"(?m)^.+(?:\n\d{1,2}\. .+)+\Z")
"""A line, and the numbered choices under it, at the end."""
_WIDENED = str.maketrans({"#": "＃", ">": "＞", "-": "－", "+": "＋", "=": "＝", "~": "～"})


def wide(text: str) -> float:
    """How many Chinese characters it is as wide as."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5 for char in text)


def is_card(speech: Speech) -> bool:
    """Whether there is anything to tap."""
    return any(button.url is None for button in _buttons(speech))


def fits(speech: Speech) -> bool:
    """Whether a card shows all of its words; else they are sent above it."""
    _, _, text = _laid_out(speech)
    return wide(text) <= LONGEST_TEXT


def card(letter: Letter, task_id: str) -> dict[str, Any]:
    """The card; what has nothing to tap is a notice, which is all that may take its place."""
    speech = letter.speech
    title, line, text = _laid_out(speech)
    made: dict[str, Any] = {"task_id": task_id, "main_title": {"title": title} | ({"desc": line} if line else {})}
    if text:
        made["sub_title_text"] = _shortened(text)
    links = [button for button in _buttons(speech) if button.url is not None][:MOST_LINKS]
    if links:
        made["horizontal_content_list"] = [
            {"type": 1, "keyname": "🔗", "value": _cut(each.label, LONGEST_TITLE), "url": each.url} for each in links
        ]
    choices = [button for button in _buttons(speech) if button.url is None][:MOST_BUTTONS]
    if not choices:
        url = links[0].url if links else HOME
        return made | {"card_type": "text_notice", "card_action": {"type": 1, "url": url}}
    made["button_list"] = [
        {
            "text": _cut(button.label, LONGEST_LABEL),
            "style": 1 if index == 0 else 2,
            "key": letter.tap_prefix + button.verb,
        }
        for index, button in enumerate(choices)
    ]
    return made | {"card_type": "button_interaction"}


def markdown(speech: Speech, limit: int = LONGEST_MARKDOWN) -> str:
    """The words with the title set off. People's own words can neither link, mention nor shape anything."""
    lines = [f"**{literal(speech.title)}**"] if speech.title else []
    lines += [literal(speech.text)] if speech.text else []
    lines += [f"[{literal(each.label)}]({each.url})" for each in _buttons(speech) if each.url is not None]
    # Two spaces keep a line's end a line's end, however strict the reader.
    whole = "\n".join(lines).replace("\n", "  \n")
    while len(whole.encode()) > limit:
        whole = clip(whole, len(whole) - max(1, (len(whole.encode()) - limit) // 4))
    return whole


def literal(text: str) -> str:
    """The text with every sign that Markdown would read as markup in its wide form."""
    kept = clean(text).translate(_MARKUP)
    return _FIRST_SIGNS.sub(lambda found: found[1] + found[2].translate(_WIDENED), kept)


def _shortened(text: str) -> str:
    """What a card shows of it; choices under their numbers stay, whatever else must go."""
    if wide(text) <= LONGEST_TEXT:
        return text
    found = _NUMBERED.search(text)
    if found is None or wide(found[0]) > LONGEST_TEXT - LONGEST_LINE:
        return _cut(text, LONGEST_TEXT)
    return f"{_cut(text[: found.start()].rstrip(), LONGEST_TEXT - wide(found[0]) - 1)}\n{found[0]}"


def _laid_out(speech: Speech) -> tuple[str, str, str]:
    """Title, the line under it, and the rest; a title too long for its place goes on there."""
    text = clean(speech.text).strip()
    title = clean(speech.title or "").strip()
    if not title:
        title, _, text = text.partition("\n")
    if wide(title) > LONGEST_TITLE:
        head = _cut(title, LONGEST_TITLE)
        rest = title[len(head.removesuffix("…")) :].strip(" ·") if head.endswith("…") else ""
        return head, _cut(rest, LONGEST_LINE), text.strip()
    first, _, rest = text.partition("\n")
    return (title, first.strip(), rest.strip()) if wide(first) <= LONGEST_LINE else (title, "", text)


def _cut(text: str, width: float) -> str:
    if wide(text) <= width:
        return text
    end = next(at for at in range(len(text), 0, -1) if wide(text[:at]) <= width - 1)
    return clip(text, end + 1)


def _buttons(speech: Speech) -> list[Button]:
    return [button for row in speech.buttons for button in row]
