"""`lobby run` and `lobby health`, from the keyboard's side."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from bot.commands import run as command
from bot.serving import CannotListen
from tests.bot.commands.operator import Operator

TOKENS = {"LOBBY_ROOMS_TOKEN": "111:rooms-token-of-the-tests", "LOBBY_DUTY_TOKEN": "222:duty-token-of-the-tests"}


class Answering(BaseHTTPRequestHandler):
    """A Lobby that says how it is."""

    status, body = 200, b'{"status": "well"}'

    def do_GET(self) -> None:
        """The health page."""
        self.send_response(self.status if self.path == "/health" else 404)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def lobby() -> Iterator[HTTPServer]:
    """Somebody answers on a port."""
    Answering.status, Answering.body = 200, b'{"status": "well"}'
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_health_asks_the_lobby_here_and_ends_as_it_is(newcomer: Operator, lobby: HTTPServer) -> None:
    newcomer.settings = {"LOBBY_PORT": str(lobby.server_port), "LOBBY_HOST": "0.0.0.0"}  # noqa: S104 -- asked, not bound
    assert json.loads(newcomer.gets("health")) == {"status": "well"}
    Answering.status, Answering.body = 503, b'{"status": "unwell", "database": "unreachable"}'
    assert "unreachable" in newcomer.is_refused("health")
    Answering.status, Answering.body = 200, b"<html>a neighbour's server</html>"
    assert "no Lobby answers at 127.0.0.1" in newcomer.is_refused("health")


def test_health_says_when_nobody_answers(newcomer: Operator, lobby: HTTPServer) -> None:
    lobby.shutdown()
    lobby.server_close()
    newcomer.settings = {"LOBBY_PORT": str(lobby.server_port)}
    assert f"no Lobby answers at 127.0.0.1:{lobby.server_port}" in newcomer.is_refused("health")


def test_run_migrates_and_serves_with_the_channels_that_are_configured(
    newcomer: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[set[str]] = []

    async def serve(_: object, writer: Any, __: object, channels: dict[str, Any]) -> None:
        served.append(set(channels))
        assert writer.read_now(lambda unit: list(unit.sites.list_all())) == []

    monkeypatch.setattr(command, "serve", serve)
    newcomer.settings = TOKENS
    newcomer.gets("run")
    assert served == [{"telegram_rooms", "telegram_duty"}]


def test_run_says_what_is_in_its_place(newcomer: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    async def serve(*_: object) -> None:
        raise CannotListen("the web pages cannot listen on 127.0.0.1, port 8080")

    monkeypatch.setattr(command, "serve", serve)
    newcomer.settings = TOKENS
    assert "cannot listen on 127.0.0.1, port 8080" in newcomer.is_refused("run")


def test_run_without_the_platforms_libraries_says_how_to_get_them(
    newcomer: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(_: object) -> None:
        raise ImportError("No module named 'aiogram'", name="aiogram")

    monkeypatch.setattr(command, "make_channels", make)
    newcomer.settings = TOKENS
    assert "aiogram is not installed: pip install 'lobby[telegram]'" in newcomer.is_refused("run")
