"""What became of a ticket is kept as names, and read by everybody in their own language."""

import pytest

from handlers.notifications.to_duty.step_words import WORDINGS, step_words
from handlers.steps import Step
from locales import LOCALES, Voice


def test_every_step_that_is_kept_has_its_words() -> None:
    assert [step for step in Step if step not in WORDINGS] == []


@pytest.mark.parametrize("language", [language for language in LOCALES if language.startswith("zh")])
def test_a_chinese_thread_shows_no_english_step(language: str) -> None:
    voice = Voice(language)
    shown = {step: step_words(voice, step) for step in Step}
    assert [words for words in shown.values() if words.isascii()] == []
    assert shown[Step.KEPT] != step_words(Voice("en"), Step.KEPT)
