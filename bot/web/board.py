"""The managers' page: open work, figures, a ticket's thread, exports. Rendered here whole; scripts are not needed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.web.asking import building_in, filters_in, group_in, periods
from bot.web.board_words import open_lines, overview_words, thread_words
from bot.web.guesses import GUESSES
from bot.web.kindness import Trouble, page_of
from bot.web.pages import PAGES
from bot.web.rendering import language_of, render
from handlers.board import passes, views
from handlers.board.passes import NoPass, Visitor
from handlers.board.views import NoTicket
from locales import LOCALES, Voice
from storage.registration_vocabulary import Look
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group

T = TypeVar("T")
COOKIE, LANGUAGE_COOKIE = "lobby_visit", "lobby_language"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_board(app: web.Application) -> None:
    """The page's routes."""
    app.router.add_get("/b/{token}", knock)
    app.router.add_post("/b/{token}", enter)
    app.router.add_get("/board", show_board)
    app.router.add_get("/board/figures", show_figures)
    app.router.add_get("/board/figures.xlsx", export_figures)
    app.router.add_get("/board/t/{number:[0-9]{1,9}}", show_ticket)
    app.router.add_post("/board/leave", leave)


@dataclass(frozen=True)
class Reader:
    """Who reads, in which language, and their voice in the site's zone."""

    visitor: Visitor
    language: str
    voice: Voice

    @property
    def zone(self) -> ZoneInfo:
        """The site's."""
        return ZoneInfo(self.visitor.site.timezone)


async def knock(request: web.Request) -> web.Response:
    """The link from the chat: one button to go in. Chats look at links by themselves, and must not use one up."""
    token, pages = request.match_info["token"], request.app[PAGES]
    try:
        language = await pages.lobby.writer.read(lambda unit: passes.language_for(unit, token, pages.secret))
    except NoPass:
        return _refuse(request)
    return render(request, "enter.html", _language(request, language), action=request.path)


async def enter(request: web.Request) -> web.Response:
    """Use the link up, once; from here on the browser's cookie opens the page."""
    token, pages = request.match_info["token"], request.app[PAGES]
    try:
        visit = await pages.lobby.writer.run(lambda unit: passes.enter(unit, token, pages.secret))
    except NoPass:
        return _refuse(request)
    response = web.Response(status=303, headers={"Location": "/board"})
    is_secure = pages.lobby.desk.public_url.startswith("https://")
    life = int(passes.LASTS.total_seconds())
    response.set_cookie(COOKIE, visit, max_age=life, path="/board", httponly=True, secure=is_secure, samesite="Strict")
    return response


async def leave(request: web.Request) -> web.Response:
    """The visit is over, here and in the database."""
    visit = request.cookies.get(COOKIE)
    if visit:
        await request.app[PAGES].lobby.writer.run(lambda unit: passes.leave(unit, visit))
    response = page_of(request, Trouble.NOT_SIGNED_IN, 200)
    response.del_cookie(COOKIE, path="/board")
    return response


async def show_board(request: web.Request) -> web.Response:
    """Open work as it stands now, the most delayed first; the browser asks again every minute."""
    building, group = building_in(request.query), group_in(request.query)

    def look(unit: UnitOfWork, visitor: Visitor) -> tuple[views.Board, list[tuple[int, str]], datetime]:
        named = [(each.id, each.name) for each in views.buildings_of(unit, visitor)]
        return views.board_of(unit, visitor, building, group), named, unit.now

    try:
        reader, (board, buildings, now) = await _read(request, look)
    except NoPass:
        return _refuse(request)
    return _page(
        request,
        reader,
        "board.html",
        here="board",
        board=board,
        lines=open_lines(reader.voice, board),
        now=reader.voice.moment(now),
        **_choices(reader.voice, buildings, building, group),
    )


async def show_figures(request: web.Request) -> web.Response:
    """Every figure of a period beside the period before, with its definition, and where it comes from."""
    try:
        reader, (overview, buildings, now) = await _read(request, _overview(request))
    except NoPass:
        return _refuse(request)
    today = now.astimezone(reader.zone).date()
    filters = filters_in(request.query, today)
    kept = {key: value for key in ("building", "group") if (value := request.query.get(key))}
    quick = [
        (
            name,
            "?" + urlencode({"from": str(first), "until": str(last)} | kept),
            (first, last) == (filters.first, filters.last),
        )
        for name, (first, last) in periods(today).items()
    ]
    return _page(
        request,
        reader,
        "figures.html",
        here="figures",
        filters=filters,
        quick=quick,
        export="/board/figures.xlsx?" + urlencode({"from": str(filters.first), "until": str(filters.last)} | kept),
        **overview_words(reader.voice, overview, dict(buildings)),
        **_choices(reader.voice, buildings, filters.building_id, filters.group),
    )


async def export_figures(request: web.Request) -> web.Response:
    """The same as a workbook, with the tickets of the period; that somebody took it out is noted."""
    from bot.reports.workbook import export_book  # openpyxl takes a quarter of a second

    def look(unit: UnitOfWork, visitor: Visitor) -> tuple[bytes, str]:
        filters = filters_in(request.query, unit.now.astimezone(ZoneInfo(visitor.site.timezone)).date())
        voice = Voice(_language(request, visitor.language), visitor.site.timezone)
        return export_book(unit, visitor, filters, voice), f"{filters.first}–{filters.last}"

    try:
        reader, (content, period) = await _read(request, look)
    except NoPass:
        return _refuse(request)
    writer = request.app[PAGES].lobby.writer
    await writer.run(lambda unit: views.note(unit, reader.visitor, Look.LIST, about=f"XLSX {period}"))
    name = f"lobby-{period.replace('–', '-')}.xlsx"
    return web.Response(
        body=content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


async def show_ticket(request: web.Request) -> web.Response:
    """One ticket whole; that it was looked at is noted."""
    number, visit = int(request.match_info["number"]), request.cookies.get(COOKIE)

    def look(unit: UnitOfWork) -> tuple[Visitor, views.Thread]:
        visitor = passes.visitor_of(unit, visit)
        return visitor, views.thread_for(unit, visitor, number)

    try:
        visitor, thread = await request.app[PAGES].lobby.writer.run(look)
    except NoPass:
        return _refuse(request)
    except NoTicket:
        return page_of(request, Trouble.NOT_FOUND, 404)
    reader = _reader(request, visitor)
    return _page(request, reader, "ticket.html", here="board", **thread_words(reader.voice, thread))


def _overview(
    request: web.Request,
) -> Callable[[UnitOfWork, Visitor], tuple[views.Overview, list[tuple[int, str]], datetime]]:
    def look(unit: UnitOfWork, visitor: Visitor) -> tuple[views.Overview, list[tuple[int, str]], datetime]:
        today = unit.now.astimezone(ZoneInfo(visitor.site.timezone)).date()
        named = [(each.id, each.name) for each in views.buildings_of(unit, visitor)]
        return views.overview_of(unit, visitor, filters_in(request.query, today)), named, unit.now

    return look


async def _read(request: web.Request, look: Callable[[UnitOfWork, Visitor], T]) -> tuple[Reader, T]:
    visit = request.cookies.get(COOKIE)

    def both(unit: UnitOfWork) -> tuple[Visitor, T]:
        visitor = passes.visitor_of(unit, visit)
        return visitor, look(unit, visitor)

    visitor, found = await request.app[PAGES].lobby.writer.read(both)
    return _reader(request, visitor), found


def _reader(request: web.Request, visitor: Visitor) -> Reader:
    language = _language(request, visitor.language)
    return Reader(visitor, language, Voice(language, visitor.site.timezone))


def _language(request: web.Request, default: str | None) -> str:
    return language_of(request, request.cookies.get(LANGUAGE_COOKIE, default))


def _page(request: web.Request, reader: Reader, template: str, **words: Any) -> web.Response:
    asked = dict(request.query)
    languages = [(code, name, "?" + urlencode(asked | {"language": code})) for code, name in LOCALES.items()]
    response = render(
        request,
        template,
        reader.language,
        site=reader.visitor.site.name,
        languages=languages,
        **words,
    )
    if asked.get("language") in LOCALES:
        response.set_cookie(LANGUAGE_COOKIE, asked["language"], path="/board", httponly=True, samesite="Strict")
    return response


def _choices(
    voice: Voice, buildings: list[tuple[int, str]], building: int | None, group: Group | None
) -> Mapping[str, object]:
    return {
        "buildings": buildings,
        "building": building,
        "groups": [(each.value, voice.term("group", each)) for each in Group],
        "group": group.value if group is not None else None,
    }


def _refuse(request: web.Request) -> web.Response:
    """Whoever has no pass is told how to get one; guessing teaches nothing."""
    if "token" in request.match_info:
        request.app[GUESSES].count(request.remote or "")
    return page_of(request, Trouble.NOT_SIGNED_IN, 403)
