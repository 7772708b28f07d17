"""What a committed act left for others to do; raised by repositories, heard by the loops in `bot`."""

from enum import StrEnum


class Signal(StrEnum):
    """Which loop has work."""

    INBOX = "inbox"
    OUTBOX = "outbox"
    CLAIMED = "claimed"
    """Whatever the acts before it in the same commit left in the outbox is being sent."""
    PUSHES = "pushes"
    ATTACHMENTS = "attachments"
