"""`lobby report`: a week or a month as a file to print or to go on working with."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.clock import Clock
from bot.commands.configuration import read_settings
from bot.commands.opening import open_writer
from handlers import premises
from handlers.board.views import Filters
from handlers.reports.period import Reader, Report, month_of, report_of, week_of
from locales import LOCALES, Voice
from storage.unit_of_work import UnitOfWork


@click.command()
@click.option("--site", "site_name", help="Which site, where there are several.")
@click.option("--month", help="Such as 2026-10; last month where nothing is said.")
@click.option("--week", help="Any day of the week, such as 2026-10-14.")
@click.option(
    "--for",
    "reader",
    type=click.Choice([each.value for each in Reader]),
    default=Reader.MANAGERS.value,
    show_default=True,
    help="Owners and developer get nothing that points to a flat or a person.",
)
@click.option("--language", type=click.Choice(list(LOCALES)), help="The site's own where nothing is said.")
@click.option(
    "--to", "path", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help=".pdf or .xlsx"
)
def report(
    site_name: str | None, month: str | None, week: str | None, reader: str, language: str | None, path: Path
) -> None:
    """Write a week's or a month's report as PDF or XLSX.

    It holds every figure with its definition, demand, slow cases and what is expected.
    """
    if path.suffix.lower() not in (".pdf", ".xlsx"):
        raise click.UsageError("the file's name ends in .pdf or .xlsx")
    settings = read_settings()

    def count(unit: UnitOfWork) -> Report:
        site = premises.find_site(unit, site_name)
        today = unit.now.astimezone(ZoneInfo(site.timezone)).date()
        return report_of(unit, site, _period(month, week, today), Reader(reader))

    with open_writer(settings, Clock()) as writer:
        try:
            found = writer.read_now(count)
        except premises.Refused as refused:
            raise click.ClickException(str(refused)) from None
    path.write_bytes(_made(found, Voice(language or found.site.language, found.site.timezone), path.suffix.lower()))
    click.echo(f"{path}: {found.site.name}, {found.filters.first} to {found.filters.last}, for {reader}")


def _period(month: str | None, week: str | None, today: date) -> Filters:
    try:
        if week is not None:
            return week_of(date.fromisoformat(week))
        return month_of(month or f"{today.replace(day=1) - timedelta(days=1):%Y-%m}")
    except ValueError:
        raise click.UsageError("write a month as 2026-10, a week as any day of it, such as 2026-10-14") from None


def _made(found: Report, voice: Voice, suffix: str) -> bytes:
    if suffix == ".xlsx":
        from bot.reports.workbook import report_book

        return report_book(found, voice)
    try:
        from bot.reports.paper import print_report
    except ImportError as error:
        raise click.ClickException(f"{error.name} is not installed: pip install 'lobby[posters]'") from None
    return print_report(found, voice)
