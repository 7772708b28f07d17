"""The settings in plain words. Apart from the database, so that `lobby health` answers a container in no time."""

import click
from pydantic import ValidationError

from bot.logs import set_up
from bot.settings import Settings


def read_settings() -> Settings:
    """The settings; what is wrong with one is said with its name and how to mend it."""
    try:
        settings = Settings()
    except ValidationError as error:
        lines = [f"  {_name(fault['loc'])}: {_plain(fault['msg'])}" for fault in error.errors()]
        raise click.ClickException(
            "these settings cannot be used:\n" + "\n".join(lines) + "\n.env.example explains every setting."
        ) from None
    set_up(settings)
    return settings


def _name(place: tuple[int | str, ...]) -> str:
    return f"LOBBY_{str(place[0]).upper()}" if place else "together"


def _plain(said: str) -> str:
    return said.removeprefix("Value error, ")
