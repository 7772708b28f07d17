"""What the bot does the same at a callback's address and on a long line: cards, numbers, taps, files."""

import asyncio
import base64
import binascii
import json
import secrets
import time
from abc import ABC, abstractmethod
from collections import OrderedDict
from functools import partial
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels import wecom_wording as wording
from bot.channels.channel import Abilities, FetchFailed, Letter, Media, Pace, SendFailed, Unreadable
from bot.channels.refusals import Refusal
from bot.channels.seals import Forged, opened_file
from bot.channels.wecom_duty.reading import Tap, address_of, event_of, tap_of
from bot.channels.wecom_duty.taps import Answer, Taps
from bot.channels.words_only import WordsOnly
from bot.intake.raw import text_of
from handlers.events import Event
from handlers.notifications.speech import Speech
from storage.repositories.inbox import Raw
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind
from storage.writer import Writer

CONNECT, PATIENCE = 3.0, 8.0
"""Seconds for a connection, and of silence after which an answer is given up."""
TOAST_SECONDS = 1.2
"""How long what is said to the one who tapped waits for the card to say it."""
REMEMBERED = 2_000
"""Messages whose newest wording is remembered, so that nothing is said twice that reads the same."""
SALT = "wecom_duty_salt"


class WecomDuty(WordsOnly, ABC):
    """Staff's bot in WeCom. A card can be changed for five seconds after a tap on it; later it is said anew."""

    name = "wecom_duty"
    abilities = Abilities(
        buttons=True,
        edits=False,
        reactions=False,
        writes_first=False,
        groups=True,
        text_limit=4096,
        most_buttons=wording.MOST_BUTTONS,
    )
    pace = Pace(per_chat_seconds=0.5, per_group_minute=30, per_second=20)

    def __init__(self) -> None:
        self._taps = Taps()
        self._writer: Writer | None = None
        self._salt = ""
        self._shown: OrderedDict[tuple[str, str], Speech] = OrderedDict()
        self._begun: set[tuple[str, str]] = set()
        """Rows whose long words are out, and whose card is not."""
        self._session: ClientSession | None = None

    @abstractmethod
    async def push(self, address: str, body: dict[str, Any]) -> None:
        """Send a message of ours, or `SendFailed`."""

    @abstractmethod
    async def upload(self, media: Media, kind: str, /) -> str:
        """Bring a file over; its id, or `SendFailed`."""

    def attach(self, writer: Writer) -> None:
        """Where what comes in is kept."""
        self._writer = writer

    async def keep(self, body: dict[str, Any]) -> None:
        """Store what the platform told; a repeat changes nothing."""
        raw = Raw(body["msgid"], text_of({"told": body, "heard_at": int(time.time())}))
        await self.kept.run(lambda unit: unit.inbox.store(self.name, [raw], unit.now))

    def read(self, update: dict[str, Any]) -> Event:
        """The event of what was stored."""
        try:
            return event_of(self.name, update["told"], update["heard_at"])
        except (KeyError, TypeError, AttributeError) as error:
            raise Unreadable(type(error).__name__) from error

    async def send(self, letter: Letter) -> str:
        """A card, Markdown, or a file. What reads just as it did is not said again."""
        receipt, row = f"{await self._own_salt()}-{letter.tap_prefix.rstrip('.')}", (letter.address, letter.tap_prefix)
        if letter.media is not None and letter.media.kind is not AttachmentKind.LOCATION:
            await self._hand_over(letter, letter.media)
            return receipt
        speech = letter.speech
        if self._shown.get(row) == speech:
            return receipt
        if not wording.is_card(speech):
            await self.push(letter.address, _markdown(speech))
        else:
            if not wording.fits(speech) and row not in self._begun:
                await self.push(letter.address, _markdown(Speech(speech.text, speech.title)))
                self._begun.add(row)
            made = wording.card(letter, f"{receipt}-{secrets.token_hex(4)}")
            await self.push(letter.address, {"msgtype": "template_card", "template_card": made})
            self._begun.discard(row)
        self._remember(row, speech)
        return receipt

    def may_change(self, address: str, tap_prefix: str) -> bool:
        """Whether a message can be changed where it stands: it was tapped a moment ago."""
        return self._taps.is_open(address, tap_prefix)

    async def edit(self, letter: Letter, _receipt: str, /) -> None:
        """Change the card that was tapped; too late for that, it is tried again and said anew."""
        tapped = self._taps.take(letter.address, letter.tap_prefix)
        if tapped is None:
            raise SendFailed(Refusal.TAP_EXPIRED)
        made = wording.card(letter, tapped.task_id)
        if not await tapped.answer({"response_type": "update_template_card", "template_card": made}):
            raise SendFailed(Refusal.TAP_EXPIRED)
        self._remember((letter.address, letter.tap_prefix), letter.speech)
        tapped.is_changed.set()

    async def answer_tap(self, tap_id: str, text: str) -> None:
        """WeCom shows nothing to the one who tapped but the changed card; what stays unchanged is said in the chat."""
        tapped = self._taps.find(tap_id)
        if tapped is None or not text:
            return
        try:
            async with asyncio.timeout(TOAST_SECONDS):
                await tapped.is_changed.wait()
        except TimeoutError:
            await self.push(tapped.address, _markdown(Speech(text)))

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes of a file; the platform keeps them for five minutes, under a key."""
        try:
            where = json.loads(file_id)
            key = base64.b64decode(where["key"] + "=" * (-len(where["key"]) % 4)) if where["key"] else None
            content = await self._download(where["url"], limit)
            return opened_file(content, key) if key else self.opened(content)
        except (Forged, KeyError, TypeError, ValueError, binascii.Error) as error:
            raise FetchFailed(type(error).__name__, permanent=True) from None
        except (ClientError, OSError) as error:
            raise FetchFailed(type(error).__name__, permanent=False) from None

    def opened(self, content: bytes) -> bytes:
        """A file that came without a key of its own."""
        return content

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()

    def note_tap(self, body: dict[str, Any], answer: Answer) -> Tap | None:
        """A card was tapped: `answer` can change it for a moment."""
        tap = tap_of(body)
        if tap is not None:
            self._taps.note(tap, body["msgid"], address_of(body), answer)
        return tap

    @property
    def kept(self) -> Writer:
        """The database."""
        if self._writer is None:
            raise RuntimeError("attach a writer first")
        return self._writer

    @property
    def session(self) -> ClientSession:
        """For calls, opened at the first."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(timeout=ClientTimeout(total=60, connect=CONNECT, sock_read=PATIENCE))
        return self._session

    async def _hand_over(self, letter: Letter, media: Media) -> None:
        kinds = {AttachmentKind.PHOTO: "image", AttachmentKind.VOICE: "voice", AttachmentKind.VIDEO: "video"}
        kind = kinds.get(media.kind, "file")
        media_id = await self.upload(media, kind)
        if letter.speech.plain:
            await self.push(letter.address, _markdown(letter.speech))
        await self.push(letter.address, {"msgtype": kind, kind: {"media_id": media_id}})

    async def _download(self, url: str, limit: int) -> bytes:
        async with self.session.get(url, allow_redirects=False) as response:
            if response.status in (403, 404, 410):
                raise FetchFailed(f"status {response.status}", permanent=True)
            if response.status != 200:
                raise FetchFailed(f"status {response.status}", permanent=False)
            content = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                content += chunk
                if len(content) > limit + 64:  # the filling of the seal
                    raise FetchFailed(Refusal.TOO_BIG, permanent=True)
            return bytes(content)

    async def _own_salt(self) -> str:
        """Tells our cards from those of another database under the same bot: a task's id may never come again."""
        if not self._salt:
            self._salt = await self.kept.run(partial(_salt_of, fresh=secrets.token_hex(4)))
        return self._salt

    def _remember(self, row: tuple[str, str], speech: Speech) -> None:
        self._shown[row] = speech
        self._shown.move_to_end(row)
        if len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)


def _markdown(speech: Speech) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"content": wording.markdown(speech)}}


def _salt_of(unit: UnitOfWork, fresh: str) -> str:
    known = unit.kept.find(SALT)
    if known is None:
        unit.kept.put(SALT, fresh)
    return known or fresh
