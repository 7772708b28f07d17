"""A file of messages goes in and a file of readings comes out, line by line."""

import json
from typing import Any

from handlers.understanding.lines import read_lines
from handlers.understanding.site_words import BuildingWords, SiteWords


def answers(*lines: str, site: SiteWords | None = None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read_lines(lines, site)]


def test_each_message_is_answered_under_its_own_id() -> None:
    first, second = answers(
        '{"id": "a1", "text": "3栋1202厨房水管漏水 电话13800138000 明早九点后在家"}\n',
        '{"id": 2, "text": "大家早上好"}\n',
    )
    assert first == {
        "id": "a1",
        "kind": "repair",
        "trade": "plumbing",
        "urgency": "normal",
        "building": "3栋",
        "unit": "1202",
        "room": "3栋1202",
        "phone": "13800138000",
        "visit_time": "明早九点后",
        "lang": "zh_CN",
        "confidence": first["confidence"],
    }
    assert (second["id"], second["kind"], second["trade"]) == (2, "chatter", None)


def test_a_bad_line_is_named_and_the_rest_are_read() -> None:
    broken, bare, textless, good = answers(
        "{oops\n", "[1]\n", '{"id": 7, "text": null}\n', "\n", '{"text": "电梯坏了"}\n'
    )
    assert broken["id"] == 1
    assert "not JSON" in broken["error"]
    assert "not a JSON object" in bare["error"]
    assert (textless["id"], '"text"' in textless["error"]) == (7, True)
    assert (good["id"], good["kind"]) == (5, "repair")


def test_chinese_stays_readable_and_half_a_surrogate_can_be_written() -> None:
    line = next(read_lines(['{"text": "3栋\\ud8001202漏水"}']))
    assert "3栋" in line
    line.encode("utf-8")


def test_buildings_come_back_as_the_site_calls_them() -> None:
    site = SiteWords((BuildingWords("3号楼", ("T3",)),))
    (answer,) = answers('{"text": "T3 1202 tap leaking"}', site=site)
    assert (answer["building"], answer["unit"]) == ("3号楼", "1202")
