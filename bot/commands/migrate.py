"""`lobby migrate`: the database brought up to this version, by hand; `lobby run` does the same when it starts."""

import click

from bot.clock import Clock
from bot.commands.configuration import read_settings
from bot.commands.opening import open_writer
from storage.schema import SchemaNewer, is_behind, upgrade


@click.command()
def migrate() -> None:
    """Bring the database up to this version of Lobby.

    Where there is none it is made. Back it up first.
    """
    with open_writer(read_settings(), Clock(), migrates=False) as writer:
        was_behind = is_behind(writer.engine)
        try:
            upgrade(writer.engine)
        except SchemaNewer as error:
            raise click.ClickException(str(error)) from None
    click.echo("The database is up to date now." if was_behind else "The database was up to date already.")
