"""Puts a question list in the place of the one there was; what it no longer has is retired, and stays counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.questions.lists import listed_of
from handlers.questions.sheet import QuestionLine
from handlers.roster.words import plain
from handlers.understanding.question_likeness import nearest_question
from storage.models import ListedQuestion, Site
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """What the list is now."""

    count: int
    retired: tuple[str, ...]
    unsure: tuple[tuple[str, str], ...]
    """Wordings the desk would not answer by themselves, with the question's name: too near another, or like a fault."""


def put_in_place(unit: UnitOfWork, site: Site, lines: Sequence[QuestionLine]) -> Imported:
    """The whole list, in this one act. A question is known by its name."""
    there = {plain(row.key): row for row in unit.questions.list_all(site.id)}
    for line in lines:
        row = there.pop(plain(line.key), None)
        if row is None:
            unit.questions.add(
                ListedQuestion(
                    site_id=site.id,
                    key=line.key,
                    wordings=dict(line.wordings),
                    answers=dict(line.answers),
                    owner=line.owner,
                    review_on=line.review_on,
                    is_private=line.is_private,
                )
            )
            continue
        row.key, row.owner, row.review_on, row.is_private = line.key, line.owner, line.review_on, line.is_private
        row.wordings, row.answers, row.retired_at = dict(line.wordings), dict(line.answers), None
    gone = [row for row in there.values() if row.retired_at is None]
    for row in gone:
        row.retired_at = unit.now
    unit.flush()
    return Imported(len(lines), tuple(row.key for row in gone), _unsure(unit, site))


def _unsure(unit: UnitOfWork, site: Site) -> tuple[tuple[str, str], ...]:
    rows = unit.questions.recall(site.id)
    listed = [listed_of(row) for row in rows]
    found = []
    for row, each in zip(rows, listed, strict=True):
        for wording in each.wordings:
            match = nearest_question(wording, listed)
            if match is None or not match.is_sure or match.listed.key != each.key:
                found.append((wording, row.key))
    return tuple(found)
