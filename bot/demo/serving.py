"""Serves the demo until it is stopped: one process, one fresh SQLite file, one page at a loopback address."""

import asyncio
import contextlib
import errno
import signal
import socket
import tempfile
import webbrowser
from contextlib import AsyncExitStack
from pathlib import Path

import click
from aiohttp import web

from bot.demo.origin import stay_home
from bot.demo.routes import add_demo
from bot.demo.theatre import Theatre
from bot.settings import reached_at
from bot.web.pages import PAGES
from bot.web.server import make_app
from bot.wiring import Lobby
from locales import voice

PORTS_TRIED = 50
SHUTDOWN_SECONDS = 1.0


async def serve(
    host: str = "127.0.0.1",
    port: int = 8765,
    language: str = "en",
    open_browser: bool = True,
    database: Path | None = None,
) -> None:
    """Run until SIGINT or SIGTERM. A busy port gives way to the next free one. `database` is a new file, and kept."""
    if database is not None and await asyncio.to_thread(database.exists):
        raise FileExistsError(f"{database} exists: the demo starts with a fresh file, give it another name")
    stopped = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # a system without signals has Ctrl-C all the same
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lobby-demo-"))
        address = await _open(stack, host, port, language, database or Path(folder) / "demo.db")
        click.echo(voice(language).say("Lobby's demo is open at {address} (Ctrl-C closes it)", address=address))
        if open_browser:
            await asyncio.to_thread(webbrowser.open, address)
        await stopped.wait()


async def _open(stack: AsyncExitStack, host: str, port: int, language: str, database: Path) -> str:
    """Take a port, open the building, then listen; returns the address to open."""
    listening = _bind(host, port)
    taken: int = listening.getsockname()[1]
    if taken != port and port:
        click.echo(voice(language).say("Port {port} is busy, so I use {other}.", port=port, other=taken))
    address = f"http://{reached_at(host)}:{taken}"
    app: web.Application | None = None

    def follow(lobby: Lobby) -> None:
        if app is not None:
            app[PAGES].lobby = lobby

    theatre = Theatre(language, address, database, follow)
    await theatre.open()
    stack.push_async_callback(theatre.close)
    app = make_app(theatre.stage.lobby, {})
    app.middlewares.insert(0, stay_home)
    add_demo(app, theatre)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    stack.push_async_callback(_let_pages_go, theatre)
    await web.SockSite(runner, listening).start()
    return address


async def _let_pages_go(theatre: Theatre) -> None:
    theatre.hub.close()


def _bind(host: str, port: int) -> socket.socket:
    """The port, or the next free one; 0 lets the system choose."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + PORTS_TRIED) if port else (0,):
        taken = socket.socket(family, socket.SOCK_STREAM)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((host, candidate))
            taken.listen()
        except OSError as error:
            taken.close()
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return taken
    raise OSError(errno.EADDRINUSE, f"no free port from {port} to {port + PORTS_TRIED - 1}")
