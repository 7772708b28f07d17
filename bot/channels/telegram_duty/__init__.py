"""Duty chats and managers: a second Telegram bot, on python-telegram-bot, which is imported in this folder only."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from bot.channels.bot_api.channel import BotApiChannel, bot_id
from bot.channels.bot_api.limits import ABILITIES, PATIENCE
from bot.channels.channel import SendFailed, TopicShape, Trouble
from bot.channels.refusals import Refusal
from bot.channels.telegram_duty.client import PythonTelegramBot
from storage.vocabulary import Urgency

RED, YELLOW, BLUE, GREEN = 16478047, 16766590, 7322096, 9367192
"""Of the six colours Telegram has for a topic's icon."""
COLOURS: Mapping[Urgency, int] = {
    Urgency.EMERGENCY: RED,
    Urgency.URGENT: YELLOW,
    Urgency.NORMAL: BLUE,
    Urgency.LOW: GREEN,
}


class TelegramDuty(BotApiChannel):
    """The duty bot. `api` is the Bot API server without a slash at the end; `webhook_url` is empty when polling.

    `patience`: seconds for an answer before it counts as unknown whether a message arrived.
    `ValueError` when the token is none.
    """

    abilities = replace(ABILITIES, topics=True)

    def __init__(self, token: str, api: str, *, webhook_url: str = "", patience: float = PATIENCE) -> None:
        account = bot_id(token)
        self._bot, self._account = PythonTelegramBot(token, api, patience), account
        super().__init__(
            "telegram_duty",
            self._bot,
            account,
            called="the duty bot",
            setting="LOBBY_DUTY",
            # Staff answer cards and give commands, and both reach a bot whose privacy mode is on.
            hears_all=False,
            webhook_url=webhook_url,
        )

    async def open_topic(self, address: str, shape: TopicShape) -> str:
        """A forum topic, its icon coloured by how urgent the ticket is."""
        return await self._bot.open_topic(address, shape.name, COLOURS[shape.urgency])

    async def shape_topic(self, address: str, topic: str, shape: TopicShape) -> None:
        """Name it, and close or reopen it. A closed one takes a name from whoever may manage topics."""
        with _unless_so():
            await self._bot.name_topic(address, topic, shape.name)
        with _unless_so():
            await (self._bot.reopen_topic if shape.is_open else self._bot.close_topic)(address, topic)

    async def check(self, linked: Sequence[tuple[str, str]]) -> list[Trouble]:
        """What is wrong, and the groups that are forums in which it may open no topics."""
        found = await super().check(linked)
        is_up = not any(trouble.is_fatal for trouble in found)
        for address, title in linked if is_up else ():
            try:
                is_lacking = address.startswith("-") and await self._bot.may_not_open_topics(address, self._account)
            except SendFailed:
                continue  # what is wrong there has just been asked
            if is_lacking:
                what = f"The duty bot may not manage topics in {title or address}, so every card stands in its General."
                mend = "Make it an admin there with the right to manage topics: each ticket then has its own."
                found.append(Trouble(what, mend, is_fatal=False))
        return found


@contextmanager
def _unless_so() -> Iterator[None]:
    """A topic that is called so, or is open or closed already, is no failure."""
    try:
        yield
    except SendFailed as failure:
        if failure.reason != Refusal.ALREADY_SO:
            raise
