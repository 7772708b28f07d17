"""How an intake is doing, for the health page and the metrics."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog

log = structlog.get_logger(__name__)

SERVER_MEMORY = timedelta(hours=24)
"""Telegram never sends updates about messages older than this."""
ALARM_EVERY = timedelta(minutes=1)


def utc_now() -> datetime:
    """The clock of an intake that is not given one."""
    return datetime.now(UTC)


@dataclass(slots=True)
class IntakeHealth:
    """What went well and what went wrong last. Times are UTC; `trouble` is None while all is well."""

    source: str
    now: Callable[[], datetime] = utc_now
    last_success: datetime | None = None
    trouble: str | None = None
    last_trouble_at: datetime | None = None
    server_memory: timedelta | None = SERVER_MEMORY
    """A longer silence may have lost something; None where the platform never brings anything late."""
    stored: int = 0
    """Updates kept since the start, repeats included."""
    longest_silence: timedelta | None = None
    """An intake that hears nothing for longer, not even that there is nothing, is stuck; None where silence is well."""
    _since: datetime = field(init=False)
    _alarmed_at: datetime | None = None

    def __post_init__(self) -> None:
        self._since = self.now()

    @property
    def trouble_now(self) -> str | None:
        """What is wrong, an answer that never came too."""
        if self.trouble is not None or self.longest_silence is None:
            return self.trouble
        is_stuck = self.now() - (self.last_success or self._since) > self.longest_silence
        return f"no answer for {self.longest_silence.total_seconds():.0f} seconds" if is_stuck else None

    def went_well(self, stored: int) -> None:
        """An answer came and everything in it is kept."""
        moment = self.now()
        if self.last_success is not None and self._has_forgotten(moment - self.last_success):
            log.error(
                "updates_lost", source=self.source, since=self.last_success.isoformat(), why="Telegram keeps 24 h"
            )
        if self.trouble is not None:
            log.info("intake_recovered", source=self.source, after=self.trouble)
        self.last_success, self.trouble, self._alarmed_at = moment, None, None
        self.stored += stored

    def went_wrong(self, trouble: str, mend: str = "") -> None:
        """It did not; the first of a kind is logged, then one a minute."""
        moment = self.now()
        is_news = trouble != self.trouble
        self.trouble, self.last_trouble_at = trouble, moment
        if is_news or self._alarmed_at is None or moment - self._alarmed_at >= ALARM_EVERY:
            self._alarmed_at = moment
            log.error("intake_trouble", source=self.source, trouble=trouble, mend=mend)

    def _has_forgotten(self, silence: timedelta) -> bool:
        return self.server_memory is not None and silence > self.server_memory
