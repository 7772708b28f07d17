"""What a button carries."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.notifications import NOTIFICATIONS
from handlers.notifications.speech import TAP_BYTES
from handlers.taps import BASE, LONGEST_PREFIX, PRESSES, tap_prefix


@given(st.integers(0, 2**63 - 1))
def test_every_row_is_found_again_by_what_its_button_carries(row_id: int) -> None:
    prefix = tap_prefix(row_id)
    digits = prefix.removesuffix(".")
    assert int(digits, BASE) == row_id
    assert len(digits) <= 13
    assert len(prefix) + 45 <= TAP_BYTES


def test_the_longest_prefix_is_an_id_any_database_takes() -> None:
    assert 10**18 < BASE**LONGEST_PREFIX < 2**63


def test_every_message_with_buttons_has_somebody_who_answers() -> None:
    assert set(PRESSES) <= set(NOTIFICATIONS)
