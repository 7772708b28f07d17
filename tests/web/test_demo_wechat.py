"""The tenant in WeChat: numbers instead of buttons, and a budget of messages that runs out before one's eyes."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.demo.cast import ROOM
from bot.demo.passing import pass_until
from bot.demo.stage import may_speak
from bot.demo.theatre import Theatre
from handlers import slips
from storage.vocabulary import TicketState
from tests.web.conftest import Demo, looking
from tests.web.demo_reader import hears, pane, says, starts_again, taps


async def test_a_number_in_wechat_is_a_tap_and_nobody_there_is_in_the_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "TOO_SOON", timedelta(0))
    theatre = Theatre("zh_CN", "http://127.0.0.1", tmp_path / "demo.db", lambda _: None)
    await theatre.open()
    try:
        stage = theatre.stage
        await stage.say("xu", "private-xu", "5栋1503卫生间水龙头一直滴水")
        await stage.settle()
        assert theatre.state()["budgets"]["private-xu"]["left"] == 4
        await theatre.translate("en")
        received = stage.channel.screens["private-xu"][-1]
        assert "1001" in received.speech.plain
        assert not received.speech.buttons, "also what is said anew in another language has numbers"
        await theatre.translate("zh_CN")
        card = stage.channel.screens["duty-engineering"][-1]
        await stage.tap("li", "duty-engineering", card.message_id, "take")
        await stage.tap("li", "duty-engineering", card.message_id, "done")
        await stage.tap("li", "duty-engineering", card.message_id, "done:repaired")
        await stage.settle()
        await pass_until(stage, stage.clock.now() + timedelta(hours=3))
        asked = stage.channel.screens["private-xu"][-1]
        assert not asked.speech.buttons
        assert "1. " in asked.speech.plain
        await stage.say("xu", "private-xu", "1")
        await stage.settle()
        ticket = stage.lobby.writer.read_now(lambda u: u.tickets.find_by_number(stage.site_id, 1001))
        assert ticket is not None
        assert ticket.state is TicketState.CLOSED
        assert not may_speak("xu", ROOM)
    finally:
        await theatre.close()


def test_five_messages_and_the_last_is_kept_for_done(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as page:
        starts_again(page)
        private, budget = pane(page, "private"), page.locator(".budget")
        expect(budget).to_be_hidden()
        private.locator(".chip", has_text="Grace Xu").click()
        expect(private.locator("h2")).to_have_text("WeChat")
        expect(budget).to_contain_text("only a greeting")
        says(page, "private", "The bathroom tap keeps dripping, Block 5 1503")
        hears(page, "private", "1001")
        expect(budget).to_contain_text("4 of 5 messages left, until")
        expect(private.locator(".choice")).to_have_count(0)
        taps(page, "duty", "Take", "#1001")
        hears(page, "private", "Frank, plumber")
        for words, left in (("I am fetching a part.", "2 of 5"), ("I am downstairs.", "kept for “done”")):
            pane(page, "duty").locator(".reply-to").first.click()
            says(page, "duty", words)
            expect(budget).to_contain_text(left)
        pane(page, "duty").locator(".reply-to").first.click()
        says(page, "duty", "The valve is worn too.")
        hears(page, "duty", "the platform lets us answer only")
        taps(page, "duty", "Done", "#1001")
        taps(page, "duty", "replaced")
        hears(page, "private", "done")
        expect(budget).to_contain_text("All messages are used")
        says(page, "private", "Thank you")
        hears(page, "private", "The valve is worn too.")
