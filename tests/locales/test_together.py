"""Sentences one after another: a space between them in English, none in Chinese."""

import pytest

from handlers.notifications.to_tenant.progress import CallHeard
from locales import LOCALES, Voice


@pytest.mark.parametrize("language", LOCALES)
def test_no_space_strays_into_chinese(language: str) -> None:
    said = CallHeard(1001, None, "112").say(Voice(language)).text
    assert ("。 " in said, ". " in said.partition(":")[2]) == (False, language == "en")
