"""`lobby link`: a one-time code that makes a chat a building's room, a duty chat or a manager chat."""

import click

from bot.commands import typed
from bot.commands.configuration import read_settings
from bot.commands.opening import act_on
from handlers import linking, premises
from handlers.linking import new_code
from storage.models import Chat
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
@click.option("--language", type=typed.language, help="What to speak there; the site's own by default.")
@click.option(
    "--robot", help="A WeCom group robot by its name in LOBBY_WECOM_ROBOTS: linked at once, for it cannot hear."
)
def link(
    role: str,
    site_name: str | None,
    building_name: str | None,
    group: str | None,
    language: str | None,
    robot: str | None,
) -> None:
    """Print a one-time code that links a chat.

    Send it there as: /link CODE
    """
    if role == ChatRole.DUTY and group is None:
        raise click.UsageError("a duty chat belongs to a group: give --group, such as --group engineering")
    if role != ChatRole.DUTY and group is not None:
        raise click.UsageError(f"--group is for duty chats; a {role} has none: leave it out")
    if role == ChatRole.ROOM and robot is not None:
        raise click.UsageError("--robot is for duty and manager chats: a robot hears no tenant")
    if robot is not None and robot not in read_settings().robots:
        raise click.UsageError(f"LOBBY_WECOM_ROBOTS knows no {robot}: add {robot}=KEY there first")
    if role != ChatRole.ROOM and building_name is not None:
        raise click.UsageError(f"--building is for rooms; a {role} chat serves the whole site: leave it out")

    def act(unit: UnitOfWork) -> str:
        site = premises.find_site(unit, site_name)
        building = premises.find_building(unit, site, building_name) if building_name else None
        code = new_code(
            unit,
            ChatRole(role),
            site.id,
            building_id=building.id if building else None,
            group=Group(group) if group else None,
            language=language,
        )
        if robot is not None:
            chat = unit.chats.find("wecom_robot", robot)
            new = Chat(channel="wecom_robot", address=robot, role=ChatRole.UNLINKED, title=robot)
            linking.link(unit, chat or unit.chats.add(new), code, (ChatRole(role),))
        return code

    code = act_on(act)
    if robot is not None:
        click.echo(f"{robot} is linked: Lobby says so there once it runs (lobby run).")
        return
    click.echo(f"Add {BOTS[ChatRole(role)]} to the chat, then send there, within a day:\n\n    /link {code}\n")
    settings = read_settings()
    if role != ChatRole.ROOM and (settings.wecom_bot_id or settings.wecom_bot_token.get_secret_value()):
        click.echo(f"In a WeCom group name the bot first:\n\n    @bot /link {code}\n")
