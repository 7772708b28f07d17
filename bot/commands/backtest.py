"""`lobby backtest FILE`: what today's desk would have made of a chat's past, before anybody lets it in."""

import asyncio
import gc
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.backtest.exports import open_export
from bot.backtest.page import json_of, page_of, write
from bot.backtest.replay import Estate, Played, open_replay
from bot.backtest.results import results_of
from bot.backtest.screen import sums_of, table_of
from bot.backtest.spoken import Export, NotAnExport
from bot.commands import typed
from bot.commands.demo import system_language
from bot.logs import set_up
from bot.settings import Settings
from handlers.understanding.site_words import BuildingWords, SiteWords
from locales import voice

COLLECTS = (50_000, 20, 100)
"""Collector thresholds: the past is heard once and quickly, and walking the libraries' models costs much of that."""
SOME_ROWS = 40
"""Without --all a terminal is shown no more than this; files hold everything."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--timezone", type=typed.zone, default="Asia/Shanghai", show_default=True, help="Where the chat lives.")
@click.option("--chat", help="Which one, where the export holds several.")
@click.option(
    "--building",
    "buildings",
    multiple=True,
    help="Names of one building: '3栋,T3,Block 3'; may be repeated.",
)
@click.option("--all", "is_whole", is_flag=True, help="Also show what the desk would have left alone.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write it as JSON there.")
@click.option("--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), help="Write one page there.")
@click.option("--language", type=typed.language, help="What to speak; your system's by default.")
def backtest(
    file: Path,
    timezone: str,
    chat: str | None,
    buildings: tuple[str, ...],
    is_whole: bool,
    json_file: Path | None,
    html_file: Path | None,
    language: str | None,
) -> None:
    """Let today's desk hear a chat's past, and show what it would do.

    FILE is Telegram Desktop's result.json (Export chat history, machine-readable JSON), or a CSV table with the columns
    time,sender,text. Nothing is sent to anybody, and no word is kept but in the files you ask for.
    """
    set_up(Settings(_env_file=None, log_level="ERROR"))
    for wanted in filter(None, (json_file, html_file)):
        _check_writable(wanted)
    zone, language = ZoneInfo(timezone), language or system_language()
    try:
        export = open_export(file, zone, chat)
    except NotAnExport as refused:
        raise click.ClickException(f"{file.name}: {refused}") from None
    if not export.spoken:
        raise click.ClickException(f"{file.name} holds no message that can be read{_first_fault(export, language)}")
    named = [tuple(filter(None, map(str.strip, names.split(",")))) for names in buildings]
    gc.freeze()
    gc.set_threshold(*COLLECTS)
    estate = Estate(timezone, language, tuple(names for names in named if names))
    try:
        played = asyncio.run(_play(export, estate))
    except KeyboardInterrupt:
        raise click.Abort from None
    site = SiteWords(tuple(BuildingWords(names[0], names[1:]) for names in estate.buildings))
    with click.progressbar(length=len(export.spoken), label="Asking why", file=sys.stderr) as bar:
        result = results_of(export, played, site, bar.update)
    speaks = voice(language, timezone)
    lines = list(table_of(result, speaks, is_whole=is_whole))
    shown = lines if is_whole else lines[: SOME_ROWS + 1]
    click.echo("\n".join(shown))
    if len(lines) > len(shown):
        more = len(lines) - len(shown)
        click.echo(
            speaks.say("and {count} more; {all} or {page} shows them", count=more, all="--all", page="--html FILE")
        )
    click.echo("\n" + "\n".join(sums_of(result, speaks)))
    for path, content in ((json_file, json_of(result)), (html_file, page_of(result, speaks))):
        if path is not None:
            _write(path, content)


async def _play(export: Export, estate: Estate) -> Played:
    with click.progressbar(length=len(export.spoken), label="Hearing the past", file=sys.stderr) as bar:
        async with open_replay(estate) as replay:
            return await replay.play(export, bar.update)


def _check_writable(path: Path) -> None:
    """Before the past is heard: nobody waits for minutes to be told that the page cannot be written."""
    try:
        is_new = not path.exists()
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror}") from None


def _write(path: Path, content: str) -> None:
    try:
        write(path, content)
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror}") from None
    click.echo(f"{path}", err=True)


def _first_fault(export: Export, language: str) -> str:
    if not export.unreadable:
        return ""
    number, why = export.unreadable[0]
    return f"; {export.counted[:-1]} {number}: {why.say(voice(language))}"
