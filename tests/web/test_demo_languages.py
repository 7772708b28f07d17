"""The demo in the reader's language: no English leaks into a Chinese page, and a switch takes everything along."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Demo, looking, running
from tests.web.demo_reader import hears, says, starts_again, taps

COMMANDS = re.compile(r"/(my|lang\w*|open|overdue|find|new)\b")
LATIN = re.compile(r"[A-Za-z]{2,}")
EVERYTHING_READ = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
  const found = [document.title];
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element?.closest(".languages, script")) continue;
    if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
    else for (const name of ["aria-label", "title", "alt", "placeholder"]) found.push(node.getAttribute?.(name) ?? "");
  }
  return found;
}"""


def latin_words(page: Page) -> list[str]:
    """Every piece of the page with a Latin word in it, the language switch and commands aside."""
    return [text for text in page.evaluate(EVERYTHING_READ) if LATIN.search(COMMANDS.sub("", text))]


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
def test_no_english_leaks_into_a_chinese_day(browser: Browser, language: str) -> None:
    with running(language) as demo, looking(browser, demo) as page:
        assert latin_words(page) == []
        page.locator(".strip .primary").click()
        faster = page.locator(".strip .plain").first
        for speed in ("2", "4", "8"):
            faster.click()
            expect(faster).to_contain_text(speed)
        expect(page.locator(".strip progress")).to_have_count(0, timeout=90000)
        for chip in page.locator(".chip").all():
            chip.click()
            assert latin_words(page) == []


def test_a_switch_takes_names_chats_and_old_messages_along(browser: Browser, english_demo: Demo) -> None:
    with looking(browser, english_demo) as page:
        starts_again(page)
        says(page, "room", "厨房水管漏水了，3栋1202")
        hears(page, "duty", "#1001")
        taps(page, "duty", "Take", "#1001")
        hears(page, "private", "Frank, plumber")
        taps(page, "duty", "More", "#1001")
        taps(page, "duty", "Print", "#1001")
        hears(page, "duty", "on one page")
        taps(page, "duty", "Back", "#1001")
        try:
            page.locator(".languages button", has_text="简体中文").click()
            expect(hears(page, "duty", "#1001")).to_contain_text("李师傅")
            hears(page, "private", "李师傅已接单")
            hears(page, "room", "1001号工单")
            assert latin_words(page) == []
            taps(page, "duty", "完成", "#1001")
            hears(page, "duty", "已更换配件")
            assert latin_words(page) == [], "what the desk says from now on too"
        finally:
            page.locator(".languages button", has_text="English").click()
            expect(page.locator("h1")).to_have_text("Sunshine Garden")
