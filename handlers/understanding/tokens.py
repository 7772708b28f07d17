"""A normal form cut into the pieces phrases are made of: one Han character, one Latin word, one number, one sign."""

import re
from typing import NamedTuple

_HAN = "\u3400-\u9fff〇\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[a-z]+(?:'[a-z]+)*|\d+|(?<=[{_HAN}])[ \t]+(?=[{_HAN}])|\n|\S")

SENTENCE_ENDS = frozenset("。！？!?.;\n…")
PAUSE = " "
"""What stands between two Han characters that were written apart: people use a space for a comma."""


class Token(NamedTuple):
    """One piece and where it stands in the normal form."""

    text: str
    start: int
    end: int


def tokens_of(normal: str) -> list[Token]:
    """Cut a normal form; apostrophes inside a word are dropped, as half the people who type do."""
    return [
        Token(piece if (piece := found[0]).isalnum() else _plain(piece), *found.span())
        for found in _PIECE.finditer(normal)
    ]


def _plain(piece: str) -> str:
    if piece[0] in " \t":
        return PAUSE
    return piece.replace("'", "") or piece
