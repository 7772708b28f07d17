"""What a notification becomes in a reader's language: plain text and buttons, in no channel's words."""

from dataclasses import dataclass

TAP_BYTES = 64
"""The most a button may carry, from Telegram's `callback_data` (1 to 64 bytes)."""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message. `verb` is what the desk is told of a tap; with `url` it opens a page instead."""

    label: str
    verb: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """A rendered notification. `text` is literal: channels must not read markup in it. `title` is set off above it."""

    text: str
    title: str | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()

    @property
    def plain(self) -> str:
        """Title and text as one."""
        return f"{self.title}\n{self.text}" if self.title else self.text
