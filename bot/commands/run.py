"""`lobby run`: the desk at work."""

import asyncio

import click

from bot.channels import extra_for, make_channels
from bot.clock import Clock
from bot.commands.configuration import read_settings
from bot.commands.opening import open_writer
from bot.serving import CannotListen, serve


@click.command()
def run() -> None:
    """Hear, answer and remember, until told to stop."""
    settings = read_settings()
    try:
        channels = make_channels(settings)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    except ImportError as error:
        raise click.ClickException(f"{error.name} is not installed: pip install '{extra_for(error)}'") from None
    if not channels:
        raise click.ClickException(
            "no channel is configured: set LOBBY_ROOMS_TOKEN and LOBBY_DUTY_TOKEN (or LOBBY_WECHAT_APP_ID), "
            "see .env.example"
        )
    clock = Clock()
    with open_writer(settings, clock) as writer:
        try:
            asyncio.run(serve(settings, writer, clock, channels))
        except CannotListen as error:
            raise click.ClickException(str(error)) from None
