"""The backtest's page, opened from a file on a phone: no server, no script, nothing wider than the screen."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

TABLE = """time,sender,text
2026-03-02 09:00,Mei,good morning everyone
2026-03-02 09:05,Ken,"The kitchen pipe is leaking, Block 3 1202"
2026-03-02 09:30,W,"https://example.com/a-very-long-address-that-nobody-can-break-anywhere-0123456789-0123456789-0123456789"
2026-03-02 13:00,张三,3栋着火了 快来人！！
2026-03-02 13:30,Bad
"""


@pytest.mark.parametrize(("language", "every"), [("zh_CN", "全部消息"), ("zh_TW", "全部訊息"), ("en", "Every message")])
def test_on_a_phone_the_page_stands_alone(browser: Browser, tmp_path: Path, language: str, every: str) -> None:
    chat, page_file = tmp_path / "chat.csv", tmp_path / "page.html"
    chat.write_text(TABLE, encoding="utf-8")
    # A process of its own: this one has the browser's event loop.
    words = ["backtest", str(chat), "--html", str(page_file), "--language", language]
    subprocess.run([sys.executable, "-m", "bot", *words], check=True, capture_output=True)
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert page.locator("body").evaluate("body => body.scrollWidth") <= 360
    assert page.locator("ol > li:visible").count() == 2
    page.get_by_text(every).click()
    assert page.locator("ol > li:visible").count() == 4
    assert page.locator("body").evaluate("body => body.scrollWidth") <= 360
    assert asked == [page_file.as_uri()]
    context.close()
