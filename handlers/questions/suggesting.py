"""What tenants keep asking, found among the inquiries staff have answered: grouped, with the answer given last."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.hearing import site_words
from handlers.questions.lists import listed_at
from handlers.questions.sheet import LANGUAGES, LONGEST_ANSWER, LONGEST_KEY
from handlers.understanding.question_likeness import Listed, nearest_question
from handlers.understanding.second_opinion import redacted
from storage.models import Site
from storage.repositories.questions import PastInquiry
from storage.unit_of_work import UnitOfWork

MOST = 2000
"""Inquiries looked through, the newest."""
WORDINGS = 6
"""Of one suggestion, in one language; a list needs few."""
ALIKE = 0.5
"""How alike two of them are at least; a person looks at what is suggested, so nothing need be sure."""


@dataclass
class Suggestion:
    """Inquiries alike, the newest first; nobody's room, phone or name is in them."""

    wordings: list[tuple[str, str]]
    """With the language of each."""
    answer: str
    language: str
    times: int = 1
    listed: Listed = field(init=False)

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Ready to be compared with its wordings of now."""
        self.listed = Listed(str(id(self)), [words for words, _ in self.wordings])

    def as_row(self) -> list[str]:
        """As a row of the sheet, for a person to name and to word."""
        cells = [self.wordings[0][0][:LONGEST_KEY]]
        for code in LANGUAGES:
            asked = [words for words, language in self.wordings if language == code]
            cells += ["\n".join(asked[:WORDINGS]), self.answer[:LONGEST_ANSWER] if code == self.language else ""]
        return cells


def suggest(unit: UnitOfWork, site: Site, least: int) -> Sequence[Suggestion]:
    """What was asked at least so often and is not on the list yet, the commonest first."""
    known = listed_at(unit, site.id)
    groups: list[Suggestion] = []
    for past in unit.questions.list_past(site.id, MOST):
        match = nearest_question(past.words, known)
        if match is None or not match.is_sure:
            _add(groups, _without_names(unit, site, past))
    return sorted((group for group in groups if group.times >= least), key=lambda group: -group.times)


def _add(groups: list[Suggestion], past: PastInquiry) -> None:
    match = nearest_question(past.words, [group.listed for group in groups])
    if match is None or match.likeness < ALIKE:
        groups.append(Suggestion([(past.words, past.language)], past.answer, past.language))
        return
    group = next(group for group in groups if group.listed is match.listed)
    group.times += 1
    if (past.words, past.language) not in group.wordings:
        group.wordings.append((past.words, past.language))
        group.renew()


def _without_names(unit: UnitOfWork, site: Site, past: PastInquiry) -> PastInquiry:
    words = site_words(unit, site.id)
    return PastInquiry(past.language, redacted(past.words, words), redacted(past.answer, words))
