"""Which script a message is written in, and so which language to answer in. Tables are OpenCC's, read on first use."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff〇]")
"""One Han character of any script."""
_CANTONESE = frozenset("嘅咗唔喺冇嚟啲嘢搵咁噉佢哋咩㗎喇嗰𨋢俾畀乜嘥攞瞓嘈冚閂揸啱咪曱甴")
_TAIWAN_PARTICLES = frozenset("囉")


@cache
def _table(name: str) -> dict[str, tuple[str, ...]]:
    """One OpenCC character table. OpenCC itself is not imported: its data is enough and loads in milliseconds."""
    spec = find_spec("opencc")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opencc-python-reimplemented is not installed", name="opencc")
    lines = (Path(spec.origin).parent / "dictionary" / name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if "\t" in line)
    return {row[0]: tuple(row[1].split()) for row in rows}


@cache
def _telling_characters() -> tuple[frozenset[str], frozenset[str]]:
    """The characters only Traditional writing uses, and those only Simplified writing uses."""
    to_simplified = _table("TSCharacters.txt")
    to_traditional = _table("STCharacters.txt")
    traditional = frozenset(old for old, new in to_simplified.items() if old not in new)
    simplified = frozenset(new for new, old in to_traditional.items() if new not in old)
    return traditional - simplified, simplified - traditional


def simplified_of(character: str) -> str:
    """The simplified form of one character; itself where there is none."""
    return _table("TSCharacters.txt").get(character, (character,))[0]


def traditional_of(character: str) -> str:
    """The commonest traditional form of one character; itself where there is none."""
    return _table("STCharacters.txt").get(character, (character,))[0]


def is_chinese(character: str) -> bool:
    """True for a Han character of any script."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character == "〇"


def tells_script(text: str) -> bool:
    """Whether a Chinese message shows which of the two scripts it is in; 水管漏水 is written alike in both."""
    traditional, simplified = _telling_characters()
    return any(character in traditional or character in simplified for character in text)


def language_of(text: str) -> str:
    """`zh_CN`, `zh_TW` (Traditional and Cantonese) or `en`, by what the message is mostly written in."""
    chinese = len(CHINESE.findall(text))
    if chinese == 0:
        return "en"
    words = sum(1 for word in text.split() if word.isascii() and any(map(str.isalpha, word)))
    if chinese < words:
        return "en"
    traditional, simplified = _telling_characters()
    old = sum(map(traditional.__contains__, text))
    new = sum(map(simplified.__contains__, text))
    if old == new:
        return "zh_TW" if _CANTONESE & set(text) or _TAIWAN_PARTICLES & set(text) else "zh_CN"
    return "zh_TW" if old > new else "zh_CN"
