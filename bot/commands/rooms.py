"""`lobby room`: whether the desk speaks in a tenants' room, or only listens for a trial."""

import click

from bot.commands.opening import act_on, look_at
from handlers import rooms
from storage.models import Chat
from storage.unit_of_work import UnitOfWork


@click.group()
def room() -> None:
    """The tenants' rooms: live, or in the shadow for a trial."""


@room.command("shadow")
@click.argument("chat")
def shadow_room(chat: str) -> None:
    """Let the desk only listen in CHAT, a title or an address.

    It opens tickets and shows them to staff, marked; the group and its people hear nothing.
    """
    name = act_on(lambda unit: _name(rooms.put_into_shadow(unit, chat)))
    click.echo(
        f"In {name} the desk only listens now. Staff see what it would do; end it with: lobby room live {chat!r}"
    )


@room.command("live")
@click.argument("chat")
def live_room(chat: str) -> None:
    """Let the desk speak in CHAT again; of what was opened in the shadow tenants still hear nothing."""
    name = act_on(lambda unit: _name(rooms.bring_to_light(unit, chat)))
    click.echo(f"In {name} the desk speaks now.")


@room.command("list")
def list_rooms() -> None:
    """Show the linked rooms, and which are in the shadow."""

    def look(unit: UnitOfWork) -> list[str]:
        return [
            f"{'shadow' if one.is_shadow else 'live':8}{_name(one)}  {one.address}" for one in rooms.list_rooms(unit)
        ]

    click.echo("\n".join(look_at(look)) or "No room is linked yet: lobby link room")


def _name(one: Chat) -> str:
    return one.title or one.address
