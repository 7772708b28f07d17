"""The bot on a long line: WeCom tells it everything there, and lets it speak first. One line for each bot, no more."""

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog

from bot.channels.channel import Media, SendFailed, Trouble
from bot.channels.refusals import Refusal
from bot.channels.wecom_duty.channel import WecomDuty
from bot.channels.wecom_duty.checks import told_by_lobby, troubles_of_line
from bot.channels.wecom_duty.line import Kicked, Line, Refused
from bot.channels.wecom_duty.reading import PRIVATE, is_message
from bot.intake.health import IntakeHealth

log = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
REFUSED_PAUSE = 60.0
"""WeCom lets nobody in for a while who asks too often."""
KICKED_PAUSE, LONGEST_KICKED_PAUSE = 5.0, 1800.0
"""Whoever comes takes the line from whoever holds it, so two that come back at once would do so for ever."""
STEADY_SECONDS = 600.0
"""A line held so long was not disputed: pauses begin anew."""
STORE_PAUSE = 1.0
LONGEST_SILENCE = timedelta(seconds=120)
CHUNK, MOST_CHUNKS = 512 * 1024, 100


class DutyOnLine(WecomDuty):
    """`bot_id` and `secret` are those of the bot's line (长连接); `line` is where it leads; `rest` waits seconds.

    `health` is where a Lobby that runs tells how it is: then the check asks it, and leaves its line alone.
    """

    def __init__(
        self,
        bot_id: str,
        secret: str,
        *,
        line: str,
        health: str = "",
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        super().__init__()
        self._rest, self._told_at = rest, health
        self._credentials, self._where = {"bot_id": bot_id, "secret": secret}, line
        self._line: Line | None = None
        self.health = IntakeHealth(self.name, server_memory=None, longest_silence=LONGEST_SILENCE)

    async def hold(self) -> None:
        """Hold the line until cancelled. Lost, it is taken up again soon; taken away, later and later."""
        pause, kicked_pause = FIRST_PAUSE, KICKED_PAUSE
        clock = asyncio.get_running_loop().time
        while True:
            since = clock()
            try:
                await self._hold_one()
                rest, why = pause, "the line broke"
            except Kicked:
                rest, why = kicked_pause, "another connection has taken the bot over"
                kicked_pause = min(kicked_pause * 2, LONGEST_KICKED_PAUSE)
            except Refused as refused:
                rest, why = REFUSED_PAUSE, f"the bot is refused ({refused.code})"
            except Exception as error:
                rest, why = pause, f"no line: {type(error).__name__}"
            self.health.went_wrong(why, "only one program may use a bot; lobby check tells more")
            pause = min(pause * 2, LONGEST_PAUSE)
            if clock() - since > STEADY_SECONDS:
                pause, kicked_pause = FIRST_PAUSE, KICKED_PAUSE
            await self._rest(rest)

    async def push(self, address: str, body: dict[str, Any]) -> None:
        """Over the line, into any chat where somebody has spoken to the bot."""
        is_private = address.startswith(PRIVATE)
        where = {"chatid": address.removeprefix(PRIVATE), "chat_type": 1 if is_private else 2}
        await self._ours().ask("aibot_send_msg", where | body)

    async def upload(self, media: Media, kind: str) -> str:
        """In pieces, one after the other."""
        line, content = self._ours(), media.content
        pieces = [content[start : start + CHUNK] for start in range(0, len(content), CHUNK)]
        if not pieces or len(pieces) > MOST_CHUNKS:
            raise SendFailed(Refusal.TOO_BIG, permanent=True)
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        begun = {"type": kind, "filename": media.name, "total_size": len(content), "total_chunks": len(pieces)}
        upload = str((await line.ask("aibot_upload_media_init", begun | {"md5": digest})).get("upload_id"))
        for index, piece in enumerate(pieces):
            told = {"upload_id": upload, "chunk_index": index, "base64_data": base64.b64encode(piece).decode()}
            await line.ask("aibot_upload_media_chunk", told)
        return str((await line.ask("aibot_upload_media_finish", {"upload_id": upload})).get("media_id"))

    async def check(self, _linked: Sequence[tuple[str, str]], /) -> list[Trouble]:
        """What a Lobby that runs here says of the line; else whether the platform lets the bot in, by taking it."""
        told = await told_by_lobby(self.session, self._told_at, self.name) if self._told_at else None
        return await troubles_of_line(self.session, self._where, self._credentials) if told is None else told

    async def _hold_one(self) -> None:
        """One line, from its beginning to its end."""
        async with Line.taken(self.session, self._where, self._credentials) as line:
            self._line = line
            self.health.went_well(0)
            try:
                async for command, request_id, body in line.told(lambda: self.health.went_well(0)):
                    await self._hear(line, command, request_id, body)
            finally:
                self._line = None

    async def _hear(self, line: Line, command: str, request_id: str, body: dict[str, Any]) -> None:
        if not is_message(body):
            log.warning("update_unreadable", source=self.name, command=command)
            return

        async def change(card: dict[str, Any]) -> bool:
            try:
                await line.ask("aibot_respond_update_msg", card, request_id)
            except SendFailed as failed:
                log.info("card_unchanged", reason=failed.reason)
                return False
            return True

        self.note_tap(body, change)
        while True:  # what comes on a line comes once: nothing else is heard before it is kept
            try:
                await self.keep(body)
                break
            except Exception as error:
                self.health.went_wrong(f"storage: {type(error).__name__}", "see the database; WeCom tells it only once")
                await asyncio.sleep(STORE_PAUSE)
        self.health.went_well(1)

    def _ours(self) -> Line:
        if self._line is None:
            raise SendFailed(Refusal.UNREACHABLE)
        return self._line
