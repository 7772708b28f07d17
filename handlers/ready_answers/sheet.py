"""Ready answers on paper: one sheet, a row for each, read whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.ready_answers.wording import PLACEHOLDERS, unknown_in
from handlers.roster.one_sheet import read_cells
from handlers.roster.reading import Unreadable
from handlers.roster.sheets import GROUP, Column, Row, Sheet
from handlers.roster.words import plain, read_group
from storage.models import ReadyAnswer, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group

LANGUAGES = ("zh_CN", "zh_TW", "en")
LONGEST_KEY = 30
"""Characters of what stands on a button."""
LONGEST = 600
ANSWERS = Sheet(
    "answers",
    ("快捷回复 Answers", "快捷回覆", "常用回复"),
    (
        Column("key", ("名称 Name", "名稱"), is_needed=True),
        GROUP,
        Column("zh_CN", ("简体 Text-zh-CN", "简体")),
        Column("zh_TW", ("繁體 Text-zh-TW", "繁体")),
        Column("en", ("英文 Text-en",)),
    ),
)
NOTES = {
    "说明 Notes": (
        ("列 Column", "怎样填 How to fill it"),
        ("名称 Name", f"按钮上的字，不超过 {LONGEST_KEY} 字。What stands on the button, {LONGEST_KEY} characters."),
        ("组别 Group", "客服、工程、环境、护卫、行政；留空即所有组。desk, engineering, …; empty means all."),
        ("文字 Text", "住户看到的原话。可用 {number} (工单号) 和 {name} (回复人)。"),
        ("", "What the tenant reads. {number} is the request's number, {name} whoever sends it."),
        ("导入 Import", "导入后以表为准。What you import replaces what was there."),
    )
}
"""What the template explains; a sheet of this name is not read."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One row."""

    key: str
    group: Group | None
    texts: Mapping[str, str]


def read_answers(sheets: Mapping[str, Sequence[Row]]) -> list[AnswerLine]:
    """All of them, or `Unreadable` with what is wrong in every row."""
    title, rows = read_cells(ANSWERS, sheets, "answers")
    errors: list[str] = []
    lines: dict[str, AnswerLine] = {}
    for number, cells in rows:
        key, texts = cells.get("key", ""), {code: cells[code] for code in LANGUAGES if cells.get(code)}
        wrong = wrong_in(key, texts)
        if plain(key) in lines:
            wrong.append(f"{key} is there already")
        try:
            group = read_group(cells["group"]) if cells.get("group") else None
        except ValueError:
            wrong.append(f"there is no group {cells['group']!r}")
        else:
            lines[plain(key)] = AnswerLine(key, group, texts)
        errors += [f"{title}, row {number}: {each}" for each in wrong]
    if errors:
        raise Unreadable(errors)
    return list(lines.values())


def wrong_in(key: str, texts: Mapping[str, str]) -> list[str]:
    """What keeps it from being sent."""
    wrong = [] if key else ["it has no name"]
    if len(key) > LONGEST_KEY:
        wrong.append(f"a name has at most {LONGEST_KEY} characters")
    if not texts:
        wrong.append("it has no text")
    if any(len(text) > LONGEST for text in texts.values()):
        wrong.append(f"a text has at most {LONGEST} characters")
    known = " and ".join(f"{{{each}}}" for each in PLACEHOLDERS)
    unknown = [found for text in texts.values() for found in unknown_in(text)]
    return wrong + [f"{{{found}}} means nothing; there are {known}" for found in unknown]


def as_rows(answers: Sequence[ReadyAnswer]) -> list[Sequence[str]]:
    """The list in the form it is imported in, headings first."""
    return [
        [column.names[0] for column in ANSWERS.columns],
        *([row.key, row.group or "", *(str(row.texts.get(code, "")) for code in LANGUAGES)] for row in answers),
    ]


def put_in_place(unit: UnitOfWork, site: Site, lines: Sequence[AnswerLine], *, is_whole: bool) -> Sequence[str]:
    """Write them down; what the whole list has no more goes. Returns the names of those that went."""
    there = {plain(row.key): row for row in unit.ready_answers.list_all(site.id)}
    for line in lines:
        row = there.pop(plain(line.key), None)
        if row is None:
            answer = ReadyAnswer(site_id=site.id, key=line.key, texts=dict(line.texts), group=line.group)
            unit.ready_answers.add(answer)
        else:
            row.key, row.group, row.texts = line.key, line.group, dict(line.texts)
    gone = list(there.values()) if is_whole else []
    for row in gone:
        unit.ready_answers.remove(row)
    unit.flush()
    return [row.key for row in gone]
