"""The same lean Bot API for every candidate: hands out updates, notes when each message was answered.

A process of its own on a core of its own, so that it is never what is measured. Controlled over HTTP under `/_/`.
"""

import json
import re
import sys
import time
from collections import defaultdict, deque
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import MultipartReader, web

MARK = re.compile(r"m(\d{6})")
"""Every injected message carries its number; whoever answers it quotes the text."""


class FarEnd:
    """Queues of updates per token and the times of what was sent."""

    def __init__(self) -> None:
        self.queues: dict[str, deque[str]] = defaultdict(deque)
        self.first_poll: dict[str, float] = {}
        self.told: dict[int, float] = {}
        self.sends = 0
        self.message_id = 10_000

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
        import asyncio

        self.first_poll.setdefault(token, time.monotonic())
        fields = await _fields(request)
        limit, patience = int(fields.get("limit", 100)), float(fields.get("timeout", 0))
        queue, until = self.queues[token], time.monotonic() + patience
        offset = int(fields.get("offset", 0) or 0)
        while queue and int(queue[0][13 : queue[0].index(",")]) < offset:
            queue.popleft()
        while not queue and time.monotonic() < until:  # noqa: ASYNC110 -- filled by plain calls, looked at often
            await asyncio.sleep(0.002)
        body = ",".join(list(queue)[:limit]) if len(queue) <= limit else ",".join(queue[i] for i in range(limit))
        return web.Response(text=f'{{"ok":true,"result":[{body}]}}', content_type="application/json")

    async def _send(self, request: web.Request) -> web.Response:
        now = time.monotonic()
        fields = await _fields(request)
        text, chat_id = fields.get("text", ""), int(fields["chat_id"])
        self.sends += 1
        found = MARK.search(text)
        if found:
            self.told[int(found[1])] = now
        self.message_id += 1
        chat = {"id": chat_id, "type": "supergroup", "title": "bench"}
        return _ok({"message_id": self.message_id, "date": int(time.time()), "chat": chat, "text": text or "x"})

    async def control(self, request: web.Request) -> web.Response:
        """`inject` updates, read `state`, `reset` between candidates."""
        match request.match_info["what"]:
            case "inject":
                given = await request.json()
                at = time.monotonic()
                self.queues[given["token"]].extend(given["updates"])
                return web.json_response({"at": at})
            case "state":
                told = {str(k): v for k, v in self.told.items()} if "full" in request.query else {}
                state = {"sends": self.sends, "answered": len(self.told), "told": told, "first_poll": self.first_poll}
                return web.json_response(state | {"now": time.monotonic()})
            case _:
                self.__init__()  # type: ignore[misc]  # a plain class without heirs: everything is forgotten
                return web.json_response({})


async def _fields(request: web.Request) -> dict[str, Any]:
    kind = request.content_type
    if kind == "application/json":
        return dict(await request.json())
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    fields: dict[str, Any] = {}
    if kind == "multipart/form-data":
        async for part in MultipartReader(request.headers, request.content):
            fields[part.name] = await part.text()  # type: ignore[union-attr, index]  # both clients send flat, named parts
    return fields


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
