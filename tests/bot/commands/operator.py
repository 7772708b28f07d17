"""Somebody at the keyboard: types a `lobby` command in a folder of their own, and reads what comes back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.clock import Clock
from storage.engine import open_engine
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

T = TypeVar("T")


@dataclass
class Operator:
    """Types commands against one database."""

    database: str
    settings: dict[str, str] = field(default_factory=dict)

    def types(self, *words: str, told: str = "") -> Result:
        """`lobby WORDS…`; `told` comes in on standard input."""
        return CliRunner().invoke(main, words, input=told, env={"LOBBY_DATABASE": self.database} | self.settings)

    def gets(self, *words: str) -> str:
        """Types a command that must work; returns what it says."""
        result = self.types(*words)
        assert result.exit_code == 0, result.output
        return result.stdout

    def is_refused(self, *words: str) -> str:
        """Types a command that must not work; returns why, in the operator's words and never a traceback."""
        result = self.types(*words)
        assert result.exit_code in (1, 2), result.output
        assert isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.output
        return result.output

    def looks(self, look: Callable[[UnitOfWork], T]) -> T:
        """Into the database."""
        return self._with(lambda writer: writer.read_now(look))

    def acts(self, act: Callable[[UnitOfWork], T]) -> T:
        """What happened meanwhile."""
        return self._with(lambda writer: writer.submit(act).result())

    def _with(self, do: Callable[[Writer], T]) -> T:
        engine = open_engine(self.database)
        writer = Writer(engine, Clock().now)
        try:
            return do(writer)
        finally:
            writer.close()
            engine.dispose()
