"""The same far end with its long line: one connection for each bot, frames answered under their ids, its own bounds."""

import base64
import hashlib
import itertools
import json
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from tests.wire.fake_wecom import BOT, CHANGE_SECONDS, GROUP, FakeWecom, Posted

SECRET = "secret-of-the-line"
NEVER_SPOKE, NOT_LET_IN = 600_001, 40001
PER_MINUTE = 30


@dataclass
class FakeWecomLine(FakeWecom):
    """`line` is where its line leads."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.sockets: list[web.WebSocketResponse] = []
        """Who has been let in; the last one holds the line."""
        self.entries = 0
        """How often somebody asked to be let in."""
        self.pings = 0
        self.files: dict[str, bytes] = {}
        self.silent = False
        """Whether it answers no frame any more."""
        self.let_in_code = 0
        self._spoken: set[str] = set()
        self._sent: dict[str, list[float]] = {}
        self._tapped: dict[str, tuple[str, float]] = {}
        self._uploads: dict[str, tuple[dict[str, Any], dict[int, bytes]]] = {}
        self._requests = itertools.count(1)

    @property
    def line(self) -> str:
        """Its address, as in the settings."""
        return f"ws://127.0.0.1:{self._port}/line"

    def route(self, app: web.Application) -> None:
        """A line and links."""
        super().route(app)
        app.router.add_get("/line", self._hold)

    @property
    def is_held(self) -> bool:
        """Whether somebody holds the line."""
        return bool(self.sockets) and not self.sockets[-1].closed

    async def says(self, who: str, words: str, *, chat: str = GROUP, **more: Any) -> None:
        """Somebody names the bot."""
        self._spoken.add(chat)
        await self.tells("aibot_msg_callback", self.message(who, words, chat=chat, **more))

    async def taps(self, who: str, card: Posted, label: str, *, chat: str = GROUP) -> None:
        """Somebody taps."""
        body = self.tap(who, card, label, chat=chat)
        request_id = f"tap{next(self._requests)}"
        self._tapped[request_id] = (body["event"]["template_card_event"]["task_id"], time.monotonic())
        await self.tells("aibot_event_callback", body, request_id)

    async def tells(self, command: str, body: Any, request_id: str = "") -> None:
        """One frame to whoever holds the line."""
        frame = {"cmd": command, "headers": {"req_id": request_id or f"told{next(self._requests)}"}, "body": body}
        await self.sockets[-1].send_str(json.dumps(frame, ensure_ascii=False))

    async def kicks(self) -> None:
        """Another program has taken the bot over."""
        event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        await self.tells("aibot_event_callback", self.told("") | event)
        await self.sockets[-1].close()

    async def _hold(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=4 * 1024 * 1024)
        await socket.prepare(request)
        is_in = False
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            frame = json.loads(message.data)
            request_id, body = frame["headers"]["req_id"], frame.get("body", {})
            if frame["cmd"] == "aibot_subscribe":
                self.entries += 1
                is_in = (body["bot_id"], body["secret"]) == (BOT, SECRET) and not self.let_in_code
                if is_in:
                    if self.is_held:
                        await self.kicks()
                    self.sockets.append(socket)
                code, told = 0 if is_in else self.let_in_code or NOT_LET_IN, {}
            elif not is_in:
                break
            elif self.silent:
                continue
            else:
                code, told = self._done(frame["cmd"], body, request_id)
            answer = {"headers": {"req_id": request_id}, "errcode": code, "errmsg": "ok" if not code else "refused"}
            await socket.send_str(json.dumps(answer | ({"body": told} if told else {})))
        return socket

    def _done(self, command: str, body: dict[str, Any], request_id: str) -> tuple[int, dict[str, Any]]:
        match command:
            case "ping":
                self.pings += 1
                return 0, {}
            case "aibot_send_msg":
                return self._push(body), {}
            case "aibot_respond_update_msg":
                task_id, since = self._tapped.pop(request_id, ("", 0.0))
                is_late = time.monotonic() - since > CHANGE_SECONDS
                return (40058, {}) if is_late else (self.change(body, task_id), {})
            case "aibot_upload_media_init":
                self._uploads[f"up{len(self._uploads)}"] = (body, {})
                return 0, {"upload_id": f"up{len(self._uploads) - 1}"}
            case "aibot_upload_media_chunk":
                self._uploads[body["upload_id"]][1][body["chunk_index"]] = base64.b64decode(body["base64_data"])
                return 0, {}
            case "aibot_upload_media_finish":
                return self._finish(body["upload_id"])
        return 40035, {}

    def _push(self, body: dict[str, Any]) -> int:
        chat, now = body["chatid"], time.monotonic()
        if chat not in self._spoken:
            return NEVER_SPOKE
        lately = [at for at in self._sent.get(chat, []) if at > now - 60]
        if len(lately) >= PER_MINUTE:
            return 45009
        self._sent[chat] = [*lately, now]
        kind = body.get("msgtype")
        if kind in ("image", "file", "voice", "video") and body[kind]["media_id"] not in self.files:
            return 40007
        return self.take(chat, body, ("markdown", "template_card", "image", "file", "voice", "video"))

    def _finish(self, upload_id: str) -> tuple[int, dict[str, Any]]:
        begun, pieces = self._uploads.pop(upload_id)
        content = b"".join(pieces[index] for index in range(begun["total_chunks"]))
        if (len(content), hashlib.md5(content, usedforsecurity=False).hexdigest()) != (
            begun["total_size"],
            begun["md5"],
        ):
            return 40006, {}
        self.files[f"media-{upload_id}"] = content
        return 0, {"type": begun["type"], "media_id": f"media-{upload_id}", "created_at": "1"}
