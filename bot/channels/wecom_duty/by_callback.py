"""The bot called back at an address of ours. It may only answer: in the answer itself, or once by a call's link."""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError, web

from bot.channels.channel import Media, SendFailed, Trouble
from bot.channels.passive import Callers, Waiting
from bot.channels.refusals import Refusal
from bot.channels.seals import Forged, Seal, Signed
from bot.channels.wecom_answers import MAY_HAVE_ARRIVED, refused
from bot.channels.wecom_duty.channel import WecomDuty
from bot.channels.wecom_duty.checks import troubles_of_callback
from bot.channels.wecom_duty.reading import address_of, is_message
from bot.intake.health import IntakeHealth
from bot.intake.webhook import body_of, turned_away
from handlers.events import Event

LARGEST_BODY = 256 * 1024
STORE_SECONDS = 4.0
ANSWER_SECONDS = 4.3
"""When the answer is on its way at the latest: WeCom hangs up after five."""
REPLY_SECONDS = 2.5
"""How long the answer waits for words to carry."""
LINK_LIVES = 3600.0 - 60.0
MOST_LINKS = 60
"""Links of one chat that are remembered."""


class DutyByCallback(WecomDuty):
    """`token` and `aes_key` are of the bot's callback; `api` is where links lead, without a slash at the end."""

    def __init__(self, *, token: str, aes_key: str, api: str, url: str = "") -> None:
        super().__init__()
        self._seal, self._api, self._url = Seal(token, aes_key, ""), api, url
        self._callers = Callers()
        self._answers: Callable[[], bool] = lambda: False
        self._health = IntakeHealth(self.name, server_memory=None)
        self._links: dict[str, deque[tuple[str, float]]] = defaultdict(partial(deque, maxlen=MOST_LINKS))
        """Ways to say one more thing in a chat, and since when."""

    def mount(self, app: web.Application, path: str, answers: Callable[[], bool]) -> IntakeHealth:
        """Take calls at `path`; `answers` tells whether this replica speaks just now."""
        self._answers = answers
        app.router.add_get(path, self._seal.prove)
        app.router.add_post(path, self._take)
        return self._health

    def read(self, update: dict[str, Any]) -> Event:
        """The event of what was stored; the one who reads is the one who answers, and keeps the link it brings."""
        event = super().read(update)
        body, since = update["told"], float(update["heard_at"])
        link = body.get("response_url")
        if isinstance(link, str) and link.startswith(f"{self._api}/") and since + LINK_LIVES > time.time():
            self._links[address_of(body)].append((link, since))
        return event

    async def push(self, address: str, body: dict[str, Any]) -> None:
        """In the answer to a call that waits, else by a link; where neither is left, nothing may go."""
        if await self._callers.answer(address, self._whole(body)):
            return
        links = self._links[address]
        while links:
            link, since = links.popleft()
            if since + LINK_LIVES > time.time() and await self._went_by(link, body):
                return
        raise SendFailed(Refusal.CANNOT_WRITE_FIRST, permanent=True)

    async def upload(self, _media: Media, _kind: str, /) -> str:
        """Files go on a long line only."""
        raise SendFailed(Refusal.UNFIT_FORM, permanent=True)

    def opened(self, content: bytes) -> bytes:
        """Files come under the callback's own key."""
        return self._seal.open_file(content)

    async def check(self, linked: Sequence[tuple[str, str]], /) -> list[Trouble]:
        """What can be found out without saying anything to anybody."""
        return await troubles_of_callback(self.session, self._seal, self._url, linked)

    async def _went_by(self, link: str, body: dict[str, Any]) -> bool:
        """Whether the link was good. WeCom names no code for one that is used up, so an unknown one means that."""
        try:
            async with self.session.post(link, json=body, allow_redirects=False) as response:
                code = int(json.loads(await response.text()).get("errcode", 0))
        except (ClientConnectorError, ConnectionTimeoutError):
            raise refused(None) from None
        except (ClientError, OSError, TimeoutError, ValueError, TypeError, AttributeError):
            raise refused(MAY_HAVE_ARRIVED) from None
        failed = refused(code)
        if code and (failed.reason == Refusal.UNFIT_FORM or failed.retry_after or not failed.permanent):
            raise failed
        return not code

    async def _take(self, request: web.Request) -> web.StreamResponse:
        """One message, tap or event: stored, then answered. 403 forged or old, 400 garbled, 413 and 503 as they say."""
        latest = time.monotonic() + ANSWER_SECONDS
        body = await body_of(request, LARGEST_BODY)
        if body is None:
            return turned_away(413)
        try:
            asked = Signed.of(request)
            told = json.loads(self._seal.open(str(json.loads(body)["encrypt"]), *asked))
        except Forged:
            return web.Response(status=403)
        except (ValueError, TypeError, KeyError, RecursionError):
            return web.Response(status=400)
        if isinstance(told, dict) and told.get("msgtype") == "stream":
            return web.Response()  # it asks for more of an answer that was given whole
        if not is_message(told):
            return web.Response(status=400)
        waiting = self._wait(told) if self._answers() else None
        try:
            return await self._answer(request, told, asked.nonce, waiting, latest)
        finally:  # also when this call is cancelled: whoever gave it words would wait for ever
            if waiting is not None:
                self._callers.leave(address_of(told), waiting)
                waiting.end(is_written=False)

    async def _answer(
        self, request: web.Request, told: dict[str, Any], nonce: str, waiting: Waiting | None, latest: float
    ) -> web.StreamResponse:
        """Store it, then answer with what there is to say by then."""
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await self.keep(told)
        except Exception as error:
            self._health.went_wrong(f"storage: {type(error).__name__}", "see the database; WeCom may not come again")
            return web.Response(status=503)
        self._health.went_well(1)
        if waiting is None:
            return web.Response()
        left = latest - time.monotonic()
        words = await waiting.hear(left if told["msgtype"] == "event" else min(left, REPLY_SECONDS))
        if words is None:
            return web.Response()
        self._callers.leave(address_of(told), waiting)
        sealed = self._seal.close_json(words, nonce)
        return await waiting.write(request, web.Response(text=sealed, content_type="application/json"))

    def _wait(self, told: dict[str, Any]) -> Waiting | None:
        """A message's answer may be anything for its chat, a tap's only the card that was tapped; no event has one."""
        if told["msgtype"] != "event":
            return self._callers.wait(address_of(told))
        waiting = Waiting()

        async def change(body: dict[str, Any]) -> bool:
            if waiting.words.done():
                return False
            waiting.words.set_result(json.dumps(body, ensure_ascii=False))
            return await waiting.is_written

        return waiting if self.note_tap(told, change) is not None else None

    def _whole(self, body: dict[str, Any]) -> str:
        """Markdown goes out in an answer as a stream that has ended."""
        if body["msgtype"] == "markdown":
            stream = {"id": str(time.monotonic_ns()), "finish": True, "content": body["markdown"]["content"]}
            return json.dumps({"msgtype": "stream", "stream": stream}, ensure_ascii=False)
        return json.dumps(body, ensure_ascii=False)
