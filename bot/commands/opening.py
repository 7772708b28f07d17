"""Opens what a command needs: the settings in plain words, the database brought up to date, one writer on it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from pydantic import ValidationError

from bot.clock import Clock
from bot.logs import set_up
from bot.settings import Settings
from storage.engine import open_engine
from storage.schema import SchemaNewer, upgrade
from storage.writer import Writer


def read_settings() -> Settings:
    """The settings; what is wrong with one is said with its name and how to mend it."""
    try:
        settings = Settings()
    except ValidationError as error:
        lines = [f"  {_name(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        raise click.ClickException("these settings cannot be used:\n" + "\n".join(lines)) from None
    set_up(settings)
    return settings


def _name(place: tuple[int | str, ...]) -> str:
    return f"LOBBY_{str(place[0]).upper()}" if place else "together"


@contextmanager
def open_writer(settings: Settings, clock: Clock) -> Iterator[Writer]:
    """A writer on an up-to-date database; a database that cannot be used is a `ClickException`."""
    try:
        engine = open_engine(settings.database)
        upgrade(engine)
    except SchemaNewer as error:
        raise click.ClickException(str(error)) from None
    except Exception as error:
        raise click.ClickException(
            f"the database of LOBBY_DATABASE cannot be opened ({type(error).__name__}): is the address right, "
            "is the server running, may this user write there?"
        ) from None
    writer = Writer(engine, clock.now)
    try:
        yield writer
    finally:
        writer.close()
        engine.dispose()
