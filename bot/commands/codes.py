"""`lobby link`: a one-time code that makes a chat a building's room, a duty chat or a manager chat."""

import click

from bot.clock import Clock
from bot.commands.opening import open_writer, read_settings
from bot.commands.sites import find_site
from handlers.linking import new_code
from locales import LOCALES
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group

BOTS = {ChatRole.ROOM: "the tenants' bot", ChatRole.DUTY: "the duty bot", ChatRole.MANAGER: "the duty bot"}


@click.command()
@click.argument("role", type=click.Choice([role.value for role in BOTS]))
@click.option("--site", "site_name", help="Which site, where there are several.")
@click.option("--building", "building_name", help="For a room of one building only.")
@click.option(
    "--group", type=click.Choice([group.value for group in Group]), help="For a duty chat: which project group."
)
@click.option("--language", type=click.Choice(list(LOCALES)), help="What to speak there; the site's own by default.")
def link(role: str, site_name: str | None, building_name: str | None, group: str | None, language: str | None) -> None:
    """Print a one-time code. Send it in the chat as: /link CODE"""
    if role == ChatRole.DUTY and group is None:
        raise click.UsageError("a duty chat belongs to a group: give --group, such as --group engineering")

    def act(unit: UnitOfWork) -> str:
        site = find_site(unit, site_name)
        building = next((b for b in unit.sites.list_buildings(site.id) if b.name == building_name), None)
        if building_name and building is None:
            raise click.ClickException(f"{site.name} has no building {building_name!r}: lobby building add")
        return new_code(
            unit,
            ChatRole(role),
            site.id,
            building_id=building.id if building else None,
            group=Group(group) if group else None,
            language=language,
        )

    with open_writer(read_settings(), Clock()) as writer:
        code = writer.submit(act).result()
    click.echo(f"Add {BOTS[ChatRole(role)]} to the chat, then send there, within a day:\n\n    /link {code}\n")
