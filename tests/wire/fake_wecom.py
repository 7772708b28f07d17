"""WeCom's far end for staff: an internal group with the bot in it, which is called back or on a line, and its rules.

What the platform refuses is refused here; it shares nothing with our code. WeCom's own library seals the calls.
"""

import itertools
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession, web

from tests.wire.fake_wechat import Peer

BOT = "aib-bot-of-the-tests"
GROUP = "wrGroupOfEngineers01"
MARKDOWN_BYTES, BUTTONS, KEY_BYTES = 20_480, 6, 1024
ROBOT_BYTES, ROBOT_MINUTE = 4096, 20
CHANGE_SECONDS = 5.0
NEEDED = {
    "button_interaction": {"main_title", "button_list", "task_id"},
    "text_notice": {"main_title", "card_action"},
}
KNOWN = {
    "card_type",
    "task_id",
    "main_title",
    "sub_title_text",
    "horizontal_content_list",
    "button_list",
    "card_action",
}


@dataclass
class Posted:
    """One message of the bot on a screen; a card changes where it stands."""

    kind: str
    body: dict[str, Any]
    is_changed: bool = False

    @property
    def text(self) -> str:
        """All words on it."""
        if self.kind == "markdown":
            return str(self.body["content"])
        if self.kind != "template_card":
            return f"[{self.kind}]"
        title = self.body["main_title"]
        rows = (row["value"] for row in self.body.get("horizontal_content_list", ()))
        words = (title["title"], title.get("desc", ""), self.body.get("sub_title_text", ""), *rows)
        return "\n".join(filter(None, words))

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [button["text"] for button in self.body.get("button_list", ())]


@dataclass
class Answered:
    """What a call was answered."""

    status: int
    body: str
    told: dict[str, Any] | None = None


@dataclass
class FakeWecom:
    """`async with FakeWecom(peer) as fake`; `chats[GROUP]` is what stands on the group's screen."""

    peer: Peer | None = None
    callback: str = ""
    codes: list[int] = field(default_factory=list)
    """What the next calls are refused with."""

    def __post_init__(self) -> None:
        self.chats: dict[str, list[Posted]] = defaultdict(list)
        self.links: dict[str, str] = {}
        """Ways to answer that are still good, and into which chat."""
        self.refused: list[tuple[int, str]] = []
        self.robots: dict[str, str] = {}
        """Groups by the keys of their robots."""
        self._tasks: dict[str, tuple[str, Posted]] = {}
        self._ids = itertools.count(1)

    @property
    def url(self) -> str:
        """Its address, as in the settings."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        self.route(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = int(self._runner.addresses[0][1])
        self.session = ClientSession()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.session.close()
        await self._runner.cleanup()

    def route(self, app: web.Application) -> None:
        """Where it is called."""
        app.router.add_post("/cgi-bin/aibot/response", self._by_link)
        app.router.add_post("/cgi-bin/webhook/send", self._by_robot)

    def message(
        self, who: str, words: str, *, chat: str = GROUP, quote: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """What the bot is told when somebody in the group names it."""
        body = self.told(who, chat) | {"msgtype": "text", "text": {"content": f"@值班机器人 {words}"}}
        if quote is not None:
            body["quote"] = {"msgtype": "text", "text": {"content": quote}}
        code = f"code-{next(self._ids)}"
        self.links[code] = chat
        return body | {"response_url": f"{self.url}/cgi-bin/aibot/response?response_code={code}"} | more

    def tap(self, who: str, card: Posted, label: str, *, chat: str = GROUP) -> dict[str, Any]:
        """What the bot is told of a tap."""
        button = next(each for each in card.body["button_list"] if label in each["text"])
        happened = {"card_type": card.body["card_type"], "event_key": button["key"], "task_id": card.body["task_id"]}
        event = {"eventtype": "template_card_event", "template_card_event": happened}
        return self.told(who, chat) | {"create_time": int(time.time()), "msgtype": "event", "event": event}

    def told(self, who: str, chat: str = GROUP) -> dict[str, Any]:
        """What stands in everything it tells."""
        where = {"chatid": chat, "chattype": "group"} if chat != who else {"chattype": "single"}
        return {"msgid": f"CAIQ{next(self._ids)}", "aibotid": BOT, "from": {"userid": who}, **where}

    async def calls(self, body: Any, *, at: float | None = None, forged: str = "", **seal: str) -> Answered:
        """Call the bot back, sealed; what it answers comes to stand in the chat."""
        assert self.peer is not None
        stamp, nonce = str(int(at or time.time())), f"n{next(self._ids)}"
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        told = self.peer.asks("seal", text, timestamp=stamp, nonce=nonce, **{"account": "", **seal})
        query = {"msg_signature": forged or told["signature"], "timestamp": stamp, "nonce": nonce}
        return await self.posts(json.dumps({"encrypt": told["sealed"]}), query, body)

    async def posts(self, text: str | bytes, query: dict[str, str], body: Any = None) -> Answered:
        """Exactly this."""
        since = time.monotonic()
        async with self.session.post(self.callback, data=text, params=query) as response:
            answered = Answered(response.status, await response.text())
        assert time.monotonic() - since < CHANGE_SECONDS
        if answered.status == 200 and answered.body:
            answered.told = self._opened(json.loads(answered.body))
            self._answer(answered.told, body)
        return answered

    def take(self, chat: str, body: dict[str, Any], kinds: tuple[str, ...] = ("markdown", "template_card")) -> int:
        """A message of the bot: 0, or the code it is refused with."""
        code = self.codes.pop(0) if self.codes else self._fault(body, kinds)
        if code:
            self.refused.append((code, json.dumps(body, ensure_ascii=False)[:200]))
            return code
        kind = body["msgtype"]
        posted = Posted(kind, body[kind])
        self.chats[chat].append(posted)
        if kind == "template_card" and "task_id" in posted.body:
            self._tasks[posted.body["task_id"]] = (chat, posted)
        return 0

    def change(self, body: dict[str, Any], task_id: str) -> int:
        """The card that was tapped is changed: 0, or the code it is refused with."""
        made = body.get("template_card", {})
        if body.get("response_type") != "update_template_card" or self._card_fault(made) or made["task_id"] != task_id:
            self.refused.append((40058, json.dumps(body, ensure_ascii=False)[:200]))
            return 40058
        _, posted = self._tasks[task_id]
        posted.body, posted.is_changed = made, True
        return 0

    def _answer(self, told: dict[str, Any], asked: dict[str, Any]) -> None:
        if asked["msgtype"] == "event":
            assert self.change(told, asked["event"]["template_card_event"]["task_id"]) == 0, told
            return
        if told["msgtype"] == "stream":
            assert told["stream"]["finish"] is True
            told = {"msgtype": "markdown", "markdown": {"content": told["stream"]["content"]}}
        assert self.take(asked.get("chatid", asked["from"]["userid"]), told) == 0, told

    def _opened(self, sealed: dict[str, Any]) -> dict[str, Any]:
        assert self.peer is not None
        assert set(sealed) == {"encrypt", "msgsignature", "timestamp", "nonce"}
        stamp, nonce = str(sealed["timestamp"]), sealed["nonce"]
        told = self.peer.asks("open", sealed["encrypt"], timestamp=stamp, nonce=nonce)
        assert told["signature"] == sealed["msgsignature"]
        assert told["account"] == ""
        opened: dict[str, Any] = json.loads(told["text"])
        return opened

    async def _by_link(self, request: web.Request) -> web.Response:
        chat = self.links.pop(request.query["response_code"], None)
        if chat is None:
            return web.json_response({"errcode": 600_000, "errmsg": "response_code used or expired"})
        return web.json_response({"errcode": self.take(chat, json.loads(await request.text())), "errmsg": "hint"})

    async def _by_robot(self, request: web.Request) -> web.Response:
        """A group's robot posts into the group of its key: short Markdown, and 20 of them a minute."""
        group, body = self.robots.get(request.query["key"]), json.loads(await request.text())
        if group is None:
            return web.json_response({"errcode": 93000, "errmsg": f"invalid webhook url, hint: {request.query_string}"})
        is_long = body["msgtype"] == "markdown" and len(body["markdown"]["content"].encode()) > ROBOT_BYTES
        code = 45002 if is_long else 45009 if len(self.chats[group]) >= ROBOT_MINUTE else self.take(group, body)
        return web.json_response({"errcode": code, "errmsg": "hint"})

    def _fault(self, body: dict[str, Any], kinds: tuple[str, ...]) -> int:
        kind = body.get("msgtype")
        if kind not in kinds:
            return 40008
        if kind == "markdown":
            return 45002 if len(body["markdown"]["content"].encode()) > MARKDOWN_BYTES else 0
        return self._card_fault(body["template_card"]) if kind == "template_card" else 0

    def _card_fault(self, card: dict[str, Any]) -> int:
        needed = NEEDED.get(card.get("card_type", ""))
        if needed is None or not needed <= set(card) <= KNOWN or not card["main_title"].get("title"):
            return 40058
        buttons, task = card.get("button_list", []), card.get("task_id", "")
        keys = [button["key"] for button in buttons]
        if len(buttons) > BUTTONS or len(set(keys)) != len(keys) or any(len(key.encode()) > KEY_BYTES for key in keys):
            return 40058
        if not re.fullmatch(r"[0-9A-Za-z_@-]{1,128}", task):
            return 40058
        return 0 if all(row["keyname"] for row in card.get("horizontal_content_list", ())) else 40058
