"""A running desk behind its pages, the demo as a process of its own, and a real browser to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bot.demo import stage as demo_stage
from bot.demo.building import open_stage
from bot.demo.stage import Stage
from bot.intake.health import IntakeHealth
from bot.web.server import make_app

Client = TestClient[web.Request, web.Application]

ADDRESS = "http://desk.test"
STARTS_WITHIN_SECONDS = 30.0
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PROGRAM = """
import asyncio, sys
from datetime import timedelta
from bot.demo import serve
from handlers import slips
slips.TOO_SOON = timedelta(0)  # a test's finger is quicker than a hand
asyncio.run(serve("127.0.0.1", int(sys.argv[1]), sys.argv[2], open_browser=False))
"""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo that waits for its queues as long as a busy machine needs."""
    monkeypatch.setattr(demo_stage, "PATIENCE_SECONDS", 60.0)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A desk at work on the memory channel, in English."""
    async with open_stage(tmp_path / "desk.db", "en", ADDRESS, lambda _: None) as opened:
        yield opened


@pytest.fixture
def intakes() -> dict[str, IntakeHealth]:
    """Intakes the pages tell of."""
    return {}


@pytest.fixture
async def client(stage: Stage, intakes: dict[str, IntakeHealth]) -> AsyncIterator[Client]:
    """Somebody who opens pages of that desk."""
    async with TestClient(TestServer(make_app(stage.lobby, intakes))) as opened:
        yield opened


@dataclass
class Demo:
    """The demo in a process of its own."""

    port: int
    language: str
    folder: Path | None = None
    """Where it keeps what it throws away; the machine's own when None."""
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        begun = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(self.port), self.language],
            cwd=Path(__file__).parents[2],
            env=os.environ | ({"TMPDIR": str(self.folder)} if self.folder else {}),
        )
        while time.monotonic() - begun < STARTS_WITHIN_SECONDS:
            try:
                with closing(HTTPConnection("127.0.0.1", self.port)) as connection:
                    connection.request("GET", "/health")
                    if connection.getresponse().status == 200:
                        return
            except OSError:
                pass  # it is not there yet
            time.sleep(0.05)
        raise AssertionError("the demo does not answer")

    def kill(self) -> None:
        """As a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """As an operator would; returns the exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=30)


@contextmanager
def running(language: str, folder: Path | None = None) -> Iterator[Demo]:
    """A demo on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        demo = Demo(free.getsockname()[1], language, folder)
    demo.start()
    try:
        yield demo
    finally:
        demo.kill()


@pytest.fixture(scope="session")
def english_demo() -> Iterator[Demo]:
    """One demo for the tests that read English; each starts it again from its page."""
    with running("en") as demo:
        yield demo


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, whichever way it was installed; for a module, as no async test can run while it is open."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        path = found or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.fail("no Chromium: `apt-get install chromium`, or `python -m playwright install chromium`")
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


@contextmanager
def looking(browser: Browser, demo: Demo, *, is_phone: bool = False) -> Iterator[Page]:
    """A page of the demo at desktop or phone size; whatever its console complains of fails the test."""
    context: BrowserContext = (
        browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
        if is_phone
        else browser.new_context(viewport={"width": 1440, "height": 900})
    )
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(demo.address)
    page.locator(".pane-room").wait_for()
    try:
        yield page
    finally:
        context.close()
    assert [one for one in complaints if "ERR_" not in one] == []
