"""A message in the one form it is matched in, and the way back to the words as written.

Half width, lower case, simplified characters, no invisible controls; every character knows where it came from.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from handlers.understanding.scripts import simplified_of

AT_ONCE = 64
"""Messages remembered as they were prepared: as many as one batch of acts hears."""
READ_LIMIT = 2_000
"""Characters read of one message: what a person wants is said long before, and no pattern can run away."""


@dataclass(frozen=True, slots=True)
class NormalForm:
    """`origins[i]` is the index in `original` of the character that `text[i]` came from."""

    original: str
    text: str
    origins: tuple[int, ...]

    def as_written(self, start: int, end: int) -> str:
        """The stretch of the original message that `text[start:end]` came from. `start` < `end`."""
        return self.original[self.origins[start] : self.origins[end - 1] + 1]


class _Forms(dict[str, str]):
    """One character to its normal form, worked out once per character; bounded by the size of Unicode."""

    def __missing__(self, character: str) -> str:
        if character in "\n\t":
            form = character
        elif character in "’‘`":
            form = "'"
        elif unicodedata.category(character) in {"Cf", "Cc", "Cs", "Co", "Mn", "Sk"}:
            form = ""
        else:
            folded = unicodedata.normalize("NFKC", character).casefold()
            form = "".join(simplified_of(part) for part in folded)
        self[character] = form
        return form


_FORMS = _Forms()


@lru_cache(maxsize=AT_ONCE)
def normal_form(text: str) -> NormalForm:
    """Read at most `READ_LIMIT` characters of `text`; never fails, whatever is in it."""
    forms = [_FORMS[character] for character in text[:READ_LIMIT]]
    whole = "".join(forms)
    if len(whole) == len(forms) and "" not in forms:  # nearly always: each character is one in its normal form too
        return NormalForm(text, whole, tuple(range(len(forms))))
    origins = (index for index, form in enumerate(forms) for _ in form)
    return NormalForm(text, whole, tuple(origins))
