"""What tenants, neighbours and advertisers write, and what the desk makes of it."""

import pytest
from _pytest.mark import ParameterSet

from handlers.understanding.reading import read
from storage.vocabulary import Kind
from tests.handlers.understanding.own_sentences import UNCHECKED, OwnSentence, own_sentences


def _case(sentence: OwnSentence) -> ParameterSet:
    marks = [pytest.mark.xfail(reason="known to be misread", strict=True)] if sentence.is_missed else []
    return pytest.param(sentence, id=sentence.text, marks=marks)


@pytest.mark.parametrize("sentence", [_case(sentence) for sentence in own_sentences()])
def test_a_person_writes_and_the_desk_understands(sentence: OwnSentence) -> None:
    heard = read(sentence.text)
    trade = heard.trade.value if heard.trade else "-"
    assert heard.kind.value == sentence.kind, heard.reasons
    assert {UNCHECKED, trade} & set(sentence.trade.split("/"))
    assert sentence.urgency in {UNCHECKED, heard.urgency.value}


def test_every_kind_is_spoken_for_in_the_sentences() -> None:
    assert {sentence.kind for sentence in own_sentences()} == {kind.value for kind in Kind}


def test_what_is_said_with_full_confidence_is_nearly_always_right() -> None:
    sure = [(read(each.text), each) for each in own_sentences()]
    sure = [(heard, each) for heard, each in sure if heard.confidence >= 0.9]
    right = sum(heard.kind.value == each.kind for heard, each in sure)
    assert len(sure) > 50
    assert right / len(sure) >= 0.95


@pytest.mark.parametrize("text", ["水", "门", "停车", "lift", "电梯那个", "有点问题", "?"])
def test_a_tenant_who_says_next_to_nothing_is_not_answered_with_confidence(text: str) -> None:
    heard = read(text)
    assert heard.kind is Kind.CHATTER or heard.confidence < 0.7
