"""The desk answers in the language it was spoken to."""

import pytest

from handlers.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("电梯又坏了", "zh_CN"),
        ("電梯又壞了", "zh_TW"),
        ("部𨋢又壞咗", "zh_TW"),
        ("冇水", "zh_TW"),
        ("漏水", "zh_CN"),
        ("lift is broken", "en"),
        ("我间房的 light switch 坏了, block A 1201", "zh_CN"),
        ("Hi the lift in 3栋 is not working please help", "en"),
        ("👍", "en"),
    ],
)
def test_a_tenant_is_answered_in_her_own_language(text: str, language: str) -> None:
    assert read(text).language == language
