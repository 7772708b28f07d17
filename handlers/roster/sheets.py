"""How a roster looks on paper: its sheets, their columns, and the names by which people head them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.roster.words import plain


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet as text, with its number as the spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, under the names it goes by; the first is what the template prints."""

    field: str
    names: tuple[str, ...]
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, under the names it goes by."""

    field: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def is_called(self, title: str) -> bool:
        """Whether a sheet of this title is meant."""
        return plain(title) in {name for each in self.names for name in _names(each)}

    def find_columns(self, heading: Row) -> dict[str, int]:
        """Where each column stands under this heading."""
        known = {name: column.field for column in self.columns for each in column.names for name in _names(each)}
        return {known[plain(cell)]: at for at, cell in enumerate(heading.cells) if plain(cell) in known}


def _names(name: str) -> set[str]:
    """A name, and each of its languages alone."""
    return {plain(name), *map(plain, name.split(" ", 1))}


GROUP = Column("group", ("组别 Group", "班组", "組別", "部门", "部門"))
FROM = Column("start", ("从 From", "上班", "从几点", "從", "開始"), is_needed=True)
TO = Column("end", ("到 To", "下班", "到几点", "結束"), is_needed=True)

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "members",
        ("人员 Members", "人員", "名单"),
        (
            Column("name", ("姓名 Name",), is_needed=True),
            GROUP,
            Column("role", ("职务 Role", "職務", "岗位")),
            Column("phone", ("电话 Phone", "電話", "手机")),
        ),
    ),
    Sheet(
        "shifts",
        ("班次 Shifts", "排班"),
        (
            Column("name", ("姓名 Name",), is_needed=True),
            Column("days", ("日子 Days", "星期", "日期"), is_needed=True),
            FROM,
            TO,
            Column("since", ("自 Since", "开始日期")),
            Column("until", ("至 Until", "结束日期")),
        ),
    ),
    Sheet(
        "absences",
        ("请假替班 Absences", "請假替班", "请假", "例外"),
        (
            Column("name", ("姓名 Name",), is_needed=True),
            Column("day", ("日期 Date",), is_needed=True),
            Column("substitute", ("替班 Substitute", "代班")),
        ),
    ),
    Sheet(
        "hours",
        ("工作时间 Hours", "工作時間"),
        (GROUP, Column("days", ("日子 Days", "星期"), is_needed=True), FROM, TO),
    ),
    Sheet(
        "special_days",
        ("特别日 Special days", "特別日"),
        (
            Column("day", ("日期 Date",), is_needed=True),
            GROUP,
            Column("start", ("从 From", "上班")),
            Column("end", ("到 To", "下班")),
        ),
    ),
)

NOTES: Mapping[str, Sequence[Sequence[str]]] = {
    "说明 Notes": (
        ("表 Sheet", "怎样填 How to fill it"),
        (
            "每张表 Every sheet",
            "导入后以表为准: 表留着不填，那部分清空；删去整张表，那部分照旧 (人员表必须有)。已批准的换班不变。",
        ),
        ("", "What you import replaces what was there. A sheet left empty clears its part; a sheet you delete leaves"),
        ("", "its part as it is (Members is always needed). Swaps that were approved stay."),
        ("人员 Members", "组别: 客服、工程、环境、护卫、行政。职务: 组员、组长、客户主任、管理处主任、品质管理部。"),
        ("", "Group: desk, engineering, environment, security, administration. Role: member, lead, client director,"),
        ("", "office manager, quality. 每人一行，姓名不可重复。One line a person, no name twice."),
        ("班次 Shifts", "日子: 工作日、休息日、每天、周一至周五、1,3,5，或一个日期 2026-10-01。"),
        ("", "Days: workdays, restdays, daily, Mon-Fri, 1,3,5, or one date. 工作日含调休上班日，不含法定节假日。"),
        ("", "跨夜班: 22:00 到 06:00。Across midnight: 22:00 to 06:00. 全天 All day: 00:00 to 24:00."),
        ("请假替班 Absences", "谁哪天不上班，谁替。Who is away on which day, and who stands in."),
        (
            "工作时间 Hours",
            "时限只算这些时间；组别留空即所有组。Only these hours count for promises; no group means all.",
        ),
        ("特别日 Special days", "这天另有时间；从、到留空即不上班。Hours of that day alone; empty means closed."),
    ),
}
"""What the template explains beside its empty sheets; a sheet of this name is not read."""
