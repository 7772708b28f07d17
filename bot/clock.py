"""What time it is: the one clock the desk goes by."""

from datetime import UTC, datetime, timedelta


class Clock:
    """What time it is. The demo and the tests move it on; production never does."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC) + self.ahead
