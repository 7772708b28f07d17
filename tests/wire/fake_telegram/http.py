"""The HTTP face of the fake: /bot<token>/<method> and /file/bot<token>/<path>, with faults in between.

Tokens stand in the paths, so nothing here may write an access log.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.fake_telegram.arguments import Arguments, read_arguments
from tests.wire.fake_telegram.calls import Call
from tests.wire.fake_telegram.faults import Damage
from tests.wire.fake_telegram.methods import METHODS
from tests.wire.fake_telegram.polling import get_updates
from tests.wire.fake_telegram.refusals import Refused, bad_request, not_found, unauthorized

if TYPE_CHECKING:
    from tests.wire.fake_telegram.fake import FakeTelegram

LARGEST_BODY = 60 * 1024 * 1024  # bots may upload 50 MB
FOREVER = 3600.0


class Front:
    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self._call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._file),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        fake, token, method = self._fake, request.match_info["token"], request.match_info["method"]
        unreadable = False
        try:
            arguments = await read_arguments(request)
        except ValueError:
            arguments, unreadable = Arguments(), True
        chat_id = arguments.text("chat_id")
        call = Call(token, method, arguments.values, time.time(), chat_id, tuple(arguments.uploads))
        fake.calls.open(call)
        damage = fake.faults.strike(token, method, chat_id)
        pause = fake.faults.latency + (damage.delay if damage else 0.0)
        if pause:
            await asyncio.sleep(pause)
        answer: dict[str, Any] = {}
        if damage is None or damage.does_work:
            answer = await self._answer(token, method, arguments, unreadable)
            call.was_done = answer["ok"]
        call.status = int(answer.get("error_code", 200 if answer else 0))
        call.description = answer.get("description", "")
        if damage is None:
            fake.calls.close(call)
            return _json(call.status, answer)
        return await self._damaged(request, call, damage, answer)

    async def _answer(self, token: str, method: str, arguments: Arguments, unreadable: bool) -> dict[str, Any]:
        fake = self._fake
        try:
            if unreadable:
                raise bad_request("Can't parse request")
            bot = fake.bots.get(token)
            if bot is None:
                raise unauthorized()
            if bot.is_logged_out:
                raise Refused(400, "Logged out")
            fake.check(method, arguments)
            if method.lower() == "getupdates":
                return {"ok": True, "result": await get_updates(fake, bot, arguments)}
            act = METHODS.get(method.lower())
            if act is None:
                raise not_found()
            with fake.lock:
                return {"ok": True, "result": act(fake, bot, arguments)}
        except Refused as refused:
            return refused.as_json()
        except Exception as error:
            # A fault of the fake must not pass for one of Telegram's.
            fake.violations.append(f"{method}: the fake itself broke: {error!r}")
            raise

    async def _damaged(
        self, request: web.Request, call: Call, damage: Damage, answer: dict[str, Any]
    ) -> web.StreamResponse:
        call.fault = damage.name
        if damage.refusal is not None:
            answer = damage.refusal.as_json()
            call.description = damage.refusal.description
        call.status = int(answer.get("error_code", damage.status))
        if damage.resets or damage.never_answers:
            call.status = 0
        self._fake.calls.close(call)
        if damage.resets:
            return _hung_up(request)
        if damage.never_answers:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._fake.closing.wait(), FOREVER)
            return _hung_up(request)
        if damage.cuts_answer:
            whole = json.dumps(answer).encode()
            return web.Response(body=whole[: len(whole) // 2], content_type="application/json")
        if damage.body is not None:
            return web.Response(status=damage.status, body=damage.body, content_type="text/html")
        return _json(call.status, answer)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        token, path = request.match_info["token"], request.match_info["path"]
        self._fake.calls.open(Call(token, "file", {"path": path}, time.time()))
        stored = self._fake.files.at(path)
        if token not in self._fake.bots or stored is None:
            return _json(404, not_found().as_json())
        damage = self._fake.faults.strike(token, "file", "")
        if damage is not None:
            await asyncio.sleep(damage.delay)
            if damage.resets:
                return _hung_up(request)
            if damage.refusal is not None:
                return _json(damage.refusal.code, damage.refusal.as_json())
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _json(status: int, answer: dict[str, Any]) -> web.Response:
    # The real server says how long to wait in a header too, but clients read the body; so do ours.
    return web.Response(status=status, text=json.dumps(answer), content_type="application/json")


def _hung_up(request: web.Request) -> web.Response:
    """Reset the connection: with lingering off, closing sends RST instead of a polite goodbye."""
    transport = request.transport
    if transport is not None:
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()
