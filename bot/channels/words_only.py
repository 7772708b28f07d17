"""What a channel answers that can say things and no more: it changes nothing, reacts to nothing, and nobody taps."""

from bot.channels.channel import Letter, SendFailed
from bot.channels.refusals import Refusal


class WordsOnly:
    """The parts of a `Channel` such a platform has nothing for; whoever has more says so in a method of its own."""

    async def edit(self, _letter: Letter, _receipt: str, /) -> None:
        """It cannot; the outbox never asks one that says so."""
        raise SendFailed(Refusal.MESSAGE_GONE, permanent=True)

    async def react(self, address: str, message_id: str, emoji: str) -> None:
        """It cannot, and silence says the same."""

    async def answer_tap(self, tap_id: str, text: str) -> None:
        """Nobody taps here."""

    async def open(self) -> None:
        """Nothing is asked before there is something to say, so a platform that is away holds up no start."""
