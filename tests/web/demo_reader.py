"""What a reader of the demo page does, in the words of a test."""

from playwright.sync_api import Locator, Page, expect


def starts_again(page: Page) -> None:
    """An empty building, without the question whether one is sure."""
    page.on("dialog", lambda dialog: dialog.accept())
    run = page.evaluate("sessionStorage.getItem('lobby-demo')")
    unfold(page)
    page.get_by_role("button", name="Start again").click()
    page.wait_for_function("before => sessionStorage.getItem('lobby-demo') !== before", arg=run)
    fold(page)


def unfold(page: Page) -> None:
    """On a phone the clock is behind a button."""
    opener = page.locator(".opener")
    if opener.is_visible() and opener.get_attribute("aria-expanded") == "false":
        opener.click()


def fold(page: Page) -> None:
    """Put it away again."""
    opener = page.locator(".opener")
    if opener.is_visible() and opener.get_attribute("aria-expanded") == "true":
        opener.click()


def pane(page: Page, key: str) -> Locator:
    """One of the four; on a phone it is opened first."""
    tabs = page.locator(".tabs button")
    if tabs.first.is_visible():
        tabs.nth(["room", "private", "duty", "managers"].index(key)).click()
    return page.locator(f".pane-{key}")


def says(page: Page, key: str, words: str) -> None:
    """Somebody writes in a pane."""
    field = pane(page, key).locator("textarea")
    field.fill(words)
    field.press("Enter")


def hears(page: Page, key: str, words: str) -> Locator:
    """The newest message in a pane that holds these words, once it is there."""
    message = pane(page, key).locator(".message", has_text=words).last
    expect(message).to_be_visible(timeout=8000)
    return message


def taps(page: Page, key: str, label: str, about: str = "") -> None:
    """Tap the newest button with this label."""
    messages = pane(page, key).locator(".message", has_text=about)
    messages.locator(".choice", has_text=label).last.click()


def moves_clock(page: Page, label: str) -> None:
    """Time passes, until it has passed."""
    unfold(page)
    button = page.locator(".leaps button", has_text=label)
    button.click()
    expect(button).to_be_enabled(timeout=20000)
    fold(page)
