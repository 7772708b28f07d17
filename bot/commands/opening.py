"""Opens what a command needs: the database brought up to date, one writer on it, refusals in plain words."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import click

from bot.clock import Clock
from bot.commands.configuration import read_settings
from bot.settings import Settings
from handlers.premises import Refused
from storage.engine import open_engine
from storage.schema import SchemaNewer, upgrade
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

T = TypeVar("T")
CANNOT_BE_OPENED = "the database of LOBBY_DATABASE cannot be opened"
OPENING_QUESTIONS = "is the address right, is the server running, may this user write there?"


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
    """Do one thing to the configured database; what is refused is told in its own words, and makes no database."""
    settings = read_settings()
    with _leaving_nothing(settings.sqlite_path), open_writer(settings, Clock()) as writer:
        try:
            return writer.submit(act).result()
        except Refused as refused:
            raise click.ClickException(str(refused)) from None


@contextmanager
def _leaving_nothing(path: Path | None) -> Iterator[None]:
    """A file that only came into being for something that failed goes again."""
    with ExitStack() as undoing:
        if path is not None and not path.exists():
            for suffix in ("", "-wal", "-shm"):
                undoing.callback(path.with_name(path.name + suffix).unlink, missing_ok=True)
        yield
        undoing.pop_all()


def look_at(look: Callable[[UnitOfWork], T]) -> T:
    """Look at the configured database. One that is not there yet looks empty, and is not made by being looked at."""
    settings = read_settings()
    with TemporaryDirectory() as nowhere:
        path = settings.sqlite_path
        if path is not None and not path.exists() and path.parent.is_dir():
            settings = settings.model_copy(update={"database": f"sqlite:///{nowhere}/empty.db"})
        with open_writer(settings, Clock()) as writer:
            try:
                return writer.read_now(look)
            except Refused as refused:
                raise click.ClickException(str(refused)) from None
