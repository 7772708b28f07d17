"""What all lists kept in a spreadsheet share: a template to fill, reading it back, and every error by its row."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import click

from bot.commands.opening import act_on, look_at
from bot.sheets import NoSpreadsheet, read_sheets, write_sheets
from handlers.roster.reading import Unreadable
from handlers.roster.sheets import Row
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


def write_template(
    file: Path, command: str, look: Callable[[UnitOfWork], Mapping[str, Sequence[Sequence[str]]]]
) -> None:
    """Write what there is, to be filled and given back to `lobby COMMAND import`."""
    refuse_to_write(file)
    write(file, look_at(look))
    click.echo(f"{file} is ready to fill. Then: lobby {command} import {file}")


def refuse_to_write(file: Path) -> None:
    """Nothing is overwritten, and nothing is called a spreadsheet that is none."""
    if file.exists():
        raise click.UsageError(f"{file} is there already; name another, or move it away")
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{file} would be a spreadsheet, and those end in .xlsx")


def write(file: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """With a reason where it cannot be written."""
    try:
        write_sheets(file, sheets)
    except NoSpreadsheet as error:
        raise click.ClickException(str(error)) from None


def read(file: Path, command: str) -> dict[str, list[Row]]:
    """Every sheet of a file somebody has filled."""
    if not file.exists():
        raise click.UsageError(f"there is no {file}; make one to fill: lobby {command} template {file}")
    try:
        return read_sheets(file)
    except NoSpreadsheet as error:
        raise click.ClickException(str(error)) from None


def put_in(act: Callable[[UnitOfWork], T]) -> T:
    """One act; where a row cannot be read nothing is changed, and each error is told."""
    try:
        return act_on(act)
    except Unreadable as unreadable:
        for line in unreadable.errors:
            click.echo(line, err=True)
        count = len(unreadable.errors)
        raise click.ClickException(f"nothing was changed: mend {count} line{'' if count == 1 else 's'}") from None
