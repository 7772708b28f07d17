"""The managers' page: a link opens it once, and it shows what the desk knows and nothing it must not."""

import re
from datetime import timedelta
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import select

from bot.demo.stage import Stage
from bot.sheets import make_book
from storage.models import AuditLine, Concern
from tests.web.conftest import ADDRESS, Client

LEAK = "The kitchen pipe is leaking, Block 3 1202, phone 13800138000"


async def link(stage: Stage) -> str:
    """What the managers' chat is sent for /page."""
    await stage.say("he", "managers", "/page")
    await stage.settle()
    button = stage.channel.screens["managers"][-1].speech.buttons[0][0]
    assert button.url is not None
    return button.url.removeprefix(ADDRESS)


async def test_a_link_opens_the_page_once_and_for_whoever_used_it(stage: Stage, client: Client) -> None:
    path = await link(stage)
    assert (await client.get("/board")).status == 403
    for _ in range(2):  # a chat may look at the link before a person does
        assert "Go in" in await (await client.get(path)).text()
    assert (await client.post(path[:-1])).status == 403
    entered = await client.post(path, allow_redirects=False)
    assert (entered.status, entered.headers["Location"]) == (303, "/board")
    cookie = entered.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/board"))
    assert (await client.get("/board")).status == 200
    assert (await client.post(path, allow_redirects=False)).status == 403
    stale = await link(stage)
    stage.clock.ahead += timedelta(minutes=16)
    assert (await client.get(stale)).status == 403
    stage.clock.ahead += timedelta(hours=12)
    assert (await client.get("/board")).status == 403


async def test_it_shows_open_work_figures_and_a_thread_and_notes_who_looked(stage: Stage, client: Client) -> None:
    await stage.say("fang", "room", LEAK)
    await stage.say("wei", "room", "I want to complain about the loud dog next door, Block 5 801")
    await stage.settle()
    await client.post(await link(stage))
    board = await (await client.get("/board")).text()
    assert "#1001" in board
    assert "13800138000" not in board
    assert "<script" not in board
    figures = await (await client.get("/board/figures?from=nonsense&building=x&group=1")).text()
    assert "Completion rate" in figures
    assert "How it is counted" in figures
    assert "完工率" in await (await client.get("/board/figures?language=zh_CN")).text()
    ticket = await (await client.get("/board/t/1001?language=en")).text()
    assert "The kitchen pipe is leaking" in ticket
    assert "13800138000" not in ticket
    assert (await client.get("/board/t/4711")).status == 404
    audit = stage.lobby.writer.read_now(lambda unit: unit.session.scalars(select(AuditLine)).all())
    assert [line.look for line in audit if line.ticket_id == 1] == ["ticket"]

    def guard(unit: object) -> None:
        unit.complaints.guard(2, [Concern(ticket_id=2, is_above=True)])  # type: ignore[attr-defined]

    await stage.lobby.writer.run(guard)
    assert (await client.get("/board/t/1002")).status == 404
    assert "#1002" not in await (await client.get("/board")).text()
    await client.post("/board/leave")
    assert (await client.get("/board")).status == 403


async def test_an_export_holds_numbers_and_no_formula_of_anybodys(stage: Stage, client: Client) -> None:
    await stage.lobby.writer.run(lambda unit: unit.sites.add_building(stage.site_id, "=1+1|' /C calc'!A0").id)
    await stage.say("fang", "room", LEAK)
    await stage.settle()
    await client.post(await link(stage))
    answer = await client.get("/board/figures.xlsx")
    book = load_workbook(BytesIO(await answer.read()))
    assert re.search(r'attachment; filename="lobby-[\d-]+\.xlsx"', answer.headers["Content-Disposition"])
    tickets = book["Tickets"]
    assert tickets["A2"].value == 1001
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any("13800138000" in text or "leaking" in text for text in texts)
    hostile = load_workbook(BytesIO(make_book({"a": [[sign + "cmd" for sign in "=+-@\t\r"], [1, None]]})))["a"]
    assert {cell.data_type for cell in hostile[1]} == {"s"}
    assert hostile["A1"].value == "=cmd"
