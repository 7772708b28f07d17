"""An operator fills a spreadsheet, imports it, and reads what is wrong row by row."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.sheets import read_sheets, write_sheets
from tests.bot.commands.operator import Operator

MEMBERS = (
    ("姓名 Name", "组别 Group", "职务 Role", "电话 Phone"),
    ("李明", "工程组", "", "13800000001"),
    ("王强", "engineering", "组长", ""),
    ("=HYPERLINK(1)", "護衛組", "member", ""),
    ("秦主任", "", "客户主任", ""),
)
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
SHIFTS = (
    ("姓名", "日子", "从", "到"),
    ("李明", "工作日", "8:00", "18:00"),
    ("王强", "每天", "22:00", "6:00"),
    ("李明", "2026-10-01", "00:00", "24:00"),
)


@pytest.fixture
def desk(newcomer: Operator) -> Operator:
    """A site with nobody on its roster."""
    newcomer.gets("site", "add", "Garden")
    return newcomer


def test_a_roster_goes_in_and_comes_out_again(desk: Operator, tmp_path: Path) -> None:
    write_sheets(tmp_path / "in.xlsx", {"人员": MEMBERS, "班次": SHIFTS})
    assert "4 members and 3 shifts" in desk.gets("roster", "import", "in.xlsx")
    shown = desk.gets("roster", "show")
    assert "22:00-06:00 王强" in shown
    assert "王强  engineering lead" in shown

    desk.gets("roster", "template", "out.xlsx")
    out = read_sheets(tmp_path / "out.xlsx")
    assert out["人员 Members"][3].cells[0] == "=HYPERLINK(1)"  # a name, and no formula of anybody's
    assert out["班次 Shifts"][3].cells[:4] == ("李明", "2026-10-01", "00:00", "24:00")
    assert "4 members and 3 shifts" in desk.gets("roster", "import", "out.xlsx")


def test_every_error_is_told_with_its_row_and_nothing_is_half_imported(desk: Operator, tmp_path: Path) -> None:
    write_sheets(tmp_path / "good.xlsx", {"Members": MEMBERS})
    desk.gets("roster", "import", "good.xlsx")
    wrong = {
        "Members": (*MEMBERS, ("李 明", "工程组", "", ""), ("Zhao", "kitchen", "", ""), ("Sun", "", "", "")),
        "Shifts": (
            *SHIFTS,
            ("Nobody", "daily", "8:00", "9:00"),
            ("李明", "someday", "8:00", "9:00"),
            ("李明", "daily", "25:00", ""),
        ),
    }
    write_sheets(tmp_path / "wrong.xlsx", wrong)
    said = desk.is_refused("roster", "import", "wrong.xlsx")
    for words in (
        "Members, row 6: 李 明 is there already",
        "Members, row 7: group 'kitchen' cannot be read",
        "Members, row 8: Sun is in no group",
        "Shifts, row 5: Nobody is not on the sheet of members",
        "Shifts, row 6: days 'someday' cannot be read",
        "Shifts, row 7: start '25:00' cannot be read",
        "nothing was changed",
    ):
        assert words in said
    assert "-" not in desk.gets("roster", "show").splitlines()[-1]  # no shift came in with the good rows


def test_a_sheet_without_anybody_empties_no_roster_unless_that_is_meant(desk: Operator, tmp_path: Path) -> None:
    desk.gets("roster", "template", "unfilled.xlsx")
    assert "0 members" in desk.gets("roster", "import", "unfilled.xlsx")
    write_sheets(tmp_path / "in.xlsx", {"人员": MEMBERS, "班次": SHIFTS})
    desk.gets("roster", "import", "in.xlsx")
    assert "4 members would leave" in desk.is_refused("roster", "import", "unfilled.xlsx")
    assert "王强" in desk.gets("roster", "show")
    assert "0 members" in desk.gets("roster", "import", "unfilled.xlsx", "--yes")


def test_a_part_without_a_sheet_stays_and_is_named_and_an_empty_sheet_clears_its_part(
    desk: Operator, tmp_path: Path
) -> None:
    away = (("姓名", "日期", "替班"), ("王强", f"{TODAY:%Y-%m-%d}", "李明"))
    write_sheets(tmp_path / "in.xlsx", {"人员": MEMBERS, "班次": SHIFTS, "请假": away})
    assert "no such sheet" not in desk.gets("roster", "import", "in.xlsx")
    write_sheets(tmp_path / "next.xlsx", {"人员": MEMBERS, "班次": SHIFTS})
    said = desk.gets("roster", "import", "next.xlsx")
    assert "As it was, for next.xlsx has no such sheet: 请假替班 Absences\n" in said
    assert "李明 (for 王强)" in desk.gets("roster", "show")
    write_sheets(tmp_path / "cleared.xlsx", {"人员": MEMBERS, "班次": SHIFTS, "请假": away[:1]})
    assert "no such sheet" not in desk.gets("roster", "import", "cleared.xlsx")
    assert "(for" not in desk.gets("roster", "show")


def test_who_is_not_in_the_next_sheet_has_left(desk: Operator, tmp_path: Path) -> None:
    write_sheets(tmp_path / "in.xlsx", {"人员": MEMBERS, "班次": SHIFTS})
    desk.gets("roster", "import", "in.xlsx")
    write_sheets(tmp_path / "next.xlsx", {"人员": MEMBERS[:2] + MEMBERS[3:], "班次": SHIFTS[:2]})
    assert "No longer on it: 王强" in desk.gets("roster", "import", "next.xlsx")
    assert "王强" not in desk.gets("roster", "show")
    write_sheets(tmp_path / "back.xlsx", {"人员": MEMBERS, "班次": SHIFTS})
    desk.gets("roster", "import", "back.xlsx")
    assert "王强  engineering lead" in desk.gets("roster", "show")


def test_what_is_no_roster_is_refused(desk: Operator, tmp_path: Path) -> None:
    Path(tmp_path / "notes.xlsx").write_text("Li works on Monday")
    assert "no XLSX file" in desk.is_refused("roster", "import", "notes.xlsx")
    assert "there is no other.xlsx" in desk.is_refused("roster", "import", "other.xlsx")
    write_sheets(tmp_path / "empty.xlsx", {"Sheet1": ()})
    assert "no sheet Members" in desk.is_refused("roster", "import", "empty.xlsx")
    write_sheets(tmp_path / "columns.xlsx", {"Members": (("Who",), ("Li",))})
    assert "no column 姓名 Name" in desk.is_refused("roster", "import", "columns.xlsx")


def test_a_template_that_cannot_be_written_or_read_again_is_refused(desk: Operator) -> None:
    assert "cannot write" in desk.is_refused("roster", "template", "nowhere/roster.xlsx")
    assert "end in .xlsx" in desk.is_refused("roster", "template", "roster")


def test_a_code_is_for_somebody_on_the_roster(desk: Operator, tmp_path: Path) -> None:
    assert "not on the roster" in desk.is_refused("roster", "code", "李明")
    write_sheets(tmp_path / "in.xlsx", {"人员": MEMBERS})
    desk.gets("roster", "import", "in.xlsx")
    assert "/iam " in desk.gets("roster", "code", "李明")


def test_check_misses_the_holidays_of_a_year_nobody_has_decreed(desk: Operator, tmp_path: Path) -> None:
    def check() -> str:
        return desk.types("check").output

    late = TODAY.year + 50
    write_sheets(tmp_path / "in.xlsx", {"人员": MEMBERS, "班次": SHIFTS})
    desk.gets("roster", "import", "in.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("handlers.working_time.public_days.PublicDays.is_known", lambda self, year: year > late)
        assert f"The public holidays of {TODAY.year} are not known yet for Garden" in check()
        desk.gets("roster", "import", _weekly(tmp_path))
        assert "public holidays" not in check()


def _weekly(folder: Path) -> str:
    write_sheets(folder / "weekly.xlsx", {"人员": MEMBERS, "班次": (SHIFTS[0], SHIFTS[2])})
    return "weekly.xlsx"


def test_a_site_added_by_mistake_goes_with_its_roster(desk: Operator, tmp_path: Path) -> None:
    write_sheets(tmp_path / "in.xlsx", {"人员": MEMBERS, "班次": SHIFTS})
    desk.gets("roster", "import", "in.xlsx")
    assert "removed" in desk.gets("site", "remove", "Garden")


def test_how_tickets_are_offered_is_set_and_shown(desk: Operator) -> None:
    assert "normal     remind 30m, next on duty 45m, lead 1h, client director 1h30m" in desk.gets("roster", "ladder")
    lead = ("roster", "ladder", "--rung", "lead", "--urgency", "normal")
    assert "remind 30m, lead 40m, next on duty 45m" in desk.gets(*lead, "--after", "40m")
    assert "normal     remind 30m, next on duty 45m, client director 1h30m" in desk.gets(*lead, "--never")
    assert "say when" in desk.is_refused(*lead)
    assert "which rung" in desk.is_refused("roster", "ladder", "--after", "5m")
    assert "round robin" in desk.gets("roster", "mode", "engineering", "round_robin")
    assert "offered so: all" in desk.gets("roster", "mode", "engineering", "all")


def test_working_hours_change_what_is_promised_and_the_operator_is_told(desk: Operator, tmp_path: Path) -> None:
    hours = (("组别", "日子", "从", "到"), ("工程部", "工作日", "9:00", "24:00"))
    write_sheets(tmp_path / "in.xlsx", {"人员": MEMBERS, "班次": SHIFTS, "工作时间": hours})
    assert "lobby promise list" in desk.gets("roster", "import", "in.xlsx")
