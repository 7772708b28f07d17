"""The survey page: one question, five answers, one free line; no JavaScript, and a kind answer to every link."""

import structlog
from aiohttp import web

from bot.web.guesses import GUESSES
from bot.web.kindness import Trouble, page_of
from bot.web.pages import PAGES
from bot.web.rendering import language_of, render
from handlers.surveys.answering import WORDS_LENGTH, LinkRefused, Question, answer, show
from handlers.surveys.tokens import digest_of
from locales import Voice, voice

log = structlog.get_logger(__name__)

SCORES = range(1, 6)
LARGEST_FORM = 16 * 1024
"""Bytes: the free line in any script, three times over."""
RETRY_SECONDS = "600"


def scale(voice: Voice) -> list[tuple[int, str]]:
    """The five answers, worst first."""
    words = (
        voice.say("Very dissatisfied"),
        voice.say("Dissatisfied"),
        voice.say("Neither"),
        voice.say("Satisfied"),
        voice.say("Very satisfied"),
    )
    return list(zip(SCORES, words, strict=True))


async def show_survey(request: web.Request) -> web.Response:
    """The question, or thanks where it was answered before."""
    token, pages = request.match_info["token"], request.app[PAGES]
    try:
        _check(request, token)
        question = await pages.lobby.writer.read(lambda unit: show(unit, token, pages.secret))
    except LinkRefused:
        return _refuse(request)
    return _page(request, question)


async def answer_survey(request: web.Request) -> web.Response:
    """Keep the answer and give thanks; without a choice, ask once more and keep what was written."""
    token, pages = request.match_info["token"], request.app[PAGES]
    try:
        _check(request, token)
        form = await _read(request)
        if form is None:
            return page_of(request, Trouble.LATER, 400)
        score, words = str(form.get("score", "")), str(form.get("words", "")).replace("\x00", "")
        if score not in map(str, SCORES):
            question = await pages.lobby.writer.read(lambda unit: show(unit, token, pages.secret))
            return _page(request, question, words=words, is_unchosen=True)
        question = await pages.lobby.writer.run(lambda unit: answer(unit, token, pages.secret, int(score), words))
    except LinkRefused:
        return _refuse(request)
    return _page(request, question)


async def _read(request: web.Request) -> dict[str, object] | None:
    """The form, None for a body that is none: no browser of ours sends such a thing, but somebody's program may."""
    try:
        return dict(await request.clone(client_max_size=LARGEST_FORM).post())
    except (ValueError, LookupError, AssertionError) as error:  # a bad boundary, a charset nobody knows, no name
        log.info("form_unreadable", error=type(error).__name__)
        return None


def _check(request: web.Request, token: str) -> None:
    """A token that was not signed here never reaches the database."""
    if digest_of(token, request.app[PAGES].secret) is None:
        raise LinkRefused("not signed here")


def _refuse(request: web.Request) -> web.Response:
    guesses, address = request.app[GUESSES], request.remote or ""
    if guesses.are_too_many(address):
        response = page_of(request, Trouble.TOO_MANY, 429)
        response.headers["Retry-After"] = RETRY_SECONDS
        return response
    guesses.count(address)
    return page_of(request, Trouble.LINK, 404)


def _page(request: web.Request, question: Question, *, words: str = "", is_unchosen: bool = False) -> web.Response:
    language = language_of(request, question.language)
    if question.is_answered:
        return render(request, "thanks.html", language, site=question.site)
    return render(
        request,
        "survey.html",
        language,
        status=422 if is_unchosen else 200,
        site=question.site,
        scale=scale(voice(language)),
        words=words[:WORDS_LENGTH],
        longest=WORDS_LENGTH,
        is_unchosen=is_unchosen,
    )
