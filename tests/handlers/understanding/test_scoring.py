"""The measure itself is measured: a handful of messages whose figures can be counted on fingers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
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
