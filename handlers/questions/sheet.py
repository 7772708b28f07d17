"""The question list on paper: one sheet, a row for each question, read whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.roster.one_sheet import read_cells
from handlers.roster.reading import Unreadable
from handlers.roster.sheets import Column, Row, Sheet
from handlers.roster.words import plain, read_day
from handlers.understanding.question_likeness import LONGEST
from storage.models import ListedQuestion

LANGUAGES = ("zh_CN", "zh_TW", "en")
LONGEST_KEY = 40
LONGEST_ANSWER = 600
"""Characters; what is longer is for a person to explain."""
YES = frozenset(map(plain, ("是", "yes", "y", "x", "√", "✓", "1")))
QUESTIONS = Sheet(
    "questions",
    ("常见问题 Questions", "常見問題", "问题"),
    (
        Column("key", ("名称 Name", "名稱", "代号"), is_needed=True),
        Column("asked_zh_CN", ("简体问法 Asked-zh-CN",)),
        Column("answer_zh_CN", ("简体回答 Answer-zh-CN",)),
        Column("asked_zh_TW", ("繁體問法 Asked-zh-TW", "繁体问法")),
        Column("answer_zh_TW", ("繁體回答 Answer-zh-TW", "繁体回答")),
        Column("asked_en", ("英文问法 Asked-en", "英文問法")),
        Column("answer_en", ("英文回答 Answer-en",)),
        Column("owner", ("负责人 Owner", "負責人")),
        Column("review_on", ("复核日期 Review", "複核日期", "覆核日期")),
        Column("is_private", ("仅私聊 Private", "僅私聊")),
    ),
)
NOTES = {
    "说明 Notes": (
        ("列 Column", "怎样填 How to fill it"),
        ("问法 Asked", "住户会怎么问，一行一种问法 (单元格内 Alt+Enter 换行)，三五种就好。"),
        ("", "How tenants put it, one wording a line (Alt+Enter inside the cell); three to five will do."),
        ("回答 Answer", f"管理处的原话，每种语言各写一份，不超过 {LONGEST_ANSWER} 字。"),
        ("", f"The office's own words in each language, {LONGEST_ANSWER} characters at most."),
        ("复核日期 Review", "到了这天，日报会提醒核对答案。From this day on the digest asks to look it over."),
        ("仅私聊 Private", "填“是”: 不在群里公开回答。Yes: never answered in a group."),
        ("导入 Import", "导入后以表为准，表里没有的问题就不再自动回答。What you import replaces the list."),
    )
}
"""What the template explains; a sheet of this name is not read."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One row."""

    key: str
    wordings: Mapping[str, Sequence[str]]
    answers: Mapping[str, str]
    owner: str
    review_on: date | None
    is_private: bool


def read_questions(sheets: Mapping[str, Sequence[Row]], today: date) -> list[QuestionLine]:
    """The whole list, or `Unreadable` with what is wrong in every row."""
    title, rows = read_cells(QUESTIONS, sheets, "questions")
    errors: list[str] = []
    lines: dict[str, QuestionLine] = {}
    for number, cells in rows:
        wrong = _wrong_in(cells, lines)
        try:
            line = _line_of(cells, today)
        except ValueError:
            wrong.append(f"the day {cells['review_on']!r} cannot be read; 2026-10-01 would do")
        else:
            lines[plain(line.key)] = line
        errors += [f"{title}, row {number}: {each}" for each in wrong]
    if errors:
        raise Unreadable(errors)
    return list(lines.values())


def as_rows(questions: Sequence[ListedQuestion]) -> list[Sequence[str]]:
    """The list in the form it is imported in, headings first."""
    return [
        [column.names[0] for column in QUESTIONS.columns],
        *(
            [
                row.key,
                *(
                    cell
                    for code in LANGUAGES
                    for cell in ("\n".join(row.wordings.get(code, ())), str(row.answers.get(code, "")))
                ),
                row.owner,
                row.review_on.isoformat() if row.review_on else "",
                "是 yes" if row.is_private else "",
            ]
            for row in questions
        ),
    ]


def _wrong_in(cells: Mapping[str, str], lines: Mapping[str, QuestionLine]) -> list[str]:
    key = cells.get("key", "")
    wordings = _wordings(cells)
    answers = [cells.get(f"answer_{code}", "") for code in LANGUAGES]
    wrong = []
    if not key:
        wrong.append("it has no name")
    if len(key) > LONGEST_KEY:
        wrong.append(f"a name has at most {LONGEST_KEY} characters")
    if plain(key) in lines:
        wrong.append(f"{key} is there already")
    if not any(wordings.values()):
        wrong.append("nobody says how it is asked")
    if not any(answers):
        wrong.append("it has no answer")
    if any(len(answer) > LONGEST_ANSWER for answer in answers):
        wrong.append(f"an answer has at most {LONGEST_ANSWER} characters")
    long = [wording for written in wordings.values() for wording in written if len(wording) > LONGEST]
    wrong += [f"{wording[:20]!r} is longer than {LONGEST} characters" for wording in long]
    return wrong


def _line_of(cells: Mapping[str, str], today: date) -> QuestionLine:
    """`ValueError` for a day nobody can read."""
    answers = {code: cells[f"answer_{code}"] for code in LANGUAGES if cells.get(f"answer_{code}")}
    review = cells.get("review_on", "")
    is_private = any(plain(word) in YES for word in cells.get("is_private", "").split())
    return QuestionLine(
        cells.get("key", ""),
        {code: written for code, written in _wordings(cells).items() if written},
        answers,
        cells.get("owner", ""),
        read_day(review, today) if review else None,
        is_private,
    )


def _wordings(cells: Mapping[str, str]) -> dict[str, list[str]]:
    return {
        code: [line.strip() for line in cells.get(f"asked_{code}", "").splitlines() if line.strip()]
        for code in LANGUAGES
    }
