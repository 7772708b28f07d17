"""The phrase files: every mark means something to a judge, and every language can speak of every kind and trade."""

import pytest

from handlers.understanding.cues import CUE_NAMES
from handlers.understanding.phrasebook import Phrasebook, phrasebook
from handlers.understanding.understanding import Sense
from storage.vocabulary import Trade


def marks() -> set[str]:
    book = phrasebook()
    return {phrase.mark for index in (book.by_word, book.by_stem) for found in index.values() for phrase in found}


def test_every_cue_of_the_phrase_files_is_weighed() -> None:
    cues = {mark.removeprefix("cues.") for mark in marks() if mark.startswith("cues.")}
    assert cues == set(CUE_NAMES) - {"thing", "danger"}


def test_every_trade_and_every_sense_has_phrases() -> None:
    assert {mark.split(".")[1] for mark in marks() if mark.startswith("trades.")} == {trade.value for trade in Trade}
    senses = {mark.removeprefix("senses.") for mark in marks() if mark.startswith("senses.")}
    assert senses == {sense.value for sense in Sense} - {"new"}


def test_a_phrase_without_words_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"cues\.fault"):
        Phrasebook().add("…", "cues.fault")
