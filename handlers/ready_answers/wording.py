"""What a ready answer says to one tenant: the text in their language, with the few placeholders there are filled in.

The text is data: it is searched for these placeholders and never used as a format.
"""

import re
from collections.abc import Mapping

from handlers.questions.lists import SAME_WRITING
from storage.models import ReadyAnswer

PLACEHOLDERS = ("number", "name")
"""The ticket's number, and whoever of staff sends it."""
_BRACED = re.compile(r"\{([^{}]*)\}")


def unknown_in(text: str) -> list[str]:
    """What stands in braces and means nothing here."""
    return [found for found in _BRACED.findall(text) if found not in PLACEHOLDERS]


def text_in(answer: ReadyAnswer, language: str) -> str | None:
    """The text one reads who reads this language; None where there is none."""
    found = answer.texts.get(language) or answer.texts.get(SAME_WRITING.get(language, ""))
    return str(found) if found else None


def filled(text: str, values: Mapping[str, str]) -> str:
    """Each placeholder once, and nothing within what took its place."""
    return _BRACED.sub(lambda found: values.get(found[1], found[0]), text)
