"""Telegram measures text in UTF-16 units: an emoji is two of them. Used by `text.py` and `html_mode.py`."""


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def utf16_cut(text: str, offset: int, length: int) -> str:
    """The part of `text` an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def character_starts(text: str) -> set[int]:
    """The only offsets at which an entity may begin or end."""
    position, starts = 0, {0}
    for character in text:
        position += utf16_length(character)
        starts.add(position)
    return starts
