"""A Telegram channel on top of a library: the contract of `bot/channels/channel.py`, kept the same by both bots."""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog

from bot.channels.bot_api.addressing import Self, deep_link
from bot.channels.bot_api.answers import Floods
from bot.channels.bot_api.checks import troubles_of
from bot.channels.bot_api.client import Library
from bot.channels.bot_api.limits import ABILITIES, PACE, TAP_ANSWER
from bot.channels.bot_api.reading import event_of
from bot.channels.bot_api.wording import packed, worded
from bot.channels.channel import Letter, SendFailed, Trouble, Unreadable
from bot.channels.refusals import Refusal
from bot.channels.text import clean, clip
from handlers.events import Event

log = structlog.get_logger(__name__)

FIRST_WAIT = 5.0
"""Seconds `open` waits to learn the bot's name before it goes on learning in the background."""
LONGEST_PAUSE = 60.0


class BotApiChannel:
    """Reads, speaks, and tells what is wrong.

    `called` is the bot in a sentence, `setting` how its settings begin; `hears_all` when privacy mode would hurt.
    """

    abilities = ABILITIES
    pace = PACE

    def __init__(
        self, name: str, library: Library, account: int, *, called: str, setting: str, hears_all: bool, webhook_url: str
    ) -> None:
        self.name, self._called = name, called
        self._library, self._me, self._floods = library, Self(account), Floods()
        self._setting, self._hears_all, self._webhook_url = setting, hears_all, webhook_url
        self._learning: asyncio.Task[None] | None = None

    @property
    def username(self) -> str | None:
        """The bot's name without `@`, once Telegram has told it."""
        return self._me.username

    def read(self, update: dict[str, Any]) -> Event:
        """The event a raw update is; `Unreadable` when the library cannot parse it."""
        try:
            return event_of(self.name, self._library.parse(update), update, self._me)
        except (AttributeError, TypeError, ValueError, LookupError) as error:
            # A library that checks little hands a malformed field on, and it shows only here.
            raise Unreadable(type(error).__name__) from error

    async def send(self, letter: Letter) -> str:
        """Send as one message, cut with `…` if it is too long; the message's id, or `SendFailed`.

        What Telegram refuses for its form goes once more as plain text, since the words matter more than the look.
        """
        try:
            try:
                receipt = await self._send(letter, plainly=False)
            except SendFailed as failure:
                if failure.reason != Refusal.UNFIT_FORM:
                    raise
                receipt = await self._send(letter, plainly=True)
        except SendFailed as failure:
            self._notice(letter.address, failure)
            raise
        self._floods.passed()
        return receipt

    async def edit(self, letter: Letter, receipt: str) -> None:
        """Change a message of ours; that it reads so already is no failure."""
        wording = worded(letter)
        try:
            if letter.media is None:
                await self._library.reword(letter.address, receipt, wording)
            else:
                await self._library.recaption(letter.address, receipt, wording)
        except SendFailed as failure:
            if failure.reason != Refusal.ALREADY_SO:
                self._notice(letter.address, failure)
                raise
        self._floods.passed()

    async def react(self, address: str, message_id: str, emoji: str) -> None:
        """Put one of Telegram's reaction emoji on a message, or take ours off with an empty one."""
        try:
            await self._library.react(address, message_id, emoji)
        except SendFailed as failure:
            self._notice(address, failure)
            raise

    async def take_back(self, address: str, receipt: str) -> None:
        """Delete a message of ours, which Telegram allows for 48 hours; that it is gone already is no failure."""
        try:
            await self._library.delete(address, receipt)
        except SendFailed as failure:
            if failure.reason != Refusal.MESSAGE_GONE:
                self._notice(address, failure)
                raise

    async def answer_tap(self, tap_id: str, text: str) -> None:
        """Answer a tap, at most 200 characters; one that waited too long for its answer is no failure."""
        try:
            await self._library.answer(tap_id, clip(clean(text), TAP_ANSWER))
        except SendFailed as failure:
            if failure.reason != Refusal.TAP_EXPIRED:
                raise

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes behind an attachment, or `FetchFailed`."""
        return await self._library.download(file_id, limit)

    async def check(self, linked: Sequence[tuple[str, str]]) -> list[Trouble]:
        """What is wrong; it only asks Telegram and changes nothing."""
        return await troubles_of(
            self._library,
            self._called,
            self._setting,
            linked,
            hears_all=self._hears_all,
            webhook_url=self._webhook_url,
        )

    async def identity(self) -> tuple[int, str]:
        """The bot's id and name as Telegram tells them now, or `SendFailed`."""
        me = await self._library.me()
        self._me = Self(me.id, me.username)
        return me.id, me.username

    async def invitation(self, code: str) -> str:
        """The same as `deep_link`, once Telegram has told our name; for codes on posters."""
        await self.identity()
        return self.deep_link(code) or ""

    def deep_link(self, payload: str) -> str | None:
        """The link that opens a private chat with us and sends `/start payload`; None before our name is known.

        The payload is 1 to 64 of A-Z a-z 0-9 _ -, and anybody who sees the link can read it.
        """
        return deep_link(self.username, payload)

    async def open(self) -> None:
        """Learn our own name. Telegram being away does not hold up the start."""
        self._learning = asyncio.create_task(self._learn())
        await asyncio.wait({self._learning}, timeout=FIRST_WAIT)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._learning is not None:
            self._learning.cancel()
            await asyncio.wait({self._learning})
        await self._library.close()

    async def _send(self, letter: Letter, *, plainly: bool) -> str:
        wording = worded(letter, plainly=plainly)
        parcel = packed(letter.media, wording, plainly=plainly)
        if parcel is None:
            return await self._library.say(letter.address, wording, letter.reply_to, letter.topic)
        return await self._library.hand_over(letter.address, parcel, wording, letter.reply_to, letter.topic)

    async def _learn(self) -> None:
        pause = 1.0
        while True:
            try:
                await self.identity()
            except SendFailed as failure:
                log.warning("bot_name_unknown", channel=self.name, reason=failure.reason, again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return

    def _notice(self, address: str, failure: SendFailed) -> None:
        if failure.reason == Refusal.TOKEN_REFUSED:
            log.error("token_refused", channel=self.name, mend=f"put a valid token into {self._setting}_TOKEN")
        if failure.reason == Refusal.SLOWED:
            failure.whole_bot = self._floods.is_whole_bot(address)


def bot_id(token: str) -> int:
    """The account a token belongs to is written before its colon. `ValueError` when it is no token at all."""
    number, _, rest = token.partition(":")
    if not (number.isascii() and number.isdigit() and rest and rest.isascii() and rest.isprintable()):
        raise ValueError("this is no bot token; @BotFather gives one like 123456:ABC-DEF")
    return int(number)
