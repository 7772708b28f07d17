"""Nothing of the demo is cut off: at a desktop's width and a phone's, in every language."""

import pytest
from playwright.sync_api import Browser, Page, expect

from locales import LOCALES
from tests.web.conftest import Demo, looking
from tests.web.demo_reader import fold, pane, unfold

CUT = """
selector => [...document.querySelectorAll(selector)]
  .filter(node => node.offsetParent)
  .filter(node => {
    const own = node.getBoundingClientRect(), around = node.closest(".pane, .head, body").getBoundingClientRect();
    return own.left < around.left - 1 || own.right > around.right + 1 || own.right > innerWidth || own.left < 0
      || own.bottom > innerHeight;
  })
  .map(node => node.textContent)
"""
SMALL = """
selector => [...document.querySelectorAll(selector)]
  .filter(node => node.offsetParent && node.getBoundingClientRect().height < 39.5)
  .map(node => node.textContent)
"""


def speaks(page: Page, name: str) -> None:
    """Switch the page to another language and wait until it has."""
    unfold(page)
    button = page.locator(".languages button", has_text=name)
    if button.get_attribute("aria-pressed") == "false":
        button.click()
    expect(page.locator(".languages button[aria-pressed=true]")).to_have_text(name)
    fold(page)


@pytest.mark.parametrize("name", LOCALES.values())
def test_every_chip_and_control_is_whole_on_a_desktop(browser: Browser, english_demo: Demo, name: str) -> None:
    with looking(browser, english_demo) as page:
        speaks(page, name)
        assert page.locator(".pane-duty .chip").count() == 5
        assert page.evaluate(CUT, ".chip, .controls button, .strip button, .as select, .round") == []
        assert page.evaluate(
            "[...document.querySelectorAll('.chips')].every(row => row.scrollWidth <= row.clientWidth)"
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        speaks(page, "English")


@pytest.mark.parametrize("name", LOCALES.values())
def test_clock_and_controls_are_whole_and_large_enough_on_a_phone(
    browser: Browser, english_demo: Demo, name: str
) -> None:
    with looking(browser, english_demo, is_phone=True) as page:
        speaks(page, name)
        unfold(page)
        assert page.evaluate(CUT, ".clock, .controls button, .languages button, .round, .tabs button") == []
        assert page.evaluate(SMALL, ".controls button, .round, .tabs button, .as select") == []
        fold(page)
        pane(page, "duty")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(SMALL, ".chip, .try, .round") == []
        speaks(page, "English")


def test_sentences_to_try_move_under_the_mouse_wheel(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as page:
        row = page.locator(".pane-room .tries")
        row.hover()
        page.mouse.wheel(0, 200)
        page.wait_for_function("document.querySelector('.pane-room .tries').scrollLeft > 0")
