"""The survey page's acts: show one question, keep one answer."""

from dataclasses import dataclass

from handlers.surveys.tokens import digest_of
from storage.models import Survey
from storage.unit_of_work import UnitOfWork

WORDS_LENGTH = 1000


class LinkRefused(Exception):
    """The link is forged, unknown, expired or used; one answer for all, so that guessing teaches nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the page shows."""

    site: str
    language: str
    is_answered: bool


def show(unit: UnitOfWork, token: str, secret: str) -> Question:
    """The question behind a link, or `LinkRefused`."""
    survey = _find(unit, token, secret)
    return Question(unit.sites.get(survey.site_id).name, survey.language, survey.answered_at is not None)


def answer(unit: UnitOfWork, token: str, secret: str, score: int, words: str) -> Question:
    """Keep the one answer; a repeat, also from a reloaded page, changes nothing and is thanked all the same."""
    survey = _find(unit, token, secret)
    if not 1 <= score <= 5:
        raise LinkRefused("score outside 1 to 5")
    unit.afterwards.answer_survey(survey.id, score, words.strip()[:WORDS_LENGTH] or None, unit.now)
    return Question(unit.sites.get(survey.site_id).name, survey.language, is_answered=True)


def _find(unit: UnitOfWork, token: str, secret: str) -> Survey:
    digest = digest_of(token, secret)
    survey = unit.afterwards.find_survey(digest) if digest else None
    if survey is None or (survey.answered_at is None and survey.expires_at <= unit.now):
        raise LinkRefused("no such invitation")
    return survey
