"""An operator keeps the question list in a spreadsheet, and finds in past inquiries what is missing on it."""

from datetime import timedelta
from pathlib import Path

from bot.sheets import read_sheets, write_sheets
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Audience, CloseReason, EntryKind, Kind, Side, TicketState
from tests.bot.commands.operator import Operator
from tests.storage.cast import arrive

HEADINGS = ("名称", "简体问法", "简体回答", "英文问法", "英文回答", "负责人 Owner", "复核日期", "仅私聊")
HOURS = (
    "上班时间",
    "物业几点上班\n管理处周末开门吗",
    "8:30–18:00",
    "What are the office hours?",
    "8:30 to 18:00",
    "周敏",
    "2020-01-01",
    "",
)
PARKING = ("访客停车", "访客停车怎么收费\n访客道闸坏了怎么办", "前 2 小时免费", "", "", "", "", "是")


def put(path: Path, *rows: tuple[str, ...]) -> None:
    write_sheets(path, {"常见问题": (HEADINGS, *rows)})


def test_a_list_goes_in_and_out_and_says_what_is_due_and_what_needs_a_person(
    newcomer: Operator, tmp_path: Path
) -> None:
    newcomer.gets("site", "add", "Garden")
    assert "No questions yet" in newcomer.gets("questions", "list")
    put(tmp_path / "in.xlsx", HOURS, PARKING)
    said = newcomer.gets("questions", "import", "in.xlsx")
    assert "2 questions on the list" in said
    assert "a person is still needed: 访客道闸坏了怎么办 (访客停车)" in said
    shown = newcomer.gets("questions", "list")
    assert "上班时间  answered 0 (yes 0, no 0)  owner 周敏  review 2020-01-01 - due" in shown
    assert "look over at Garden: 上班时间" in newcomer.types("check").stdout

    newcomer.gets("questions", "template", "out.xlsx")
    rows = read_sheets(tmp_path / "out.xlsx")["常见问题 Questions"]
    assert rows[1].cells[1] == "物业几点上班\n管理处周末开门吗"
    newcomer.gets("questions", "import", "out.xlsx")
    put(tmp_path / "one.xlsx", HOURS)
    assert "No longer on it: 访客停车" in newcomer.gets("questions", "import", "one.xlsx")


def test_with_one_error_nothing_is_changed(newcomer: Operator, tmp_path: Path) -> None:
    newcomer.gets("site", "add", "Garden")
    put(tmp_path / "good.xlsx", HOURS)
    newcomer.gets("questions", "import", "good.xlsx")
    put(tmp_path / "bad.xlsx", PARKING, PARKING, ("", "", "", "", "", "", "someday", ""), ("x", "y", "z" * 601))
    said = newcomer.is_refused("questions", "import", "bad.xlsx")
    for wrong in (
        "row 3: 访客停车 is there already",
        "row 4: it has no name",
        "row 4: nobody says how it is asked",
        "row 4: the day 'someday'",
        "row 5: an answer has at most 600",
    ):
        assert wrong in said
    put(tmp_path / "empty.xlsx")
    assert "--yes" in newcomer.is_refused("questions", "import", "empty.xlsx")
    assert "上班时间" in newcomer.gets("questions", "list")


def asked_and_answered(unit: UnitOfWork) -> None:
    cast = arrive(unit)
    asked = (
        ("请问健身房几点开门", "7 点到 22 点，找王强 13800001234"),
        ("健身房开放时间是几点", "7 点到 22 点"),
        ("快递柜在哪里", "东门"),
    )
    for number, (words, answer) in enumerate(asked, 1001):
        ticket = unit.tickets.add(cast.ticket(number, unit.now))
        ticket.kind, ticket.words, ticket.language = Kind.INQUIRY, words, "zh_CN"
        ticket.state, ticket.close_reason = TicketState.CLOSED, CloseReason.ANSWERED
        ticket.closed_at = unit.now + timedelta(minutes=number)
        unit.tickets.add_entry(ticket.id, unit.now, EntryKind.REPLY, Side.STAFF, Audience.REPORTER, answer)


def test_what_was_asked_again_and_again_is_suggested_without_rooms_and_phones(
    operator: Operator, tmp_path: Path
) -> None:
    operator.acts(asked_and_answered)
    said = operator.gets("questions", "suggest", "--to", "more.xlsx")
    assert "2×  健身房开放时间是几点 / 请问健身房几点开门" in said
    assert "快递柜" not in said
    assert "1380000" not in operator.gets("questions", "suggest", "--least", "1")
    assert "1 question on the list" in operator.gets("questions", "import", "more.xlsx")
    assert "Nothing yet" in operator.gets("questions", "suggest")
