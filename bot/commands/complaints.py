"""`lobby complaints`: the register of closed cases, to learn from, without anybody's name, room or phone."""

import csv
import sys
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.commands.opening import look_at
from handlers import premises
from handlers.complaints import filing
from handlers.complaints.concerns import list_held
from handlers.complaints.filing import FiledCase
from storage.unit_of_work import UnitOfWork

HEADINGS = [
    "number",
    "opened",
    "filed",
    "trade",
    "weight",
    "affected",
    "complaint",
    "found",
    "proposed",
    "done",
    "summary",
    "proposals",
    "working hours",
    "late steps",
    "reopened",
    "settled",
    "rating",
]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, also after blanks."""
WIDTH = 100


@click.group(invoke_without_command=True)
@click.option("--site", "site_name", help="Which site, where there are several.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Filed on this day or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Filed on this day or before.")
@click.option("--csv", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV file; - prints it.")
@click.pass_context
def complaints(
    context: click.Context, site_name: str | None, since: datetime | None, until: datetime | None, file: Path | None
) -> None:
    """Show closed complaints to learn from: no names, no rooms, no phones."""
    if context.invoked_subcommand is not None:
        return

    def look(unit: UnitOfWork) -> Sequence[FiledCase]:
        site = premises.find_site(unit, site_name)
        zone = ZoneInfo(site.timezone)
        begin = datetime.combine(since.date(), time(), zone) if since else None
        end = datetime.combine(until.date() + timedelta(days=1), time(), zone) if until else None
        return filing.list_cases(unit, site, begin, end)

    cases = look_at(look)
    if file is None:
        click.echo("\n\n".join(map(_told, cases)) or "No complaint has been closed with a summary yet.")
        return
    text = _csv(cases)
    if str(file) == "-":
        sys.stdout.write(text)
    else:
        file.write_text(text, "utf-8-sig", newline="")
        click.echo(f"Wrote {len(cases)} closed complaints to {file}.")


@complaints.command("held")
@click.option("--site", "site_name", help="Which site, where there are several.")
def held(site_name: str | None) -> None:
    """Show complaints nobody may look after, since every chat is read by somebody they are about."""

    def look(unit: UnitOfWork) -> list[str]:
        site = premises.find_site(unit, site_name)
        return [
            f"#{ticket.number}  {ticket.opened_at:%Y-%m-%d}  {' '.join(ticket.words.split())}"
            for ticket in list_held(unit, site.id)
        ]

    click.echo("\n".join(look_at(look)) or "None is held back.")


def _told(case: FiledCase) -> str:
    head = f"#{case.number}  {case.opened_on} to {case.filed_on}  {case.trade}"
    weighed = " · ".join(word.replace("_", " ") for word in (case.weight, case.affected) if word)
    lines = [f"{head}  {weighed}".rstrip()]
    told = (
        ("complaint", case.words),
        ("found", case.finding),
        ("proposed", case.proposal),
        ("done", case.done),
        ("learned", case.summary),
    )
    lines += [f"  {name:10}{_short(words)}" for name, words in told if words]
    return "\n".join(lines)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WIDTH else line[: WIDTH - 1].rstrip() + "…"


def _csv(cases: Sequence[FiledCase]) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    for case in cases:
        writer.writerow(map(_cell, _row(case)))
    return out.getvalue()


def _row(case: FiledCase) -> tuple[object, ...]:
    return (
        case.number,
        case.opened_on,
        case.filed_on,
        case.trade,
        case.weight or "",
        case.affected or "",
        case.words,
        case.finding,
        case.proposal,
        case.done,
        case.summary,
        case.proposals,
        case.hours,
        case.late_steps,
        case.reopened,
        "yes" if case.is_confirmed else "no answer",
        case.rating or "",
    )


def _cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula, whatever somebody wrote."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text
