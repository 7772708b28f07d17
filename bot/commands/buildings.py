"""`lobby building`: the buildings of a site, under every name people use for them."""

import click

from bot.commands import typed
from bot.commands.opening import act_on, look_at
from handlers import premises
from storage.models import Building
from storage.unit_of_work import UnitOfWork


@click.group()
def building() -> None:
    """The buildings of a site."""


@building.command("add")
@click.argument("site", metavar="SITE")
@click.argument("name", type=typed.name)
@click.option("--alias", type=typed.name, multiple=True, help="Another name people use; may be given again.")
def add_building(site: str, name: str, alias: tuple[str, ...]) -> None:
    """Add a building to a site."""
    of_site = act_on(lambda unit: premises.add_building(unit, site, name, alias)[0].name)
    click.echo(f"Building {name} added to {of_site}.")


@building.command("edit")
@click.argument("site", metavar="SITE")
@click.argument("name")
@click.option("--name", "new_name", type=typed.name, help="Another name.")
@click.option("--alias", type=typed.name, multiple=True, help="One more name people use; may be given again.")
@click.option("--drop-alias", multiple=True, help="A name nobody uses any more; may be given again.")
def edit_building(
    site: str, name: str, new_name: str | None, alias: tuple[str, ...], drop_alias: tuple[str, ...]
) -> None:
    """Rename a building, give it more aliases or take some away."""
    if not (new_name or alias or drop_alias):
        raise click.UsageError("say what to change: --name, --alias or --drop-alias")
    click.echo(
        act_on(lambda unit: _line(premises.change_building(unit, site, name, new_name, alias, drop_alias)[1])),
    )


@building.command("remove")
@click.argument("site", metavar="SITE")
@click.argument("name")
def remove_building(site: str, name: str) -> None:
    """Remove a building where nothing is open; past tickets keep its name."""
    removed = act_on(lambda unit: [one.name for one in premises.remove_building(unit, site, name)])
    click.echo(f"Building {removed[1]} removed from {removed[0]}.")


@building.command("list")
@click.argument("site", metavar="[SITE]", required=False)
def list_buildings(site: str | None) -> None:
    """Show the buildings of a site and their aliases."""

    def look(unit: UnitOfWork) -> list[str]:
        of_site = premises.find_site(unit, site)
        lines = [_line(one) for one in unit.sites.list_buildings(of_site.id)]
        return lines or [f"{of_site.name} has no building yet. Add one: lobby building add {of_site.name} NAME"]

    click.echo("\n".join(look_at(look)))


def _line(one: Building) -> str:
    return f"{one.name}  {', '.join(one.aliases)}".rstrip()
