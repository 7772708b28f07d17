"""One message as every judge of this room sees it: its normal form, its tokens, the phrases found in it, its place."""

from dataclasses import dataclass

from handlers.understanding.marks import Marks, marks_of
from handlers.understanding.normal_form import NormalForm, normal_form
from handlers.understanding.phones import Phone, phones_in
from handlers.understanding.places import place_of
from handlers.understanding.site_buildings import site_buildings
from handlers.understanding.site_words import SiteWords
from handlers.understanding.tokens import Token, tokens_of
from handlers.understanding.understanding import Place


@dataclass(frozen=True, slots=True)
class Message:
    """What was written, ready to be judged."""

    form: NormalForm
    tokens: tuple[Token, ...]
    marks: Marks
    place: Place
    phones: tuple[Phone, ...]


def message_of(text: str, site: SiteWords | None) -> Message:
    """Prepare a text as it came in; never fails, whatever is in it."""
    form = normal_form(text)
    tokens = tokens_of(form.text)
    phones = tuple(phones_in(form))
    place = place_of(_without(phones, form), site_buildings(site))
    return Message(form, tuple(tokens), marks_of(tokens), place, phones)


def _without(phones: tuple[Phone, ...], form: NormalForm) -> NormalForm:
    """The form with signs in place of phone numbers, so that no piece of one is taken for a flat."""
    text = form.text
    for phone in phones:
        text = text[: phone.start] + ";" * (phone.end - phone.start) + text[phone.end :]
    return NormalForm(form.original, text, form.origins)
