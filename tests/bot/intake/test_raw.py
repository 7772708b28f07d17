"""One update as an inbox row."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.health import IntakeHealth
from bot.intake.raw import raw_of

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(ANY_JSON)
def test_any_json_becomes_sound_text_that_reads_back_the_same(update: Any) -> None:
    raw = raw_of(update)
    raw.body.encode()
    assert "\x00" not in raw.body
    assert json.loads(raw.body) == update


@pytest.mark.parametrize("update", [[], None, {"update_id": "1"}, {"update_id": True}, {"message": {}}])
def test_what_has_no_number_is_known_by_its_text(update: Any) -> None:
    assert raw_of(update).key.startswith("sha256:")
    assert raw_of(update) == raw_of(update)


def test_a_numbered_update_is_known_by_its_number() -> None:
    assert raw_of({"update_id": 2**70}).key == str(2**70)


def test_the_alarm_is_sounded_at_once_and_then_once_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    health = IntakeHealth("rooms", lambda: moment)
    for _ in range(13):
        health.went_wrong("token refused")
        moment += timedelta(seconds=5)
    assert capsys.readouterr().out.count("intake_trouble") == 2
    health.went_well(0)
    assert health.trouble is None


def test_a_gap_longer_than_telegrams_memory_is_not_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    health = IntakeHealth("rooms", lambda: moment)
    health.went_well(1)
    moment += timedelta(hours=25)
    health.went_well(1)
    assert "updates_lost" in capsys.readouterr().out
