"""What a committed act left for others to do; raised by repositories, heard by the loops in `bot`."""

from enum import StrEnum


class Signal(StrEnum):
    """Which loop has work."""

    INBOX = "inbox"
    OUTBOX = "outbox"
    PUSHES = "pushes"
    ATTACHMENTS = "attachments"
