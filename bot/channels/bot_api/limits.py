"""The Bot API's figures. Sources: core.telegram.org/bots/api, and python-telegram-bot's `constants` for the pace."""

from typing import Final

from bot.channels.channel import Abilities, Pace

TEXT: Final = 4096
"""UTF-16 units in a message."""
CAPTION: Final = 1024
"""UTF-16 units under a photo or file."""
TAP_ANSWER: Final = 200
"""Characters in the answer to a tap."""
PHOTO_BYTES: Final = 10 * 1024 * 1024
"""A larger picture goes as a document."""

ABILITIES: Final = Abilities(buttons=True, edits=True, reactions=True, writes_first=False, groups=True, text_limit=TEXT)
PACE: Final = Pace(per_chat_seconds=1.0, per_group_minute=20, per_second=30)

CALL: Final = 45.0
"""Seconds for a whole call: less than the outbox's lease, so that no other sender takes the row meanwhile."""
CONNECT: Final = 5.0
"""Seconds for a connection; when they are over, nothing was written."""
PATIENCE: Final = 20.0
"""Seconds of silence after which an answer is given up."""

ANONYMOUS_ADMIN: Final = 1087968824
"""@GroupAnonymousBot, who signs for admins that hide."""
SERVICE_ACCOUNT: Final = 777000
"""Telegram itself, who also carries a channel's posts into its group."""

ROOMS_UPDATES: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "message_reaction",
)
"""What the tenants' bot asks for. Channel posts and reactions are only recorded."""
DUTY_UPDATES: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
)
"""What the duty bot asks for."""
