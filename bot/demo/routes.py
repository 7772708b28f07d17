"""What the demo page asks for and what it may do, as JSON over HTTP."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from bot.demo.cast import CAST
from bot.demo.face import media_of
from bot.demo.hub import event_of
from bot.demo.passing import Leap
from bot.demo.stage import may_speak
from bot.demo.theatre import ADDRESSES, Theatre
from bot.web.rendering import html_language, templates
from locales import LOCALES, voice

T = TypeVar("T")
HERE = Path(__file__).parent
THEATRE = web.AppKey("theatre", Theatre)
PING_SECONDS = 10.0
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody writes."""

    person: str
    chat: str
    text: str = ""
    photo: bool = False
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class Tapping:
    """Somebody taps a button."""

    person: str
    chat: str
    message: str
    verb: str


@dataclass(frozen=True, slots=True)
class Leaping:
    """The clock is moved."""

    leap: Leap


@dataclass(frozen=True, slots=True)
class Playing:
    """The day is started, stopped or sped up."""

    action: Literal["start", "stop", "faster"]


@dataclass(frozen=True, slots=True)
class Translating:
    """Another language."""

    language: str


def add_demo(app: web.Application, theatre: Theatre) -> None:
    """Put the page and its doors into the application."""
    app[THEATRE] = theatre
    app.router.add_get("/", show_page)
    app.router.add_get("/demo/events", tell_events)
    app.router.add_get("/demo/media/{message}", show_media)
    app.router.add_post("/demo/say", say)
    app.router.add_post("/demo/tap", tap)
    app.router.add_post("/demo/leap", leap)
    app.router.add_post("/demo/play", play)
    app.router.add_post("/demo/language", change_language)
    app.router.add_post("/demo/again", start_again)
    app.router.add_static("/demo/static", HERE / "static")


async def show_page(request: web.Request) -> web.Response:
    """The empty page; its modules draw the rest."""
    language = request.app[THEATRE].stage.language
    template = templates(HERE / "templates").get_template("demo.html")
    page = template.render(say=voice(language).say, lang=html_language(language))
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})


async def tell_events(request: web.Request) -> web.StreamResponse:
    """The whole state first, then every change, and a sign of life when there is none."""
    theatre = request.app[THEATRE]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    await response.prepare(request)
    with contextlib.suppress(ConnectionResetError), theatre.hub.listen() as events:
        event: str | None = event_of("state", theatre.state())
        while event is not None:
            await response.write(event.encode())
            try:
                event = await asyncio.wait_for(events.get(), PING_SECONDS)
            except TimeoutError:
                event = event_of("ping", {})
    return response


async def show_media(request: web.Request) -> web.Response:
    """A picture somebody sent, or the desk passed on."""
    content = media_of(request.app[THEATRE].stage, request.match_info["message"])
    if content is None:
        raise web.HTTPNotFound
    return web.Response(body=content, content_type="image/jpeg")


async def say(request: web.Request) -> web.Response:
    """Somebody writes."""
    saying = await _read(request, Saying)
    _may(saying.person, saying.chat)
    if not saying.text.strip() and not saying.photo:
        raise web.HTTPBadRequest(text="nothing said")
    stage = request.app[THEATRE].stage
    message = await stage.say(
        saying.person, saying.chat, saying.text.strip(), has_photo=saying.photo, reply_to=saying.reply
    )
    return web.json_response({"message": message})


async def tap(request: web.Request) -> web.Response:
    """Somebody taps; what they are told comes back."""
    tapping = await _read(request, Tapping)
    _may(tapping.person, tapping.chat)
    toast = await request.app[THEATRE].stage.tap(tapping.person, tapping.chat, tapping.message, tapping.verb)
    return web.json_response({"toast": toast})


async def leap(request: web.Request) -> web.Response:
    """Time passes."""
    await request.app[THEATRE].leap((await _read(request, Leaping)).leap)
    return web.json_response({})


async def play(request: web.Request) -> web.Response:
    """The scripted day."""
    theatre = request.app[THEATRE]
    match (await _read(request, Playing)).action:
        case "start":
            await theatre.play()
        case "stop":
            await theatre.stop()
        case "faster":
            theatre.speed_up()
    return web.json_response({})


async def change_language(request: web.Request) -> web.Response:
    """Everything in another language."""
    language = (await _read(request, Translating)).language
    if language not in LOCALES:
        raise web.HTTPBadRequest(text="no such language")
    await request.app[THEATRE].translate(language)
    return web.json_response({})


async def start_again(request: web.Request) -> web.Response:
    """An empty building."""
    await request.app[THEATRE].again()
    return web.json_response({})


def _may(person: str, chat: str) -> None:
    if person not in CAST or chat not in ADDRESSES or not may_speak(person, chat):
        raise web.HTTPBadRequest(text="nobody like that speaks there")


async def _read(request: web.Request, kind: Callable[..., T]) -> T:
    adapter: TypeAdapter[T] = TypeAdapter(kind)
    try:
        return adapter.validate_json(await request.read())
    except ValidationError as error:
        raise web.HTTPBadRequest(text="not understood") from error
