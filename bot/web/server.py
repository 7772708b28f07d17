"""The application factory: `lobby run` adds its webhooks to what it makes, `lobby demo` its page."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from bot.intake.health import IntakeHealth
from bot.web.board import add_board
from bot.web.guard import guard, set_headers
from bot.web.guesses import GUESSES, Guesses
from bot.web.health import tell_health
from bot.web.metrics import METRICS, Metrics, tell_metrics
from bot.web.pages import PAGES, Pages
from bot.web.sheet import show_sheet
from bot.web.survey import answer_survey, show_survey
from bot.wiring import Lobby
from storage.leadership import Leadership

STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 1024 * 1024
"""Bytes of any request; each page takes less."""


def make_app(
    lobby: Lobby, intakes: Mapping[str, IntakeHealth], leadership: Leadership | None = None
) -> web.Application:
    """Health, metrics, the survey page and the managers' page. `intakes` may be filled later; without `leadership` this
    process leads.
    """
    pages = Pages(lobby, intakes, leadership)
    app = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
    app[PAGES] = pages
    app[GUESSES] = Guesses()
    app[METRICS] = Metrics(pages)
    app.on_response_prepare.append(set_headers)
    app.router.add_get("/health", tell_health)
    app.router.add_get("/metrics", tell_metrics)
    app.router.add_get("/s/{token}", show_survey)
    app.router.add_post("/s/{token}", answer_survey)
    app.router.add_get("/p/{token}", show_sheet)
    add_board(app)
    app.router.add_static("/static", STATIC)
    return app
