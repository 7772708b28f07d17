"""The demo in a real browser, at two widths: a stranger sees a sentence go all the way round in two minutes."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Demo, looking, running
from tests.web.demo_reader import hears, moves_clock, pane, says, starts_again, taps, unfold

LEAK = "The kitchen pipe is leaking, Block 3 1202"


@pytest.mark.parametrize("is_phone", [False, True], ids=["desktop", "phone"])
def test_a_sentence_goes_all_the_way_round(browser: Browser, english_demo: Demo, is_phone: bool) -> None:
    with looking(browser, english_demo, is_phone=is_phone) as page:
        starts_again(page)
        says(page, "room", LEAK)
        hears(page, "room", "Received, no. 1001")
        expect(hears(page, "duty", "#1001")).to_contain_text("Block 3 1202")
        taps(page, "duty", "Take", "#1001")
        expect(page.locator(".pane-duty .toast")).to_contain_text("yours")
        hears(page, "private", "Frank, plumber has taken it")
        _staff_replies(page, "I am on my way")
        hears(page, "private", "I am on my way")
        expect(hears(page, "duty", "Last reply: sent")).to_be_visible()
        taps(page, "duty", "Done", "#1001")
        taps(page, "duty", "Part replaced", "#1001")
        hears(page, "private", "is done")
        moves_clock(page, "To 18:00")
        hears(page, "private", "is it fixed?")
        taps(page, "private", "✅")
        taps(page, "private", "⭐⭐⭐⭐⭐")
        expect(hears(page, "private", "out of 5")).to_contain_text("edited")
        expect(hears(page, "managers", "📊")).to_contain_text("New 1")
        moves_clock(page, "Tomorrow 10:00")
        hears(page, "private", "How satisfied")
        assert page.locator("body").evaluate("body => body.scrollWidth <= innerWidth")


def _staff_replies(page: Page, words: str) -> None:
    card = pane(page, "duty").locator(".message", has_text="#1001").first
    card.hover()
    card.locator(".reply-to").click()
    says(page, "duty", words)


def test_the_keyboard_alone_is_enough(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as page:
        starts_again(page)
        page.get_by_label("Write as Emma Clarke").first.focus()
        page.keyboard.type(LEAK)
        page.keyboard.press("Enter")
        hears(page, "duty", "#1001")
        _tab_to(page, ".pane-duty .choice")
        page.keyboard.press("Enter")
        hears(page, "private", "has taken it")
        assert page.evaluate("document.activeElement.closest('.pane-duty') !== null"), "the focus stays on the card"
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", "the focus is seen"


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by Tab")


def test_a_tenant_who_never_pressed_start_finds_the_answer_waiting(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as page:
        starts_again(page)
        page.locator(".pane-room select").select_option(label="Daniel Kim")
        expect(page.locator(".pane-private .gate")).to_contain_text("has not opened")
        says(page, "room", LEAK)
        hears(page, "duty", "#1001")
        _staff_replies(page, "Coming at two")
        waits = hears(page, "room", "you have an answer")
        expect(waits).not_to_contain_text("Coming")
        waits.locator(".choice").click()
        hears(page, "private", "Coming at two")


def test_a_photo_travels_to_the_duty_chat_and_shows_there(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as page:
        starts_again(page)
        page.locator(".pane-room").get_by_role("button", name="Add a photo").click()
        says(page, "room", LEAK)
        photo = hears(page, "duty", "📎 No. 1001").locator("img.photo")
        expect(photo).to_be_visible()
        page.wait_for_function("image => image.naturalWidth === 640", arg=photo.element_handle())


def test_markup_in_a_message_stays_text(browser: Browser, english_demo: Demo) -> None:
    nasty = "<img src=x onerror=alert(1)> The kitchen pipe is leaking, Block 3 1202 <b>now</b>"
    with looking(browser, english_demo) as page:
        starts_again(page)
        says(page, "room", nasty)
        expect(hears(page, "duty", "#1001")).to_contain_text("<b>now</b>")
        assert page.locator(".log b:text('now')").count() == 0


def test_two_tabs_see_the_same_and_a_reload_brings_everything_back(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as one, looking(browser, english_demo) as two:
        starts_again(one)
        says(one, "room", LEAK)
        hears(two, "duty", "#1001")
        two.reload()
        hears(two, "duty", "#1001")
        hears(two, "room", LEAK)


def test_the_day_plays_and_can_be_sped_up_and_stopped(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as page:
        unfold(page)
        page.locator(".head .primary").click()
        expect(page.locator(".strip progress")).to_be_visible()
        expect(page.locator(".strip")).to_contain_text("listens and stays silent")
        page.get_by_role("button", name="Faster").click()
        expect(page.locator(".strip")).to_contain_text("2× speed")
        hears(page, "room", "Good morning")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".strip progress")).to_have_count(0)
        expect(page.locator(".leaps button").first).to_be_enabled()


def test_whoever_starts_again_is_welcomed_again(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as page:
        starts_again(page)
        welcome = page.locator(".strip", has_text="Watch a busy day")
        welcome.locator(".off").click()
        expect(welcome).to_have_count(0)
        page.locator(".head .primary").click()
        expect(page.locator(".strip progress")).to_be_visible()
        starts_again(page)
        expect(welcome).to_be_visible()


def test_a_tap_beside_the_clock_or_escape_puts_it_away_on_a_phone(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo, is_phone=True) as page:
        opener = page.locator(".opener")
        for puts_away in (lambda: page.keyboard.press("Escape"), lambda: page.locator(".tabs button").first.click()):
            unfold(page)
            expect(opener).to_have_attribute("aria-expanded", "true")
            puts_away()
            expect(opener).to_have_attribute("aria-expanded", "false")


def test_the_page_comes_back_after_the_server_was_killed(browser: Browser) -> None:
    with running("en") as demo, looking(browser, demo) as page:
        says(page, "room", "Good morning everyone")
        demo.kill()
        expect(page.locator(".line-state")).to_contain_text("Reconnecting", timeout=15000)
        demo.start()
        expect(page.locator(".line-state")).to_contain_text("Live", timeout=15000)
        expect(page.locator(".pane-room .message")).to_have_count(0)
        says(page, "room", LEAK)
        hears(page, "duty", "#1001")
        assert demo.stop() == 0
