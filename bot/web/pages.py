"""What the pages know of the running desk; routes ask their application for nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.intake.health import IntakeHealth
from bot.wiring import Lobby
from storage.leadership import Leadership


@dataclass
class Pages:
    """The desk behind the pages. The demo swaps `lobby` when it starts again, so routes read it anew each time."""

    lobby: Lobby
    intakes: Mapping[str, IntakeHealth]
    leadership: Leadership | None = None
    """None where there is nobody to lead but us."""

    @property
    def secret(self) -> str:
        """Signs survey links."""
        return self.lobby.desk.secret

    def is_leading(self) -> bool:
        """Whether this replica works; waits for the disk or the network, so call it in a thread."""
        return self.leadership is None or self.leadership.is_leading()

    def is_schema_current(self) -> bool:
        """Whether the database has every migration; call it in a thread too."""
        from storage.schema import is_behind  # half a second, which the demo's first page need not wait for

        return not is_behind(self.lobby.writer.engine)


PAGES = web.AppKey("pages", Pages)
