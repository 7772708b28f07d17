"""The demo as one process: it says where it is, gives way on a busy port, and leaves nothing behind."""

import asyncio
import os
import signal
import socket
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from click.testing import CliRunner

import bot.demo
from bot.__main__ import main
from bot.commands import demo as command
from bot.demo import serving
from bot.demo.serving import serve


async def page_of(port: int) -> str:
    """The page, once it is there."""
    async with ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/") as answer:
                    assert answer.status == 200
                    return await answer.text()
            except OSError:
                await asyncio.sleep(0.02)


async def test_a_busy_port_is_given_way_to_and_sigterm_ends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(serving.webbrowser, "open", opened.append)
    kept = tmp_path / "kept.db"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = asyncio.create_task(serve(port=port, language="zh_TW", database=kept))
        while not opened:
            assert not demo.done(), demo.exception()
            await asyncio.sleep(0.02)
    other = int(opened[0].rpartition(":")[2])
    assert other > port
    assert 'lang="zh-Hant"' in await page_of(other)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(demo, 10)
    told = capsys.readouterr().out
    assert str(port) in told
    assert opened[0] in told
    assert await asyncio.to_thread(kept.exists)
    with socket.socket() as free:
        free.bind(("127.0.0.1", other))


def test_a_host_that_is_not_here_is_no_busy_port() -> None:
    with pytest.raises(OSError, match=r"assign|resolve|known"):
        serving._bind("203.0.113.7", 8765)


def test_when_every_port_is_busy_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PORTS_TRIED", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"no free port from {port}"):
            serving._bind("127.0.0.1", port)


@pytest.mark.parametrize(
    ("system", "speaks"), [("zh_HK", "zh_TW"), ("zh_SG", "zh_CN"), ("de_DE", "en"), (None, "en"), ("zh_TW", "zh_TW")]
)
def test_the_page_speaks_the_systems_language(system: str | None, speaks: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    async def look(host: str, port: int, language: str, *, open_browser: bool) -> None:
        asked.update(host=host, port=port, language=language, open_browser=open_browser)

    monkeypatch.setattr(bot.demo, "serve", look)
    monkeypatch.setattr(command, "set_up", lambda _: None)
    monkeypatch.setattr("locale.getlocale", lambda: (system, "UTF-8"))
    assert CliRunner().invoke(main, ["demo", "--no-browser", "--port", "9"]).exit_code == 0
    assert asked == {"host": "127.0.0.1", "port": 9, "language": speaks, "open_browser": False}
    CliRunner().invoke(main, ["demo", "--language", "zh_CN"])
    assert asked["language"] == "zh_CN"
    assert asked["open_browser"]
