"""Text at the border."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.text import clean, clean_name, clip, file_name, utf16

FAMILY = "👨\u200d👩\u200d👧"


def test_a_tenants_line_breaks_stay_and_what_databases_refuse_goes() -> None:
    assert clean("a\x00b\ud800\tc\r\nd\re\x1b\x7ff") == "ab\tc\nd\nef"


@given(st.text(alphabet=st.characters()))
def test_whatever_is_said_can_be_stored_once_cleaned(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    cleaned.encode()
    assert clean(cleaned) == cleaned


@given(st.text(max_size=300), st.integers(2, 50))
def test_a_cut_text_fits_and_is_the_beginning_of_what_was_said(text: str, limit: int) -> None:
    cut = clip(clean(text), limit)
    assert utf16(cut) <= limit
    assert cut == clean(text) or clean(text).startswith(cut.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("12345", 5, "12345"),
        ("123456", 5, "1234…"),
        ("🚰🚰🚰", 5, "🚰🚰…"),
        ("ab" + FAMILY + "c", 6, "ab…"),
        ("abe\u0301\u0301f", 5, "ab…"),
        ("a👍🏽bcd", 5, "a…"),
        ("🇨🇳🇯🇵🇩🇪", 8, "🇨🇳…"),
        ("\u1100\u1161\u11a8" * 2 + "x", 6, "\u1100\u1161\u11a8…"),
        ("word   next", 7, "word…"),
        ("e" + "\u0301" * 100, 50, "e" + "\u0301" * 48 + "…"),
    ],
)
def test_no_sign_is_cut_in_two(text: str, limit: int, cut: str) -> None:
    assert clip(text, limit) == cut


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann  Li", "Ann Li"),
        ("Eve\n\u202e\u2066evil\u2029x", "Eve evil x"),
        ("\u200b\u3164", ""),
        ("水" * 100, "水" * 63 + "…"),
        ("Zoë 👩🏽‍🔧", "Zoë 👩🏽‍🔧"),
    ],
)
def test_a_name_stays_in_its_place(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\bill.pdf", "bill.pdf"),
        ('a"b\r\nc.txt', "a_b_c.txt"),
        ("...", ""),
        ("x\u202efdp.exe", "xfdp.exe"),
        ("水" * 100 + ".pdf", "水" * 60 + ".pdf"),
    ],
)
def test_a_files_name_is_only_a_name(name: str, safe: str) -> None:
    assert file_name(name) == safe
