"""The account's callback: checked, stored, then answered, within the five seconds the platform waits."""

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from aiohttp import web

from bot.channels.passive import Callers, Waiting
from bot.channels.seals import FRESH_SECONDS, Forged, Seal, Signed
from bot.channels.wechat.gateway import Garbled, fields_of, text_reply
from bot.channels.wechat.ledger import TAP, WORDS, Opening
from bot.channels.wechat.reading import key_of
from bot.intake.health import IntakeHealth
from bot.intake.webhook import body_of, turned_away
from storage.repositories.inbox import Raw

LARGEST_BODY = 64 * 1024
STORE_SECONDS = 4.0
"""When the database takes longer, 503 is answered, and the platform comes again; three times in all."""
REPLY_SECONDS = 2.5
"""How long the answer waits for words to carry."""
ANSWER_SECONDS = 4.5
"""When the answer is on its way at the latest: the platform hangs up after five."""
REMEMBERED = 10_000
"""Plain signatures remembered while they are fresh: they do not cover the body, so each is good for one body."""
NOTHING_TO_SAY = "success"
_OPENED_BY_TAP = {"subscribe", "scan", "click"}

Keep = Callable[[Raw, str, Opening | None, str], Awaitable[None]]


class Asked(NamedTuple):
    """What stands in a callback's address."""

    plain: str
    """The signature of the address alone."""
    sealed: Signed
    """With the signature that covers an encrypted body."""


class Callbacks:
    """Answers the platform. `answers` tells whether this replica is the one that speaks; others only store."""

    def __init__(
        self, seal: Seal, callers: Callers, keep: Keep, answers: Callable[[], bool], health: IntakeHealth
    ) -> None:
        self._seal, self._callers, self._keep, self._answers = seal, callers, keep, answers
        self.health = health
        self._bodies: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    async def prove(self, request: web.Request) -> web.Response:
        """The console's check of the address: say back what was sent, if it is signed."""
        asked = self._asked(request)
        echo = request.query.get("echostr", "")
        if asked is None or not echo.isprintable() or len(echo) > 256:
            return web.Response(status=403)
        return web.Response(text=echo)

    async def take(self, request: web.Request) -> web.StreamResponse:
        """One message or event. 403 for what is forged or old, 400 for no message, 413 and 503 for what they say."""
        latest = time.monotonic() + ANSWER_SECONDS
        asked = self._asked(request)
        if asked is None:
            return web.Response(status=403)
        body = await body_of(request, LARGEST_BODY)
        if body is None:
            return turned_away(413)
        try:
            xml = self._open(body, asked)
            fields = fields_of(xml)
        except Forged:
            return web.Response(status=403)
        except Garbled:
            return web.Response(status=400)
        address = fields.get("FromUserName", "")
        if not address:
            return web.Response(status=400)
        opening = _opening(fields)
        waiting = self._callers.wait(address) if opening is not None and self._answers() else None
        try:
            return await self._answer(request, xml, fields, asked, waiting, latest)
        finally:  # also when this call is cancelled: whoever gave it words would wait for ever
            if waiting is not None:
                self._callers.leave(address, waiting)
                waiting.end(is_written=False)

    async def _answer(
        self,
        request: web.Request,
        xml: str,
        fields: dict[str, str],
        asked: Asked,
        waiting: Waiting | None,
        latest: float,
    ) -> web.StreamResponse:
        """Store it, then answer with what there is to say by then."""
        address, opening = fields["FromUserName"], _opening(fields)
        try:
            raw = Raw(key_of(fields), json.dumps({"xml": xml}, ensure_ascii=False))
            async with asyncio.timeout(STORE_SECONDS):
                await self._keep(raw, address, opening, fields.get("CreateTime", ""))
            self.health.went_well(1)
            left = min(REPLY_SECONDS, latest - time.monotonic())
            words = await waiting.hear(left) if waiting is not None else None
        except Exception as error:
            trouble = f"storage: {type(error).__name__}"
            self.health.went_wrong(trouble, "see the database; WeChat tries only three times")
            return web.Response(status=503)
        if waiting is None or words is None:
            return web.Response(text=NOTHING_TO_SAY)
        self._callers.leave(address, waiting)
        reply = self._seal.close(text_reply(words, to=address, by=fields.get("ToUserName", "")), asked.sealed.nonce)
        return await waiting.write(request, web.Response(text=reply, content_type="text/xml"))

    def _asked(self, request: web.Request) -> Asked | None:
        """What stands in the address, when it is signed and of these minutes."""
        try:
            asked = Asked(request.query.get("signature", ""), Signed.of(request))
        except Forged:
            return None
        is_signed = self._seal.is_signed(asked.plain, asked.sealed.timestamp, asked.sealed.nonce)
        return asked if is_signed else None

    def _open(self, body: bytes, asked: Asked) -> str:
        """The message's XML. Where a key is set nothing is believed that is not encrypted."""
        if self._seal.encrypts:
            return self._seal.open(fields_of(body).get("Encrypt", ""), *asked.sealed)
        self._use_once(asked.plain, body)
        try:
            return body.decode()
        except UnicodeDecodeError:
            raise Garbled("not UTF-8") from None

    def _use_once(self, signature: str, body: bytes) -> None:
        now, digest = time.monotonic(), hashlib.sha256(body).digest()
        while self._bodies:
            oldest, (since, _) = next(iter(self._bodies.items()))
            if len(self._bodies) < REMEMBERED and now - since <= 2 * FRESH_SECONDS:
                break
            del self._bodies[oldest]
        if self._bodies.setdefault(signature, (now, digest))[1] != digest:
            raise Forged


def _opening(fields: dict[str, str]) -> Opening | None:
    if fields.get("MsgType", "").lower() != "event":
        return WORDS
    return TAP if fields.get("Event", "").lower() in _OPENED_BY_TAP else None
