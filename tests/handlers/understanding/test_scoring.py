"""The measure itself is measured: a handful of messages whose figures can be counted on fingers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from handlers.understanding.labels import labels_in_lines, labels_in_table
from handlers.understanding.scoring import Labelled, score
from handlers.understanding.understanding import Place, Understanding
from storage.vocabulary import Kind, Trade, Urgency


def said(
    kind: Kind,
    trade: Trade | None = None,
    urgency: Urgency = Urgency.NORMAL,
    words: str | None = None,
    phone: str | None = None,
    confidence: float = 0.95,
) -> Understanding:
    return Understanding(kind, trade, urgency, Place(words=words), phone, None, "en", confidence)


ROWS = [
    Labelled("tap", "repair", "en", trade="plumbing", is_urgent=True, unit="3棟 1202室", phone="13800000000"),
    Labelled("guard", "complaint", "en", other_kinds=("inquiry",), trade="staff", is_urgent=False),
    Labelled("key", "inquiry", "zh", trade="other"),
    Labelled("ad", "chatter", "zh", is_urgent=False),
    Labelled("joke", "chatter", "zh"),
]
ANSWERS = {
    "tap": said(Kind.REPAIR, Trade.PLUMBING, Urgency.URGENT, "３栋1202", "13800000000"),
    "guard": said(Kind.INQUIRY, Trade.SECURITY),
    "key": said(Kind.SERVICE, Trade.OTHER),
    "ad": said(Kind.REPAIR, Trade.PLUMBING, Urgency.URGENT, confidence=0.4),
    "joke": said(Kind.CHATTER),
}


def test_figures_counted_by_hand() -> None:
    result = score(ROWS, ANSWERS.__getitem__)
    assert (result.strict.right, result.lenient.right) == (pytest.approx(0.6), pytest.approx(0.8))
    assert result.strict.chatter_answered == pytest.approx(0.5)
    assert result.strict.requests_missed == 0
    assert result.confusion["chatter", "repair"] == 1
    assert result.strict.per_kind["repair"] == (0.5, 1.0, pytest.approx(2 / 3), 1)
    assert result.trade == pytest.approx(2 / 3)
    assert (result.unit, result.phone) == (1, 1)
    assert (result.urgent_recall, result.urgent_precision) == (1, 0.5)
    assert result.calibration[-1] == (0.95, 4, 0.75)
    assert result.by_language["en"].requests_missed == 0


def test_a_service_is_right_where_a_repair_or_a_question_was_meant() -> None:
    rows = [Labelled("a", "repair", trade="other"), Labelled("b", "praise", trade="staff")]
    result = score(rows, lambda _: said(Kind.SERVICE, Trade.OTHER))
    assert result.confusion == {("repair", "repair"): 1, ("praise", "inquiry"): 1}


def test_an_operator_scores_a_file_and_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    rows = [
        {"text": "厨房水管漏水 3栋1202 麻烦派人", "lang": "zh-Hans", "kind": "repair", "trade": "plumbing"},
        {"text": "good morning everyone", "lang": "en", "kind": "chatter", "trade": None, "urgent": False},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    shown = CliRunner().invoke(main, ["score", str(file)])
    assert shown.exit_code == 0, shown.output
    assert "chatter answered" in shown.output
    file.write_text('{"text": "x", "kind": "wish"}\n', encoding="utf-8")
    refused = CliRunner().invoke(main, ["score", str(file)])
    assert refused.exit_code == 1
    assert "line 1" in refused.output


def test_macro_f1_is_the_mean_over_the_kinds_there_are_and_those_wrongly_answered() -> None:
    """Counted by hand. Strict: repair 2 right of 3 meant and 3 said, so 2/3; inquiry 1 right of 1 meant and 2 said,
    so 2/3; chatter 1 right of 2 meant and 1 said, so 2/3; praise never meant and said once, so 0. Mean: 1/2.
    """
    meant = ("repair", "repair", "repair", "inquiry", "chatter", "chatter")
    answered = ("repair", "repair", "inquiry", "inquiry", "repair", "chatter")
    readings = {str(place): said(Kind(kind)) for place, kind in enumerate(answered)}
    rows = [Labelled(str(place), kind) for place, kind in enumerate(meant)]
    assert score(rows, readings.__getitem__).strict.f1 == pytest.approx((2 / 3 + 2 / 3 + 2 / 3) / 3)
    rows.append(Labelled("thanked", "chatter"))
    readings["thanked"] = said(Kind.PRAISE)
    result = score(rows, readings.__getitem__)
    assert result.strict.f1 == pytest.approx((2 / 3 + 2 / 3 + 2 * 1 / (3 + 1) + 0) / 4)
    assert sum(result.confusion.values()) == len(rows)


def test_a_defensible_second_kind_counts_only_leniently() -> None:
    rows = [Labelled("a", "complaint", other_kinds=("repair",)), Labelled("b", "repair")]
    result = score(rows, lambda _: said(Kind.REPAIR))
    assert (result.strict.right, result.lenient.right) == (0.5, 1.0)
    assert (result.strict.f1, result.lenient.f1) == (pytest.approx((2 / 3 + 0) / 2), 1.0)


TABLE = (
    "# Columns, tab separated.\n"
    "zh-Hans\trepair\tplumbing\t0\t3栋1202\t13800138000\t厨房水管漏水 3栋1202 麻烦派人 电话13800138000\r\n"
    "\n"
    "en\tcomplaint/inquiry\tstaff\t0\tthe lobby\t-\tWhy is nobody at the desk?\u2028Again.\n"
    "yue\tchatter\t-\t0\t-\t-\t早晨呀各位街坊\n"
)


def test_a_table_is_read_with_its_remarks_and_second_kinds() -> None:
    tap, desk, talk = labels_in_table("\ufeff" + TABLE)
    assert (tap.kind, tap.trade, tap.phone, tap.is_urgent) == ("repair", "plumbing", "13800138000", False)
    assert (desk.kind, desk.other_kinds, desk.trade) == ("complaint", ("inquiry",), "staff")
    assert desk.text.endswith("\u2028Again.")
    assert (talk.language, talk.kind, talk.trade, talk.phone) == ("yue", "chatter", None, None)


def test_a_unit_is_measured_only_where_the_line_says_that_its_room_is_one() -> None:
    assert [row.unit for row in labels_in_table(TABLE)] == [None, None, None]
    flat = {"text": "leak in 1202", "kind": "repair", "room": "1202"}
    kinds = ("unit", "area", None)
    lines = "\n".join(json.dumps(flat | {"room_kind": kind}) for kind in kinds)
    assert [row.unit for row in labels_in_lines(lines)] == ["1202", None, None]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("en\trepair\tthe tap leaks", "line 1: 3 columns in place of 7: language, kind"),
        ("en\twish\t-\t0\t-\t-\tmore trees", "line 1: 'wish' is no kind; use one of repair"),
        ("en\trepair\t-\tno\t-\t-\tthe tap leaks", "line 1: urgent is 'no'; write 0 or 1"),
    ],
)
def test_a_bad_line_of_a_table_says_what_is_wrong(tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "own.tsv"
    file.write_text(line + "\n", encoding="utf-8")
    refused = CliRunner().invoke(main, ["score", str(file)])
    assert refused.exit_code == 1
    assert f"own.tsv, {why}" in refused.output


def test_an_operator_scores_the_unseen_messages_and_the_tables_add_up() -> None:
    file = Path(__file__).parents[3] / "training" / "unseen.tsv"
    shown = CliRunner().invoke(main, ["score", str(file)])
    assert shown.exit_code == 0, shown.output
    messages = sum(1 for line in file.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#"))
    lines = [line.split() for line in shown.output.splitlines()]
    table = next(place for place, line in enumerate(lines) if line[:3] == ["label,", "then", "answer"])
    assert sum(int(cell) for line in lines[table + 1 : table + 7] for cell in line[1:]) == messages
    assert ["unit", "right", "no", "labels", "in", "this", "file"] in lines


def test_a_file_in_another_encoding_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_bytes("zh\trepair\t-\t0\t-\t-\t水管漏水".encode("gb18030"))
    refused = CliRunner().invoke(main, ["score", str(file)])
    assert refused.exit_code == 1
    assert "save it as UTF-8" in refused.output


def test_a_file_with_kinds_alone_says_plainly_what_it_has_no_labels_for(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text('{"text": "the tap in 1202 leaks", "kind": "repair"}\n{"text": "hi", "kind": "chatter"}\n', "utf-8")
    said = CliRunner().invoke(main, ["score", str(file)]).output
    assert "trade right           no labels in this file" in said
    assert "praise                         0  no such label" in said
    assert "?" not in said
