"""An operator keeps ready answers, one by one or in a spreadsheet."""

from pathlib import Path

from bot.sheets import read_sheets, write_sheets
from tests.bot.commands.operator import Operator


def test_answers_are_added_changed_listed_and_go_through_a_spreadsheet(newcomer: Operator, tmp_path: Path) -> None:
    newcomer.gets("site", "add", "Garden")
    assert "No ready answers yet" in newcomer.gets("answers", "list")
    newcomer.gets("answers", "add", "Hours", "--group", "desk", "--en", "We are here till six, no. {number}.")
    newcomer.gets("answers", "add", "hours", "--zh-cn", "六点下班。{name}")
    assert "hours  desk  en, zh_CN  We are here till six" in newcomer.gets("answers", "list")
    assert "{price} means nothing" in newcomer.is_refused("answers", "add", "Fee", "--en", "It is {price}")
    assert "it has no text" in newcomer.is_refused("answers", "add", "Fee")

    newcomer.gets("answers", "template", "out.xlsx")
    rows = read_sheets(tmp_path / "out.xlsx")["快捷回复 Answers"]
    assert rows[1].cells[:3] == ("hours", "desk", "六点下班。{name}")
    newcomer.gets("answers", "import", "out.xlsx")
    heads = rows[0].cells
    bad = [("x", "no such group", "好", "", ""), ("y", "", "{z}", "", ""), ("Y", "", "a", "", "")]
    write_sheets(tmp_path / "bad.xlsx", {"快捷回复": [heads, *bad]})
    said = newcomer.is_refused("answers", "import", "bad.xlsx")
    for wrong in ("row 2: there is no group 'no such group'", "row 3: {z} means nothing", "row 4: Y is there already"):
        assert wrong in said
    write_sheets(tmp_path / "one.xlsx", {"快捷回复": [heads, ("停车", "客服", "两小时免费", "", "")]})
    assert "No longer there: hours" in newcomer.gets("answers", "import", "one.xlsx")
    newcomer.gets("answers", "remove", "停车")
    assert "has no answer called" in newcomer.is_refused("answers", "remove", "停车")
