"""A site's question list, ready to be compared with what somebody asks; made anew only when it has changed."""

from collections.abc import Sequence

from handlers.understanding.question_likeness import Listed
from storage.models import ListedQuestion
from storage.unit_of_work import UnitOfWork

SAME_WRITING = {"zh_CN": "zh_TW", "zh_TW": "zh_CN"}
"""Whose readers can read the other's answer, where there is none of their own."""


def listed_at(unit: UnitOfWork, site_id: int) -> Sequence[Listed]:
    """What is compared, under the row's id."""
    rows = unit.questions.recall(site_id)
    known = _made.get(site_id)
    if known is not None and known[0] is rows:
        return known[1]
    made = [listed_of(row) for row in rows]
    _made[site_id] = (rows, made)
    return made


def listed_of(row: ListedQuestion) -> Listed:
    """One question with its wordings of every language."""
    return Listed(str(row.id), [wording for written in row.wordings.values() for wording in written])


def answer_in(row: ListedQuestion, language: str) -> str | None:
    """The answer to give to one who reads this language."""
    return row.answers.get(language) or row.answers.get(SAME_WRITING.get(language, ""))


_made: dict[int, tuple[Sequence[ListedQuestion], Sequence[Listed]]] = {}
"""By site, with the very list they were made from."""
