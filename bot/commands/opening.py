"""Opens what a command needs: the settings in plain words, the database brought up to date, one writer on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click
from pydantic import ValidationError

from bot.clock import Clock
from bot.logs import set_up
from bot.settings import Settings
from handlers.premises import Refused
from storage.engine import open_engine
from storage.schema import SchemaNewer, upgrade
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

T = TypeVar("T")
CANNOT_BE_OPENED = "the database of LOBBY_DATABASE cannot be opened"
OPENING_QUESTIONS = "is the address right, is the server running, may this user write there?"


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


@contextmanager
def open_writer(settings: Settings, clock: Clock, *, migrates: bool = True) -> Iterator[Writer]:
    """A writer on the database, up to date where `migrates`; a database that cannot be used is a `ClickException`."""
    try:
        engine = open_engine(settings.database)
        if migrates:
            upgrade(engine)
    except SchemaNewer as error:
        raise click.ClickException(str(error)) from None
    except Exception as error:
        raise click.ClickException(f"{CANNOT_BE_OPENED} ({type(error).__name__}): {OPENING_QUESTIONS}") from None
    writer = Writer(engine, clock.now)
    try:
        yield writer
    finally:
        writer.close()
        engine.dispose()


def act_on(act: Callable[[UnitOfWork], T]) -> T:
    """Do one thing to the configured database; what is refused is told in its own words."""
    with open_writer(read_settings(), Clock()) as writer:
        try:
            return writer.submit(act).result()
        except Refused as refused:
            raise click.ClickException(str(refused)) from None


def look_at(look: Callable[[UnitOfWork], T]) -> T:
    """Look at the configured database."""
    with open_writer(read_settings(), Clock()) as writer:
        try:
            return writer.read_now(look)
        except Refused as refused:
            raise click.ClickException(str(refused)) from None
