"""How sure the desk may be, measured on questions it has not been made from: tenants', in three languages."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from handlers.understanding.question_likeness import Listed, nearest_question
from handlers.understanding.question_words import needs_person

HERE = Path(__file__).parent
LISTS = (HERE.parents[1] / "bot" / "demo" / "questions.toml", HERE / "list.toml")
NONE = "-"


@cache
def listed() -> list[Listed]:
    """The demo's four questions and those of a larger office."""
    pages = [tomllib.loads(path.read_text("utf-8")) for path in LISTS]
    return [
        Listed(key, [wording for written in question["wordings"].values() for wording in written])
        for page in pages
        for key, question in page.items()
    ]


def answered(text: str) -> str | None:
    """The key of the question the desk would answer."""
    match = nearest_question(text, listed())
    return match.listed.key if match is not None and match.is_sure else None


def test_what_is_answered_is_right_and_most_that_is_asked_is_answered() -> None:
    lines = (HERE / "asked.tsv").read_text("utf-8").splitlines()
    asked = [line.split("\t") for line in lines if not line.startswith("#")]
    given = [(meant, found) for meant, text in asked if (found := answered(text)) is not None]
    right = sum(meant == found for meant, found in given)
    known = sum(meant != NONE for meant, _ in asked)
    told = f"{len(asked)} asked, {known} of them on the list; {len(given)} answered, {right} of them rightly"
    assert right / len(given) >= 0.97, told
    assert right / known >= 0.85, told


def test_every_wording_of_the_list_is_its_own_question() -> None:
    wrong = [(each.key, wording, answered(wording)) for each in listed() for wording in each.wordings]
    assert [one for one in wrong if one[0] != one[2]] == []


@pytest.mark.parametrize(
    "text",
    [
        "门禁卡坏了怎么补办",
        "管理处今天怎么没人上班",
        "访客停车的道闸又坏了，停哪里",
        "點解訪客泊車仲未得",
        "Where can guests park, the barrier is still broken?",
        "Why is the office closed again?",
    ],
)
def test_what_is_broken_or_said_again_needs_a_person(text: str) -> None:
    assert needs_person(text)
    assert answered(text) is None


def test_a_slip_of_the_finger_is_read_past_and_a_story_is_not() -> None:
    assert answered("how do i get rid of old furnitre") == "bulky_waste"
    assert answered("What are the office hours? " + "I came by with my parcel and my brother. " * 3) is None
