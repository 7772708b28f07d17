"""Somebody asks why: the answer names the message's own words, what they did, and what follows."""

import json
from itertools import pairwise

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from handlers.understanding.explaining import MOST_PIECES, Explanation, explain
from handlers.understanding.judging import Rule
from handlers.understanding.moves import Move
from handlers.understanding.reading import read
from handlers.understanding.site_words import BuildingWords, SiteWords
from handlers.understanding.thresholds import thresholds_for
from storage.vocabulary import Kind, Urgency

SAID = (
    "3栋1202厨房水管漏水，麻烦派人来修 电话13800138000",
    "３棟１２０２廚房水管漏水！！麻煩派人來修",
    "The kitchen tap is leaking at Block 3 #12-02, call 9123 4567 after 6pm",
    "Any news on the lift? still broken",
    "有人知道附近哪家修水管的吗",
    "電梯 又 停 咗 㗎 🙏🙏",
    "3栋着火了快来人",
    "ok",
    "",
    "🙂\n\n",
    "\ud800 漏水",
    "漏水" * 400,
    "the tap leaks " * 80,
)


def words_of(explanation: Explanation) -> list[str]:
    return [pull.words for pull in explanation.pulls]


@pytest.mark.parametrize("text", SAID, ids=lambda text: text[:20])
def test_whatever_is_asked_about_the_pieces_are_the_messages_own_and_never_overlap(text: str) -> None:
    why = explain(text)
    assert why.reading == read(text)
    assert len(why.pulls) <= MOST_PIECES
    assert all(text[pull.start : pull.end] == pull.words for pull in why.pulls)
    in_order = sorted(why.pulls, key=lambda pull: pull.start)
    assert all(one.end <= other.start for one, other in pairwise(in_order))
    assert sum(why.kinds.values()) == pytest.approx(1)
    assert why.rival is not why.reading.kind
    for slot in why.slots:
        assert slot.start is None or text[slot.start : slot.end]


def test_the_words_of_a_leak_are_named_with_what_they_mean() -> None:
    why = explain(SAID[0])
    assert (why.reading.kind, why.move) == (Kind.REPAIR, Move.SPEAK)
    leak = next(pull for pull in why.spoke_for if pull.words == "漏水")
    assert {"fault", "trade plumbing"} <= set(leak.signs)
    told = {slot.name: SAID[0][slot.start : slot.end] for slot in why.slots}
    assert (told["place"], told["unit"], told["phone"]) == ("3栋1202", "1202", "13800138000")


def test_wide_letters_are_shown_as_they_were_written() -> None:
    why = explain(SAID[1])
    assert "３棟１２０２" in words_of(why)
    assert any("漏" in words for words in words_of(why))


def test_a_word_that_spoke_against_is_named_as_such() -> None:
    """Asking around for a plumber is talk, though it names a pipe and asks a question."""
    why = explain("有人知道附近哪家修水管的吗")
    assert why.move is not Move.SPEAK
    if why.reading.kind is Kind.CHATTER:
        assert "水管" in [pull.words for pull in why.spoke_against]


def test_leaving_out_what_spoke_for_it_most_makes_it_less_likely() -> None:
    why = explain(SAID[0])
    strongest = why.spoke_for[0]
    rest = explain(f"{SAID[0][: strongest.start]} {SAID[0][strongest.end :]}")
    assert rest.kinds[why.rival] > why.kinds[why.rival]


def test_a_fire_is_explained_by_the_rule_that_stands_above_all_probabilities() -> None:
    why = explain("3栋着火了快来人")
    assert (why.rule, why.reading.urgency, why.move) == (Rule.EMERGENCY, Urgency.EMERGENCY, Move.SPEAK)
    assert any("urgency emergency" in pull.signs for pull in why.pulls)


def test_buildings_come_back_as_the_site_calls_them_and_stand_where_they_were_written() -> None:
    site = SiteWords((BuildingWords("3号楼", ("T3",)),))
    why = explain("T3 1202 tap leaking", site)
    building = next(slot for slot in why.slots if slot.name == "building")
    assert (building.value, building.start) == ("3号楼", 0)


def test_the_words_that_named_the_trade_and_the_danger_are_the_messages_own() -> None:
    leak = explain(SAID[0])
    assert "漏水" in leak.words_for_trade
    assert leak.words_for_urgency == ()
    assert explain("3栋着火了快来人").words_for_urgency == ("着火",)
    assert any("煙" in words for words in explain("3棟走廊好多煙，快啲嚟人").words_for_urgency)


def test_an_operator_asks_why_about_a_sentence() -> None:
    shown = CliRunner().invoke(main, ["read", "--explain", SAID[0]])
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("repair, plumbing, normal, zh_CN\nso       on its own it opens a ticket at once")
    marks = thresholds_for("zh_CN")
    assert f"speaks from {marks.speak:.2f}, asks from {marks.ask:.2f}" in shown.output
    assert "漏水  (fault, trade plumbing)" in shown.output
    assert "phone 13800138000  (characters" in shown.output


def test_an_operator_reads_one_sentence_without_asking_why() -> None:
    shown = CliRunner().invoke(main, ["read", "3栋1202水管漏水"])
    assert json.loads(shown.output)["unit"] == "1202"
    assert "why" not in json.loads(shown.output)


def test_lines_of_json_say_why_each_and_a_bad_one_is_still_named() -> None:
    given = '{"id": "a", "text": "3栋1202厨房水管漏水"}\n{oops\n{"id": "b", "text": "大家早上好"}\n'
    shown = CliRunner().invoke(main, ["read", "--explain"], input=given)
    assert shown.exit_code == 2
    first, broken, last = map(json.loads, shown.stdout.splitlines())
    assert "error" in broken
    assert first["why"]["pulls"]
    assert (first["why"]["rule"], last["why"]["move"]) == (None, "silent")
    assert first["why"]["kinds"]["repair"] == max(first["why"]["kinds"].values())
