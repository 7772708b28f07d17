"""`lobby questions`: the list of what tenants often ask, from a spreadsheet and back, and what may be missing on it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.commands import spreadsheets
from bot.commands.opening import look_at
from bot.commands.spreadsheets import file
from handlers import premises
from handlers.questions.importing import Imported, put_in_place
from handlers.questions.sheet import NOTES, QUESTIONS, as_rows, read_questions
from handlers.questions.suggesting import Suggestion, suggest
from storage.models import Site
from storage.repositories.questions import Given
from storage.unit_of_work import UnitOfWork

COUNTED = timedelta(days=90)
SHOWN = 3
for_site = click.option("--site", "site_name", help="Which site, where there are several.")


@click.group()
def questions() -> None:
    """What tenants often ask, which the desk answers by itself where it is sure."""


@questions.command("template")
@file
@for_site
def make_template(file: Path, site_name: str | None) -> None:
    """Write FILE, a spreadsheet to fill: with the list as it is now, if there is one."""

    def look(unit: UnitOfWork) -> Mapping[str, Sequence[Sequence[str]]]:
        return {QUESTIONS.names[0]: as_rows(unit.questions.recall(premises.find_site(unit, site_name).id)), **NOTES}

    spreadsheets.write_template(file, "questions", look)


@questions.command("import")
@file
@for_site
@click.option("--yes", is_flag=True, help="Clear the list, where FILE has no question.")
def import_questions(file: Path, site_name: str | None, yes: bool) -> None:
    """Put the list of FILE in the place of the one there is; with one error nothing is changed."""
    sheets = spreadsheets.read(file, "questions")

    def act(unit: UnitOfWork) -> Imported:
        site = premises.find_site(unit, site_name)
        lines = read_questions(sheets, _today(unit, site))
        if not lines and unit.questions.recall(site.id) and not yes:
            raise premises.Refused(f"{file} has no question; nothing was changed. Add --yes if you mean it")
        return put_in_place(unit, site, lines)

    done = spreadsheets.put_in(act)
    click.echo(f"{done.count} question{'' if done.count == 1 else 's'} on the list now.")
    if done.retired:
        click.echo(f"No longer on it: {', '.join(done.retired)}")
    for wording, key in done.unsure:
        click.echo(f"Asked so, a person is still needed: {wording} ({key})")


@questions.command("list")
@for_site
def list_questions(site_name: str | None) -> None:
    """Show the list, how often each answer was given in 90 days, and what is to be looked over."""

    def look(unit: UnitOfWork) -> list[str]:
        site = premises.find_site(unit, site_name)
        given = unit.questions.count_given(site.id, unit.now - COUNTED, unit.now)
        today = _today(unit, site)
        return [
            _told(row.key, row.owner, row.review_on, today, given.get(row.id, Given()))
            for row in unit.questions.recall(site.id)
        ]

    click.echo("\n".join(look_at(look)) or "No questions yet. Make a sheet to fill: lobby questions template list.xlsx")


@questions.command("suggest")
@for_site
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Asked at least so often.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Write a spreadsheet to edit and import.")
def suggest_questions(site_name: str | None, least: int, to: Path | None) -> None:
    """Show what past inquiries asked alike, with the answer staff gave; rooms, phones and names are left out."""
    if to is not None:
        spreadsheets.refuse_to_write(to)

    def look(unit: UnitOfWork) -> tuple[Sequence[Suggestion], list[Sequence[str]]]:
        site = premises.find_site(unit, site_name)
        return suggest(unit, site, least), as_rows(unit.questions.recall(site.id))

    found, rows = look_at(look)
    if not found:
        click.echo("Nothing yet was asked and answered often enough.")
        return
    for each in found:
        click.echo(f"{each.times}×  " + " / ".join(words for words, _ in each.wordings[:SHOWN]))
        click.echo(f"    ↩ {' '.join(each.answer.split())}")
    if to is not None:
        spreadsheets.write(to, {QUESTIONS.names[0]: [*rows, *(each.as_row() for each in found)], **NOTES})
        click.echo(f"{to} has your list with these added. Look them over, then: lobby questions import {to}")


def _today(unit: UnitOfWork, site: Site) -> date:
    return unit.now.astimezone(ZoneInfo(site.timezone)).date()


def _told(key: str, owner: str, review_on: date | None, today: date, given: Given) -> str:
    line = f"{key}  answered {given.times} (yes {given.yes}, no {given.no})"
    if owner:
        line += f"  owner {owner}"
    if review_on is not None:
        line += f"  review {review_on}" + (" - due, look it over" if review_on <= today else "")
    return line
