"""The demo's doors: its own page may knock, nobody else; what makes no sense is refused."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.demo.origin import stay_home
from bot.demo.routes import add_demo
from bot.demo.theatre import Theatre
from bot.web.server import make_app
from tests.web.conftest import Client

SAYING = {"person": "fang", "chat": "room", "text": "Good morning"}


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    """An open demo."""
    opened = Theatre("en", "http://127.0.0.1", tmp_path / "demo.db", lambda _: None)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def page(theatre: Theatre) -> AsyncIterator[Client]:
    """Its own page, which names its origin."""
    app = make_app(theatre.stage.lobby, {})
    app.middlewares.insert(0, stay_home)
    add_demo(app, theatre)
    server = TestServer(app)
    await server.start_server()
    async with TestClient(server, headers={"Origin": f"http://127.0.0.1:{server.port}"}) as opened:
        yield opened


async def test_its_own_page_may_speak(page: Client, theatre: Theatre) -> None:
    answer = await page.post("/demo/say", json=SAYING)
    assert answer.status == 200
    assert theatre.stage.channel.said["room"][0].text == "Good morning"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
)
async def test_another_page_may_not(page: Client, theatre: Theatre, headers: dict[str, str]) -> None:
    answer = await page.post("/demo/say", data=b'{"person":"fang","chat":"room","text":"x"}', headers=headers)
    assert answer.status == 403
    assert not theatre.stage.channel.said["room"]


async def test_a_rebound_name_sees_nothing(page: Client) -> None:
    for path in ("/", "/demo/events", "/demo/media/m1"):
        assert (await page.get(path, headers={"Host": "evil.example"})).status == 403


@pytest.mark.parametrize(
    ("path", "order"),
    [
        ("say", {"person": "fang", "chat": "room", "text": "  "}),
        ("say", {"person": "fang", "chat": "duty-engineering", "text": "let me in"}),
        ("say", {"person": "li", "chat": "room", "text": "x"}),
        ("say", {"person": "fang", "chat": "private-wei", "text": "x"}),
        ("say", {"person": "nobody", "chat": "room", "text": "x"}),
        ("say", {"chat": "room"}),
        ("say", []),
        ("tap", {"person": "fang", "chat": "managers", "message": "m1", "verb": "take"}),
        ("leap", {"leap": "century"}),
        ("play", {"action": "rewind"}),
        ("language", {"language": "fr"}),
    ],
)
async def test_orders_that_make_no_sense_are_refused(page: Client, path: str, order: object) -> None:
    assert (await page.post(f"/demo/{path}", json=order)).status == 400


async def test_a_tap_on_nothing_says_nothing_and_an_invented_one_is_answered_kindly(
    page: Client, theatre: Theatre
) -> None:
    order = {"person": "li", "chat": "duty-engineering", "message": "m999", "verb": "take"}
    assert await (await page.post("/demo/tap", json=order)).json() == {"toast": ""}
    await theatre.stage.say("fang", "room", "The kitchen pipe is leaking, Block 3 1202")
    await theatre.stage.settle()
    card = theatre.stage.channel.screens["duty-engineering"][0].message_id
    told = await (await page.post("/demo/tap", json=order | {"message": card, "verb": "explode"})).json()
    assert "old" in told["toast"]


async def test_events_begin_with_the_whole_state_and_go_on_with_what_changes(page: Client) -> None:
    events = await page.get("/demo/events")
    assert await _next(events) == "state"
    await page.post("/demo/say", json=SAYING)
    assert await _next(events) == "messages"
    await page.post("/demo/language", json={"language": "zh_TW"})
    while (kind := await _next(events)) != "state":
        assert kind == "messages"


async def test_starting_again_empties_the_building_and_numbers_begin_anew(page: Client, theatre: Theatre) -> None:
    leak = SAYING | {"text": "The kitchen pipe is leaking, Block 3 1202"}
    await page.post("/demo/say", json=leak)
    await page.post("/demo/again", json={})
    assert not theatre.stage.channel.said["room"]
    await page.post("/demo/say", json=leak)
    await theatre.stage.settle()
    assert "#1001" in theatre.stage.channel.screens["duty-engineering"][0].speech.plain


async def _next(events: ClientResponse) -> str:
    """The name of the next event."""
    while True:
        line = await events.content.readline()
        if line.startswith(b"event: "):
            return line.decode().removeprefix("event: ").strip()
