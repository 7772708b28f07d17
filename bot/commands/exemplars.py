"""`lobby exemplars`: what staff set right and the desk now goes by, and how to take one out again."""

import click

from bot.commands.opening import act_on, look_at
from handlers.premises import Refused
from storage.unit_of_work import UnitOfWork


@click.group()
def exemplars() -> None:
    """What a site's desk has learned from corrections."""


@exemplars.command("list")
@click.argument("site")
def list_exemplars(site: str) -> None:
    """List the examples of SITE, newest first: people's words, with numbers left out."""
    click.echo("\n".join(look_at(lambda unit: _lines(unit, site))) or "No examples yet.")


@exemplars.command("remove")
@click.argument("example", type=int)
def remove_exemplar(example: int) -> None:
    """Take EXAMPLE out: messages like it are read as before. The correction stays counted."""
    act_on(lambda unit: _retire(unit, example))
    click.echo(f"Example {example} is taken out.")


def _lines(unit: UnitOfWork, name: str) -> list[str]:
    site = unit.sites.find_by_name(name)
    if site is None:
        raise Refused(f"there is no site called {name!r}; lobby site list names them")
    return [
        f"{row.id:>8}  {row.at:%Y-%m-%d}  {row.aspect}: {row.was} -> {row.became}  {row.words}"
        for row in unit.corrections.list_teaching(site.id)
    ]


def _retire(unit: UnitOfWork, example: int) -> None:
    if not unit.corrections.retire(example, unit.now):
        raise Refused(f"there is no example {example}; lobby exemplars list names them")
