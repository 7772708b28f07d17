"""WeCom's long line: JSON frames both ways, each answered under the id of what it answers, and a sign of life."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from aiohttp import ClientSession, ClientWebSocketResponse, ClientWSTimeout, WSMsgType

from bot.channels.channel import SendFailed
from bot.channels.refusals import Refusal
from bot.channels.wecom_answers import MAY_HAVE_ARRIVED, refused

LET_IN_SECONDS = 10.0
ASK_SECONDS = 8.0
"""How long an answer to a frame of ours is waited for."""
PING_SECONDS = 30.0
LARGEST_FRAME = 1024 * 1024
TOLD = ("aibot_msg_callback", "aibot_event_callback")


class Kicked(Exception):
    """Another connection has taken the bot over."""


class Refused(Exception):
    """The platform does not let this bot in."""

    def __init__(self, code: int) -> None:
        super().__init__(f"code {code}")
        self.code = code


class Told(NamedTuple):
    """One thing the platform tells."""

    command: str
    request_id: str
    body: dict[str, Any]


class Line:
    """One connection that has been let in."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._asked: dict[str, asyncio.Future[dict[str, Any]]] = {}

    @classmethod
    @asynccontextmanager
    async def taken(cls, session: ClientSession, where: str, credentials: Mapping[str, str]) -> "AsyncIterator[Line]":
        """Connect and be let in; `Refused` with the platform's code, or what aiohttp raises."""
        timeout = ClientWSTimeout(ws_close=1.0)
        async with session.ws_connect(where, max_msg_size=LARGEST_FRAME, timeout=timeout) as socket:
            line = cls(socket)
            request_id = _new_id("aibot_subscribe")
            await socket.send_str(_frame("aibot_subscribe", request_id, dict(credentials)))
            async with asyncio.timeout(LET_IN_SECONDS):
                frame = await line._answer_to(request_id)
            code = int(frame.get("errcode") or 0)
            if code:
                raise Refused(code)
            try:
                yield line
            finally:
                for waiting in line._asked.values():
                    if not waiting.done():
                        waiting.set_result({"errcode": MAY_HAVE_ARRIVED})

    async def told(self, on_life: Callable[[], None]) -> AsyncIterator[Told]:
        """Everything the platform tells, until the line ends or `Kicked`; `on_life` is called at each answer."""
        pinging = asyncio.create_task(self._ping())
        try:
            async for message in self._socket:
                frame = _read(message.data) if message.type is WSMsgType.TEXT else {}
                request_id, body = _id_of(frame), frame.get("body")
                if frame.get("cmd") not in TOLD or not isinstance(body, dict):
                    on_life()
                    self._settle(request_id, frame)
                    continue
                event = body.get("event")
                if isinstance(event, dict) and event.get("eventtype") == "disconnected_event":
                    raise Kicked
                yield Told(frame["cmd"], request_id, body)
        finally:
            pinging.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await pinging

    async def ask(self, command: str, body: dict[str, Any], request_id: str = "") -> dict[str, Any]:
        """Send a frame; the body of its answer, or `SendFailed`."""
        request_id = request_id or _new_id(command)
        answer = asyncio.get_running_loop().create_future()
        self._asked[request_id] = answer
        try:
            await self._socket.send_str(_frame(command, request_id, body))
            async with asyncio.timeout(ASK_SECONDS):
                frame = await answer
        except TimeoutError:
            raise refused(MAY_HAVE_ARRIVED) from None
        except ConnectionError:
            raise SendFailed(Refusal.UNREACHABLE) from None
        finally:
            self._asked.pop(request_id, None)
        code = int(frame.get("errcode") or 0)
        if code:
            raise refused(code)
        told = frame.get("body")
        return told if isinstance(told, dict) else {}

    async def _ping(self) -> None:
        """A sign of life now and then; two without an answer, and the line is given up."""
        missed = 0
        while missed < 2:
            await asyncio.sleep(PING_SECONDS)
            try:
                await self.ask("ping", {})
                missed = 0
            except SendFailed:
                missed += 1
        await self._socket.close()

    async def _answer_to(self, request_id: str) -> dict[str, Any]:
        async for message in self._socket:
            frame = _read(message.data) if message.type is WSMsgType.TEXT else {}
            if _id_of(frame) == request_id and "cmd" not in frame:
                return frame
        raise ConnectionError("closed")

    def _settle(self, request_id: str, frame: dict[str, Any]) -> None:
        waiting = self._asked.get(request_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(frame)


def _frame(command: str, request_id: str, body: dict[str, Any]) -> str:
    frame: dict[str, Any] = {"cmd": command, "headers": {"req_id": request_id}}
    return json.dumps(frame | ({"body": body} if body else {}), ensure_ascii=False)


def _new_id(command: str) -> str:
    return f"{command}_{secrets.token_hex(12)}"


def _read(text: str) -> dict[str, Any]:
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}


def _id_of(frame: dict[str, Any]) -> str:
    headers = frame.get("headers")
    return str(headers.get("req_id", "")) if isinstance(headers, dict) else ""
