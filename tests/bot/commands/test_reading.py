"""`lobby read` and `lobby score`: lines in, lines out, and one clear line about each that cannot be read."""

import json
from pathlib import Path

from tests.bot.commands.operator import Operator


def test_good_lines_are_answered_around_bad_ones_and_the_exit_code_tells(newcomer: Operator) -> None:
    lines = [
        '{"text": "3栋1202厨房水管漏水", "id": "a"}',
        "the kitchen pipe",
        "",
        '{"id": "d", "text": 7}',
        '["text"]',
        '{"text": "好的谢谢"}',
    ]
    result = newcomer.types("read", told="\n".join(lines))
    assert result.exit_code == 2
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, "d", 5, 6]
    assert answers[0]["kind"] == "repair"
    assert answers[-1]["kind"] == "chatter"
    told = result.stderr.splitlines()
    assert [line.partition("line ")[2][:1] for line in told] == ["2", "4", "5"]
    assert told[0].startswith("lobby read: line 2 is not JSON")
    assert told[1] == 'lobby read: line 4 has no "text" that is a string'


def test_lines_that_can_all_be_read_end_well_and_quietly(newcomer: Operator) -> None:
    result = newcomer.types("read", told='{"text": "电梯坏了"}\n')
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["trade"] == "lift"


def test_a_text_that_talks_of_errors_is_no_error(newcomer: Operator) -> None:
    result = newcomer.types("read", told='{"text": "the door panel says \\"error\\"", "id": "error"}\n')
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_reading_is_measured_on_labelled_lines(newcomer: Operator, tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    rows = [
        {"text": "3栋1202厨房水管漏水", "kind": "repair", "lang": "zh_CN", "trade": "plumbing", "urgent": False},
        {"text": "好的谢谢", "kind": "chatter", "lang": "zh_CN"},
    ]
    file.write_text("\n".join([*map(json.dumps, rows), ""]), encoding="utf-8")
    said = newcomer.gets("score", str(file))
    assert "strict" in said
    assert "kind (strict)" in said
    assert "100.0 %" in said
    file.write_text('{"text": "no kind"}', encoding="utf-8")
    assert "labelled.jsonl, line 1" in newcomer.is_refused("score", str(file))
    file.write_text("\n", encoding="utf-8")
    assert "holds no messages" in newcomer.is_refused("score", str(file))


def test_a_table_with_commas_is_met_with_what_would_do(newcomer: Operator, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("text,kind\nleak,repair\n", encoding="utf-8")
    said = newcomer.is_refused("score", "labels.csv")
    assert "line 1 is no JSON: give one JSON object a line" in said
    assert "Expecting" not in said


def test_nothing_is_not_explained(newcomer: Operator) -> None:
    assert "nothing to read" in newcomer.is_refused("read", "--explain", " ")
