"""People's words inside ours."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from handlers.notifications.quoting import NAME_LENGTH, QUOTE_LENGTH, name, quote


@given(st.text())
def test_a_quote_is_bounded_and_hides_nothing(words: str) -> None:
    shown = quote(words).replace("@\u2060", "@")
    assert len(shown) <= QUOTE_LENGTH
    assert "\n\n\n" not in shown
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in shown)


@given(st.text())
def test_a_name_is_one_short_line_and_never_empty(shown: str) -> None:
    line = name(shown).replace("@\u2060", "@")
    assert line
    assert "\n" not in line
    assert len(line) <= NAME_LENGTH


def test_what_is_plain_stays_as_it_is() -> None:
    plain = "3栋1202厨房水管漏水 <b>&amp;</b> {number} 100%"
    assert quote(plain) == plain
