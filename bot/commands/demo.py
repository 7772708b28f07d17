"""`lobby demo`: the whole loop in a browser, with no account and no token."""

import asyncio
import contextlib

import click

from bot.logs import set_up
from bot.settings import Settings
from locales import LOCALES


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8765, show_default=True, help="The next free one is taken when it is busy.")
@click.option("--language", type=click.Choice(list(LOCALES)), help="Language of the page; your system's by default.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def demo(host: str, port: int, language: str | None, no_browser: bool) -> None:
    """Open a building's group, a tenant, a duty chat and a manager side by side."""
    from bot.demo import serve

    set_up(Settings(_env_file=None, log_level="WARNING"))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(host, port, language or system_language(), open_browser=not no_browser))


def system_language() -> str:
    """The one of ours that this machine speaks."""
    import locale

    code = locale.getlocale()[0] or ""
    if code.startswith(("zh_TW", "zh_HK", "zh_MO")):
        return "zh_TW"
    return "zh_CN" if code.startswith("zh") else "en"
