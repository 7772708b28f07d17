"""The control API under /_/ for tests and benches that run the fake in another process. Plain JSON both ways."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire.fake_telegram.faults import BY_NAME, Fault
from tests.wire.fake_telegram.messages import Message
from tests.wire.fake_telegram.person import Place

if TYPE_CHECKING:
    from tests.wire.fake_telegram.accounts import BotAccount
    from tests.wire.fake_telegram.chats import Chat
    from tests.wire.fake_telegram.fake import FakeTelegram

Answer = Awaitable[web.Response]


class Control:
    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake

    def routes(self) -> list[web.AbstractRouteDef]:
        posts: dict[str, Callable[[dict[str, Any]], Any]] = {
            "bots": self._add_bot,
            "chats": self._add_chat,
            "users": self._add_user,
            "acts": self._act,
            "updates": self._put_updates,
            "faults": self._break,
            "time": lambda body: self._fake.clock.passes(**body),
            "reset": lambda _: self._fake.reset(),
        }
        return [
            *(web.post(f"/_/{name}", self._door(act)) for name, act in posts.items()),
            web.delete("/_/faults", self._door(lambda _: self._fake.faults.clear())),
            web.delete("/_/calls", self._door(lambda _: self._fake.calls.clear())),
            web.get("/_/calls", self._calls),
            web.get("/_/counts", self._counts),
            web.get("/_/screen", self._screen),
            web.get("/_/violations", self._violations),
        ]

    def _door(self, act: Callable[[dict[str, Any]], Any]) -> Callable[[web.Request], Answer]:
        async def answer(request: web.Request) -> web.Response:
            body = await request.json() if request.can_read_body else {}
            with self._fake.lock:
                return web.json_response({"result": act(body)})

        return answer

    def _add_bot(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._fake.bot(**body).as_json()

    def _add_chat(self, body: dict[str, Any]) -> dict[str, Any]:
        """{kind: group|supergroup|forum|channel, title, bots?: [token], admins?}"""
        tokens = body.pop("bots", None)
        bots = None if tokens is None else [self._fake.bots[token] for token in tokens]
        make: Callable[..., Chat] = getattr(self._fake, body.pop("kind", "group"))
        return make(bots=bots, **body).as_json()

    def _add_user(self, body: dict[str, Any]) -> dict[str, Any]:
        """{first_name, username?, …, starts?: [token]}"""
        tokens = body.pop("starts", [])
        person = self._fake.user(**body)
        for token in tokens:
            person.starts(self._fake.bots[token])
        return person.as_json()

    def _act(self, body: dict[str, Any]) -> list[int]:
        """{acts: [{who, does, where | message, with?: {…}}]}: any verb of Person; returns message ids."""
        return [self._one_act(**act) for act in body["acts"]]

    def _one_act(self, who: int, does: str, where: int | str = 0, message: int = 0, **details: dict[str, Any]) -> int:
        person = self._fake.people[who]
        place = self._place(where)
        target = self._chat_of(place, who).history[message] if message else place
        done = getattr(person, does)(target, **details.get("with", {}))
        return done.id if isinstance(done, Message) else 0

    def _place(self, where: int | str) -> Place:
        """A chat id, or the token of a bot for the private chat with it."""
        return self._fake.bots[where] if isinstance(where, str) else self._fake.chats[where]

    def _chat_of(self, place: Any, who: int) -> Chat:
        if place in self._fake.bots.values():
            bot: BotAccount = place
            return self._fake.private_chat(bot, self._fake.people[who])
        chat: Chat = place
        return chat

    def _put_updates(self, body: dict[str, Any]) -> list[int]:
        """{token, updates: [{message: …}], lane?}"""
        bot = self._fake.bots[body["token"]]
        return [bot.updates.put_raw(update, body.get("lane", 0)) for update in body["updates"]]

    def _break(self, body: dict[str, Any]) -> None:
        """{damage, with?: {…}, method?, bot?: token, chat_id?, times?, spare?} or {latency: seconds}"""
        if "latency" in body:
            self._fake.faults.latency = float(body["latency"])
            return
        damage = BY_NAME[body.pop("damage")](**body.pop("with", {}))
        body["chat_id"] = str(body.get("chat_id", ""))
        self._fake.faults.add(Fault(damage, **body))

    async def _calls(self, request: web.Request) -> web.Response:
        asked = request.query
        chat_id = int(asked["chat_id"]) if "chat_id" in asked else None
        found = self._fake.calls.of(asked.get("method", ""), chat_id=chat_id, bot=asked.get("bot", ""))
        return web.json_response({"result": [call.as_json() for call in found]})

    async def _counts(self, _: web.Request) -> web.Response:
        log = self._fake.calls
        return web.json_response({"result": {"counts": dict(log.counts), "times": log.times}})

    async def _screen(self, request: web.Request) -> web.Response:
        with self._fake.lock:
            shown = self._fake.chats[int(request.query["chat_id"])].messages
            return web.json_response({"result": [message.as_json() for message in shown]})

    async def _violations(self, _: web.Request) -> web.Response:
        return web.json_response({"result": self._fake.violations})
