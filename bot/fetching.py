"""Fetches the bytes of attachments after the act that named them. Platform ids expire; bytes do not."""

import asyncio
from collections.abc import Mapping

import filetype
import structlog

from bot.channels.channel import Channel, FetchFailed
from bot.channels.refusals import Refusal
from bot.photos import without_place
from bot.signals import Wake
from handlers import media
from storage.models import Attachment
from storage.signals import Signal
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentState
from storage.writer import StorageUnavailable, Writer

log = structlog.get_logger(__name__)

BATCH = 8
TRIES = 16
PAUSE_SECONDS = 5.0
"""Between two rounds in which nothing could be fetched, and before the second try of one file."""
LONGEST_PAUSE = 60.0
"""The pause doubles up to this: with `TRIES` about a quarter of an hour of patience."""
MEGABYTE = 1024 * 1024


class Fetcher:
    """Works through named attachments, oldest first. `limit` is in bytes."""

    def __init__(self, writer: Writer, channels: Mapping[str, Channel], wake: Wake, limit: int) -> None:
        self._writer, self._channels, self._wake, self._limit = writer, channels, wake, limit
        self._rests: dict[int, float] = {}
        """Files that failed, by the loop's time before which they are left alone; the others pass them."""

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            try:
                fetched = await self.work()
            except StorageUnavailable:
                fetched = 0
            if not fetched:
                await self._wake.wait(Signal.ATTACHMENTS, PAUSE_SECONDS)

    async def work(self) -> int:
        """One batch; returns how many were settled for good."""
        now = asyncio.get_running_loop().time()
        self._rests = {attachment_id: until for attachment_id, until in self._rests.items() if until > now}
        channels, resting = list(self._channels), list(self._rests)
        named = await self._writer.read(lambda unit: list(unit.attachments.list_named(BATCH, channels, resting)))
        return sum([await self._fetch(attachment) for attachment in named])

    async def _fetch(self, attachment: Attachment) -> bool:
        attachment_id, file_id = attachment.id, attachment.file_id
        if file_id is None:
            return await self._settle(attachment_id, AttachmentState.KEPT)
        if attachment.size is not None and attachment.size > self._limit:
            return await self._settle(attachment_id, AttachmentState.TOO_BIG)
        try:
            content = await self._channels[attachment.channel].fetch(file_id, self._limit)
        except Exception as error:  # whatever a library raises, one photo must not stop the others
            is_permanent = isinstance(error, FetchFailed) and error.permanent
            is_too_big = isinstance(error, FetchFailed) and error.reason == Refusal.TOO_BIG
            log.warning("fetch_failed", attachment=attachment_id, error=type(error).__name__)
            if is_permanent or attachment.attempts + 1 >= TRIES:
                state = AttachmentState.TOO_BIG if is_too_big else AttachmentState.LOST
                return await self._settle(attachment_id, state)
            pause = min(LONGEST_PAUSE, PAUSE_SECONDS * 2**attachment.attempts)
            self._rests[attachment_id] = asyncio.get_running_loop().time() + pause
            await self._writer.run(lambda unit: unit.attachments.count_try(attachment_id))
            return False
        content = without_place(content)
        kind = filetype.guess_mime(content)

        def keep(unit: UnitOfWork) -> None:
            unit.attachments.keep(attachment_id, content, kind)
            media.pass_on(unit, attachment_id)

        await self._writer.run(keep)
        return True

    async def _settle(self, attachment_id: int, state: AttachmentState) -> bool:
        def act(unit: UnitOfWork) -> None:
            unit.attachments.get(attachment_id).state = state
            media.pass_on(unit, attachment_id)

        await self._writer.run(act)
        return True
