"""One message as every judge of this room sees it: its normal form, its tokens, the phrases found in it, its place."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from handlers.understanding.marks import Marks, marks_of
from handlers.understanding.normal_form import AT_ONCE, NormalForm, normal_form
from handlers.understanding.phones import Phone, phones_in
from handlers.understanding.places import place_of
from handlers.understanding.site_buildings import site_buildings
from handlers.understanding.site_words import SiteWords
from handlers.understanding.tokens import Token, tokens_of
from handlers.understanding.understanding import Place


@dataclass(eq=False)
class Message:
    """What was written, ready to be judged. Not frozen, which would make the making of it five times as slow."""

    form: NormalForm
    tokens: tuple[Token, ...]
    marks: Marks
    phones: tuple[Phone, ...]
    sought: NormalForm
    """The form without phone numbers, where places are sought."""
    site: SiteWords | None

    @cached_property
    def place(self) -> Place:
        """Where it speaks of; most judges never ask."""
        return place_of(self.sought, site_buildings(self.site))


def message_of(text: str, site: SiteWords | None) -> Message:
    """Prepare a text as it came in; never fails, whatever is in it.

    Judges of the same words come one after the other, with the site and without: the work for both is done once.
    """
    ready = _ready(text)
    return Message(ready.form, ready.tokens, ready.marks, ready.phones, ready.sought, site)


@dataclass(frozen=True, slots=True)
class _Ready:
    """All of a message that is the same at every site. Places are sought in `sought`, where no phone number stands."""

    form: NormalForm
    tokens: tuple[Token, ...]
    marks: Marks
    phones: tuple[Phone, ...]
    sought: NormalForm


@lru_cache(maxsize=AT_ONCE)
def _ready(text: str) -> _Ready:
    form = normal_form(text)
    tokens = tuple(tokens_of(form.text))
    phones = tuple(phones_in(form))
    return _Ready(form, tokens, marks_of(tokens), phones, _without(phones, form))


def _without(phones: tuple[Phone, ...], form: NormalForm) -> NormalForm:
    """The form with signs in place of phone numbers, so that no piece of one is taken for a flat."""
    text = form.text
    for phone in phones:
        text = text[: phone.start] + ";" * (phone.end - phone.start) + text[phone.end :]
    return NormalForm(form.original, text, form.origins)
