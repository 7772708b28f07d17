"""`lobby answers`: what staff send tenants with one tap, in every language of the house."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from bot.commands import spreadsheets
from bot.commands.opening import act_on, look_at
from bot.commands.spreadsheets import file
from handlers import premises
from handlers.ready_answers.sheet import (
    ANSWERS,
    LANGUAGES,
    NOTES,
    AnswerLine,
    as_rows,
    put_in_place,
    read_answers,
    wrong_in,
)
from handlers.roster.words import plain
from storage.models import ReadyAnswer, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group

SHOWN = 60
for_site = click.option("--site", "site_name", help="Which site, where there are several.")


@click.group()
def answers() -> None:
    """What staff send tenants with one tap, in every language.

    They find it with 💬 under a card, or with /a in answer to it.
    """


@answers.command("add")
@click.argument("key")
@click.option("--group", type=click.Choice([group.value for group in Group]), help="For this group alone.")
@click.option("--zh-cn", help="The text in Simplified Chinese.")
@click.option("--zh-tw", help="The text in Traditional Chinese.")
@click.option("--en", help="The text in English.")
@for_site
def add_answer(
    key: str, group: str | None, zh_cn: str | None, zh_tw: str | None, en: str | None, site_name: str | None
) -> None:
    """Keep an answer under KEY, the words on its button; one that is there is changed.

    {number} in a text becomes the number of the request, {name} whoever sends it.
    """
    given = {code: text for code, text in zip(LANGUAGES, (zh_cn, zh_tw, en), strict=True) if text}

    def act(unit: UnitOfWork) -> None:
        site = premises.find_site(unit, site_name)
        known = _find(unit, site, key)
        texts = (dict(known.texts) if known is not None else {}) | given
        wrong = wrong_in(key, texts)
        if wrong:
            raise premises.Refused("; ".join(wrong))
        of = Group(group) if group else (known.group if known is not None else None)
        put_in_place(unit, site, [AnswerLine(key, of, texts)], is_whole=False)

    act_on(act)
    click.echo(f"{key} is ready. All of them: lobby answers list")


@answers.command("remove")
@click.argument("key")
@for_site
def remove_answer(key: str, site_name: str | None) -> None:
    """Take KEY off the list."""

    def act(unit: UnitOfWork) -> None:
        site = premises.find_site(unit, site_name)
        known = _find(unit, site, key)
        if known is None:
            raise premises.Refused(f"{site.name} has no answer called {key}; see: lobby answers list")
        unit.ready_answers.remove(known)

    act_on(act)
    click.echo(f"{key} is gone.")


@answers.command("list")
@for_site
def list_answers(site_name: str | None) -> None:
    """Show what there is, with its group and its languages."""

    def look(unit: UnitOfWork) -> list[str]:
        return [_told(row) for row in unit.ready_answers.recall(premises.find_site(unit, site_name).id)]

    nothing = "No ready answers yet. Add one: lobby answers add KEY --zh-cn TEXT, or: lobby answers template FILE.xlsx"
    click.echo("\n".join(look_at(look)) or nothing)


@answers.command("template")
@file
@for_site
def make_template(file: Path, site_name: str | None) -> None:
    """Write FILE, a spreadsheet to fill: with the answers as they are now, if there are any."""

    def look(unit: UnitOfWork) -> Mapping[str, Sequence[Sequence[str]]]:
        rows = as_rows(unit.ready_answers.recall(premises.find_site(unit, site_name).id))
        return {ANSWERS.names[0]: rows, **NOTES}

    spreadsheets.write_template(file, "answers", look)


@answers.command("import")
@file
@for_site
@click.option("--yes", is_flag=True, help="Clear the list, where FILE has no answer.")
def import_answers(file: Path, site_name: str | None, yes: bool) -> None:
    """Put the answers of FILE in the place of those there are; with one error nothing is changed."""
    sheets = spreadsheets.read(file, "answers")

    def act(unit: UnitOfWork) -> tuple[int, Sequence[str]]:
        site, lines = premises.find_site(unit, site_name), read_answers(sheets)
        if not lines and unit.ready_answers.recall(site.id) and not yes:
            raise premises.Refused(f"{file} has no answer; nothing was changed. Add --yes if you mean it")
        return len(lines), put_in_place(unit, site, lines, is_whole=True)

    count, gone = spreadsheets.put_in(act)
    click.echo(f"{count} answer{'' if count == 1 else 's'} ready now.")
    if gone:
        click.echo(f"No longer there: {', '.join(gone)}")


def _find(unit: UnitOfWork, site: Site, key: str) -> ReadyAnswer | None:
    return next((row for row in unit.ready_answers.list_all(site.id) if plain(row.key) == plain(key)), None)


def _told(row: ReadyAnswer) -> str:
    first = " ".join(str(next(iter(row.texts.values()), "")).split())
    text = first if len(first) <= SHOWN else first[: SHOWN - 1] + "…"
    return f"{row.key}  {row.group or 'every group'}  {', '.join(row.texts)}  {text}"
