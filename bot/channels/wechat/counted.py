"""What a channel that counts our messages does the same in an official account and in WeChat customer service."""

import time
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any, TypeVar

from bot.channels.channel import Abilities, FetchFailed, Letter, Media, Pace, SendFailed
from bot.channels.refusals import Refusal
from bot.channels.text import file_name
from bot.channels.wechat.answers import WINDOW, may_have_arrived, refused
from bot.channels.wechat.gateway import STALE, CallFailed, Gateway
from bot.channels.wechat.ledger import Ledger
from bot.channels.wechat.tokens import Tokens
from bot.channels.words_only import WordsOnly
from storage.vocabulary import AttachmentKind
from storage.writer import Writer

T = TypeVar("T")
GONE = frozenset({40004, 40007})
"""Codes that say: no such file any more."""
KEPT_BACK = 1
"""Messages left for the last word, such as that the work is done."""
_UPLOADS = {AttachmentKind.PHOTO: "image", AttachmentKind.VOICE: "voice", AttachmentKind.VIDEO: "video"}
_ENDINGS = {"image": ".jpg", "voice": ".amr", "video": ".mp4"}


class CountedChannel(WordsOnly):
    """Plain text, numbers for buttons, and few messages; one token for everybody."""

    abilities = Abilities(
        buttons=False, edits=False, reactions=False, writes_first=False, groups=False, text_limit=680, merges=True
    )
    pace = Pace(per_chat_seconds=0.3, per_group_minute=10_000, per_second=50)

    def __init__(self, name: str, account: str, gateway: Gateway) -> None:
        self.name, self._account, self._gateway = name, account, gateway
        self._tokens = Tokens(lambda force: gateway.fetch_token(force=force), time.time)
        self._ledger: Ledger | None = None

    def attach(self, writer: Writer) -> None:
        """Where callbacks, the token and the counts are kept."""
        self._ledger = self._tokens.shelf = Ledger(writer, self.name, self._account)

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes of a picture, voice or film; WeChat keeps them for three days."""
        try:
            content = await self.call_with(lambda token: self._gateway.fetch_file(token, file_id))
        except CallFailed as failed:
            raise FetchFailed(refused(failed).reason, permanent=failed.code in GONE) from None
        if len(content) > limit:
            raise FetchFailed(Refusal.TOO_BIG, permanent=True)
        return content

    async def close(self) -> None:
        """Let go of the threads."""
        self._gateway.close()

    async def call(self, what: Callable[[Any], Any]) -> Any:
        """One call with the shared token; once more with another when the platform refuses that."""
        return await self.call_with(lambda token: self._gateway.call(token, what))

    async def call_with(self, what: Callable[[str], Awaitable[T]]) -> T:
        """The same for what is given the token itself."""
        token = await self._tokens.current()
        try:
            return await what(token)
        except CallFailed as failed:
            if failed.code not in STALE:
                raise
        return await what(await self._tokens.renewed(token))

    @property
    def kept(self) -> Ledger:
        """Our part of the database."""
        if self._ledger is None:
            raise RuntimeError("attach a writer first")
        return self._ledger

    async def nudge(self, address: str) -> None:
        """Call somebody back, where there is a way to."""

    async def spend(self, letter: Letter, count: int) -> None:
        """Count so many messages as sent, or `SendFailed`."""
        keep = 0 if letter.is_last_word else KEPT_BACK
        if not await self.kept.spend(letter.address, count, keep=keep):
            await self.nudge(letter.address)
            raise SendFailed(Refusal.CANNOT_WRITE_FIRST, permanent=True)

    async def counted(self, address: str, unsent: int, what: Callable[[Any], Any]) -> None:
        """One call whose message has been counted; `unsent` are this one and those after it."""
        try:
            await self.call(what)
        except CallFailed as failed:
            if failed.code in WINDOW:
                await self.kept.shut(address)
                await self.nudge(address)
            elif not may_have_arrived(failed):
                await self.kept.give_back(address, unsent)
            raise refused(failed) from None

    async def upload(self, letter: Letter, media: Media) -> tuple[str, str]:
        """Count a file as sent and bring its bytes over: its kind and the id to send it by."""
        kind = _UPLOADS.get(media.kind)
        if kind is None:
            raise SendFailed(Refusal.UNFIT_FORM, permanent=True)
        await self.spend(letter, 1)
        name = file_name(media.name) or kind
        file = BytesIO(media.content)
        file.name = name if "." in name else name + _ENDINGS[kind]
        try:
            uploaded = await self.call(lambda client: client.media.upload(kind, file))
        except CallFailed as failed:
            await self.kept.give_back(letter.address, 1)
            unsent = CallFailed(failed.code, is_written=False, http_status=failed.http_status)
            raise refused(unsent) from None
        return kind, str(uploaded["media_id"])


def cut_short(failed: SendFailed, said: int) -> SendFailed:
    """The failure, which says so where `said` pieces arrived before the window shut."""
    if said and failed.reason == Refusal.CANNOT_WRITE_FIRST:
        return SendFailed(Refusal.CUT_SHORT, permanent=True)
    return failed
