"""The survey link as a tenant meets it: on a phone, out of the chat, in a browser without JavaScript."""

from playwright.sync_api import Browser

from tests.web.conftest import Demo, looking
from tests.web.demo_reader import hears, moves_clock, says, starts_again, taps


def test_on_a_phone_without_javascript_the_link_from_the_chat_is_opened_and_answered(
    browser: Browser, english_demo: Demo
) -> None:
    link = _invitation(browser, english_demo)
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{english_demo.address}{link}")
    assert page.locator("body").evaluate("body => body.scrollWidth") <= 390
    page.get_by_role("link", name="简体中文").click()
    assert page.get_by_role("heading", name="您对本楼宇").is_visible()
    page.get_by_label("非常满意").check()
    page.get_by_role("textbox").fill("大堂很干净")
    page.get_by_role("button", name="提交").click()
    assert page.get_by_role("heading", name="谢谢您").is_visible()
    page.goto(f"{english_demo.address}{link}")
    assert page.get_by_role("heading", name="Thank you").is_visible()
    context.close()


def _invitation(browser: Browser, demo: Demo) -> str:
    with looking(browser, demo) as page:
        starts_again(page)
        says(page, "room", "The kitchen pipe is leaking, Block 3 1202")
        hears(page, "duty", "#1001")
        taps(page, "duty", "Done", "#1001")
        taps(page, "duty", "Repaired", "#1001")
        moves_clock(page, "To 18:00")
        taps(page, "private", "✅")
        taps(page, "private", "⭐⭐⭐⭐⭐")
        moves_clock(page, "Tomorrow 10:00")
        link = hears(page, "private", "How satisfied").locator("a.choice").get_attribute("href")
    assert link is not None
    return link
