"""Pictures are drawn in every language with letters, never with boxes."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image, ImageFont

from bot.pictures import FACES, FONTS, HEIGHT, OTHER_FACE, WIDTH, draw_trend, legend_of
from locales import LOCALES, Voice
from locales.terms import TERMS


@pytest.mark.parametrize("language", LOCALES)
def test_every_letter_of_a_picture_is_in_its_font(language: str) -> None:
    voice = Voice(language)
    words = "".join(
        (*legend_of(voice), *(voice.term(*term) for term in TERMS if term[0] in ("kind", "trade", "group")))
    )
    font = ImageFont.truetype(FONTS / FACES.get(language, OTHER_FACE), 40)
    missing = bytes(font.getmask("\U0010fffd"))
    assert [letter for letter in set(words) - {" "} if bytes(font.getmask(letter)) == missing] == []
    picture = Image.open(BytesIO(draw_trend(voice, date(2026, 10, 1), [0, 3, 12, 7], [0, 1, 9, 11])))
    assert picture.size == (WIDTH, HEIGHT)
    assert len(picture.convert("RGB").getcolors(WIDTH * HEIGHT) or ()) > 20


def test_a_week_of_nothing_is_a_picture_too() -> None:
    assert draw_trend(Voice("en"), date(2026, 10, 1), [0] * 7, [0] * 7).startswith(b"\x89PNG")
