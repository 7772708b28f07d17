"""WeChat customer service (微信客服) as a channel: anybody in WeChat may write, without following anything."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

import structlog
from aiohttp import web

from bot.channels.channel import Letter, SendFailed, Trouble
from bot.channels.refusals import Refusal
from bot.channels.seals import Forged, Seal, Signed
from bot.channels.wechat.answers import refused
from bot.channels.wechat.checks import kf_troubles_of
from bot.channels.wechat.counted import CountedChannel, cut_short
from bot.channels.wechat.gateway import PATIENCE, CallFailed, Garbled, Gateway, fields_of
from bot.channels.wechat.kf_reading import address_of, kf_event_of, welcome_in
from bot.channels.wechat.kf_sync import Syncer
from bot.channels.wechat.wording import pieces
from bot.intake.health import IntakeHealth
from bot.intake.webhook import body_of, turned_away
from handlers.events import Event
from storage.vocabulary import AttachmentKind

log = structlog.get_logger(__name__)

LARGEST_BODY = 64 * 1024
STORE_SECONDS = 4.0
WELCOME_SECONDS = 18.0
"""How long a greeting's code is used; the platform takes it for 20."""
QUEUED, WITH_A_COLLEAGUE = 2, 3
"""States of a talk in which only people write; before these it is ours, after them it has ended."""
TRIES = 3
"""Sends of one message, all with one id: the platform shows it once however often it came."""


class CustomerService(CountedChannel):
    """Tenants' one-to-one talk with a customer-service account of a company in WeCom.

    `corp` is the CorpID, `secret` that of 微信客服, `token` and `aes_key` are of its callback, `desk` is the account
    (`open_kfid`) that posters lead to. With `hands_over` whoever writes 转人工 is given to people in WeCom.
    """

    def __init__(
        self,
        corp: str,
        secret: str,
        *,
        token: str,
        aes_key: str,
        desk: str = "",
        hands_over: bool = False,
        api: str = "https://qyapi.weixin.qq.com",
        url: str = "",
        patience: float = PATIENCE,
    ) -> None:
        super().__init__("wechat_kf", corp, Gateway(corp, secret, api, patience=patience, is_corp=True))
        self._seal, self._desk, self._url = Seal(token, aes_key, corp), desk, url
        self._health = IntakeHealth(self.name, server_memory=None)
        self._syncer = Syncer(self.call, lambda: self.kept, self._health, desk, self.hand_over if hands_over else None)
        self._welcomes: dict[str, tuple[str, float]] = {}

    def mount(self, app: web.Application, path: str, _answers: Callable[[], bool], /) -> IntakeHealth:
        """Take callbacks at `path`. Whichever replica is called fetches; the one that leads answers."""
        app.router.add_get(path, self._seal.prove)
        app.router.add_post(path, self._take)
        return self._health

    async def open(self) -> None:
        """Fetch what came while nothing ran, and go on when told of more."""
        self._syncer.start()

    async def close(self) -> None:
        """Stop fetching, let go of the threads."""
        await self._syncer.stop()
        await super().close()

    def read(self, update: dict[str, Any]) -> Event:
        """The event a fetched message is."""
        event = kf_event_of(self.name, update)
        code = welcome_in(update)
        if code:
            now = time.monotonic()
            self._welcomes = {who: kept for who, kept in self._welcomes.items() if now - kept[1] < WELCOME_SECONDS}
            self._welcomes[address_of(update)] = (code, now)
        return event

    async def send(self, letter: Letter) -> str:
        """Say it by messages that are counted, each under an id of its own that makes a second try harmless."""
        desk, _, person = letter.address.partition(":")
        to = {"touser": person, "open_kfid": desk}
        if letter.media is not None and letter.media.kind is not AttachmentKind.LOCATION:
            kind, media_id = await self.upload(letter, letter.media)
            body = {**to, "msgid": _id_of(letter, media_id), "msgtype": kind, kind: {"media_id": media_id}}
            await self._deliver(letter.address, 1, "kf/send_msg", body)
            return str(body["msgid"])
        texts = pieces(letter)
        said = {**to, "msgtype": "text"}
        receipt = ""
        code, since = self._welcomes.pop(letter.address, ("", 0.0))
        if texts and code and time.monotonic() - since < WELCOME_SECONDS:
            receipt = _id_of(letter, texts[0])
            if await self._welcome({"code": code, "msgid": receipt, "msgtype": "text", "text": {"content": texts[0]}}):
                texts = texts[1:]
        if texts:
            await self.spend(letter, len(texts))
        for index, text in enumerate(texts):
            receipt = _id_of(letter, f"{index}{text}")
            body = {**said, "msgid": receipt, "text": {"content": text}}
            try:
                await self._deliver(letter.address, len(texts) - index, "kf/send_msg", body)
            except SendFailed as failed:
                raise cut_short(failed, index) from None
        return receipt

    async def invitation(self, code: str) -> str:
        """The link that opens the talk and brings the poster's code along."""
        wanted = {"open_kfid": self._desk, "scene": "lobby"}
        try:
            made = await self.call(lambda client: client.post("kf/add_contact_way", data=wanted))
        except CallFailed as failed:
            raise refused(failed) from None
        return f"{made['url']}&scene_param={quote(code)}"

    async def check(self, _linked: Sequence[tuple[str, str]], /) -> list[Trouble]:
        """What the platform says of the settings; nothing is sent to anybody."""
        return await kf_troubles_of(self.call, self._desk, url=self._url)

    async def _welcome(self, body: dict[str, Any]) -> bool:
        """Whether the greeting's code was taken; else the words go like all others, if the person has written."""
        try:
            await self.call(lambda client: client.post("kf/send_msg_on_event", data=body))
        except CallFailed as failed:
            if failed.code is None:
                raise refused(failed) from None
            return False
        return True

    async def _deliver(self, address: str, unsent: int, path: str, body: dict[str, Any]) -> None:
        for attempt in range(TRIES):
            try:
                return await self.counted(address, unsent, lambda client: client.post(path, data=body))
            except SendFailed as failed:
                if failed.reason == Refusal.TAKEN_OVER and await self._has_ended(address):
                    await self.kept.shut(address)
                    raise SendFailed(Refusal.CANNOT_WRITE_FIRST, permanent=True) from None
                if not failed.unknown or attempt == TRIES - 1:
                    raise
        return None

    async def hand_over(self, address: str) -> None:
        """Put somebody who asks for a person into the queue of people in WeCom; from there on they answer."""
        desk, _, person = address.partition(":")
        wanted = {"open_kfid": desk, "external_userid": person, "service_state": QUEUED}
        try:
            await self.call(lambda client: client.post("kf/service_state/trans", data=wanted))
        except CallFailed as failed:
            log.warning("not_handed_over", why=str(failed), mend="is a 接待人员 set for the account, and at work?")

    async def _has_ended(self, address: str) -> bool:
        """Whether nobody talks there any more, so that it goes on once the person writes; False where nobody knows."""
        desk, _, person = address.partition(":")
        asked = {"open_kfid": desk, "external_userid": person}
        try:
            told = await self.call(lambda client: client.post("kf/service_state/get", data=asked))
        except CallFailed:
            return False
        return told.get("service_state") not in (QUEUED, WITH_A_COLLEAGUE)

    async def _take(self, request: web.Request) -> web.Response:
        """There is news: remembered before it is answered, fetched afterwards."""
        body = await body_of(request, LARGEST_BODY)
        if body is None:
            return turned_away(413)
        try:
            fields = fields_of(self._seal.open(fields_of(body).get("Encrypt", ""), *Signed.of(request)))
        except Forged:
            return web.Response(status=403)
        except Garbled:
            return web.Response(status=400)
        if fields.get("Event") == "kf_msg_or_event" and fields.get("OpenKfId"):
            try:
                async with asyncio.timeout(STORE_SECONDS):
                    await self.kept.save_news(fields["OpenKfId"], fields.get("Token", ""))
            except Exception as error:
                self._health.went_wrong(f"storage: {type(error).__name__}", "see the database; WeCom tries three times")
                return web.Response(status=503)
            self._syncer.wake()
        return web.Response(text="success")


def _id_of(letter: Letter, words: str) -> str:
    """An id that is the same for the same words of the same row, and for nothing else; 32 of the signs allowed."""
    return hashlib.sha256(f"{letter.address}\0{letter.tap_prefix}\0{words}".encode()).hexdigest()[:32]
