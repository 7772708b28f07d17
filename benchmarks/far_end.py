"""The same lean Bot API for every candidate: hands out updates, notes when each message was answered.

A process of its own on a core of its own, so that it is never what is measured. Controlled over HTTP under `/_/`.
"""

import asyncio
import json
import re
import sys
import time
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

MARK = re.compile(r"m(\d{6})")
"""Every injected message carries its number; whoever answers it quotes the text."""
FIRST_ID = 10_000


@dataclass
class Queue:
    """The updates that wait for one token, and whoever waits for them."""

    updates: deque[str] = field(default_factory=deque)
    filled: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Seen:
    """What one candidate was given and what it sent, and when."""

    queues: dict[str, Queue] = field(default_factory=lambda: defaultdict(Queue))
    first_poll: dict[str, float] = field(default_factory=dict)
    told: dict[int, float] = field(default_factory=dict)
    sends: int = 0


class FarEnd:
    """Plays Telegram for one candidate after the other."""

    def __init__(self) -> None:
        self.seen = Seen()

    async def call(self, request: web.Request) -> web.Response:
        """One Bot API call."""
        token, method = request.match_info["token"], request.match_info["method"]
        if method == "getUpdates":
            return await self._updates(request, token)
        if method == "getMe":
            number = int(token.split(":")[0])
            me = {"id": number, "is_bot": True, "first_name": "bench", "username": f"bench{number}_bot"}
            return _ok(
                me | {"can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": False}
            )
        if method in ("sendMessage", "editMessageText"):
            return await self._send(request)
        return _ok(True)

    async def _updates(self, request: web.Request, token: str) -> web.Response:
        self.seen.first_poll.setdefault(token, time.monotonic())
        fields = await _fields(request)
        limit, patience = int(fields.get("limit", 100)), float(fields.get("timeout", 0))
        queue = self.seen.queues[token]
        updates, offset = queue.updates, int(fields.get("offset", 0) or 0)
        while updates and int(updates[0][13 : updates[0].index(",")]) < offset:
            updates.popleft()
        if not updates:
            queue.filled.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(queue.filled.wait(), patience)
        body = ",".join(list(updates)[:limit]) if len(updates) <= limit else ",".join(updates[i] for i in range(limit))
        return web.Response(text=f'{{"ok":true,"result":[{body}]}}', content_type="application/json")

    async def _send(self, request: web.Request) -> web.Response:
        now = time.monotonic()
        fields = await _fields(request)
        text, chat_id = fields.get("text", ""), int(fields["chat_id"])
        self.seen.sends += 1
        found = MARK.search(text)
        if found:
            self.seen.told[int(found[1])] = now
        chat = {"id": chat_id, "type": "supergroup", "title": "bench"}
        sent = {"message_id": FIRST_ID + self.seen.sends, "date": int(time.time()), "chat": chat, "text": text or "x"}
        return _ok(sent)

    async def control(self, request: web.Request) -> web.Response:
        """`inject` updates, read `state`, `reset` between candidates."""
        match request.match_info["what"]:
            case "inject":
                given = await request.json()
                at, queue = time.monotonic(), self.seen.queues[given["token"]]
                queue.updates.extend(given["updates"])
                queue.filled.set()
                return web.json_response({"at": at})
            case "state":
                seen = self.seen
                told = {str(k): v for k, v in seen.told.items()} if "full" in request.query else {}
                state = {"sends": seen.sends, "answered": len(seen.told), "told": told, "first_poll": seen.first_poll}
                return web.json_response(state | {"now": time.monotonic()})
            case _:
                self.seen = Seen()
                return web.json_response({})


async def _fields(request: web.Request) -> dict[str, Any]:
    return dict(await (request.json() if request.content_type == "application/json" else request.post()))


def _ok(result: object) -> web.Response:
    return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")


def main(port: int) -> None:
    """Serve until killed."""
    end = FarEnd()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/bot{token}/{method}", end.call)
    app.router.add_route("*", "/_/{what}", end.control)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=lambda _: None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
