"""Numbers as people write them in a place or a time: 12, 十二, 一二〇二, 两."""

NUMERAL = r"(?:(?<!\d)\d{1,4}|[零〇一二三四五六七八九十百两]{1,4})"
"""A pattern for one number, in digits or in Chinese."""

_DIGITS = {character: str(value) for value, character in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}


def digits_of(numeral: str) -> str:
    """`numeral` in digits: "十二" -> "12", "一二〇二" -> "1202", "02" -> "02". Other text comes back as it is."""
    if not numeral or any(character not in "十百" and character not in _DIGITS for character in numeral):
        return numeral
    if "十" not in numeral and "百" not in numeral:
        return "".join(_DIGITS[character] for character in numeral)
    total = 0
    last = 0
    for character in numeral:
        match character:
            case "百":
                total, last = total + (last or 1) * 100, 0
            case "十":
                total, last = total + (last or 1) * 10, 0
            case _:
                last = int(_DIGITS[character])
    return str(total + last)
