"""WeChat's far end over real HTTP: one official account, its followers, its counted messages and its refusals.

It shares nothing with our code: signatures are made here, and sealed callbacks by WeCom's own library in node.
"""

import asyncio
import hashlib
import itertools
import json
import shutil
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from aiohttp import ClientSession, TCPConnector, web

PEERS = Path(__file__).parent / "peers"
ACCOUNT, SECRET, TOKEN = "wx0123456789abcdef", "an-app-secret-of-the-tests", "callbacktoken1"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OURS = "gh_0123456789ab"
MESSAGES, TWO_DAYS = 5, 48 * 3600.0


class Peer:
    """WeCom's crypto in a process of its own."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None:
            pytest.skip("node is not installed: WeCom's own crypto cannot be asked")
        if not (PEERS / "node_modules").is_dir():
            pytest.skip("the peers are not installed: make peers")
        self._node = subprocess.Popen(
            [node, "wecom.mjs"], cwd=PEERS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def asks(self, act: str, text: str, **more: str) -> dict[str, str]:
        """What it says of this."""
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        asked = {"act": act, "text": text, "key": AES_KEY, "token": TOKEN, "account": ACCOUNT, **more}
        self._node.stdin.write(json.dumps(asked) + "\n")
        self._node.stdin.flush()
        told: dict[str, str] = json.loads(self._node.stdout.readline())
        return told

    def close(self) -> None:
        """Let it go."""
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.close()
        self._node.wait(5)
        self._node.stdout.close()


@dataclass
class Answered:
    """What a callback was answered."""

    status: int
    body: str
    seconds: float
    words: str | None = None
    """Of a passive reply."""


@dataclass
class Fault:
    """What calls of a path meet: a code for so many of them, a pause, a hang-up, or a page that is no answer."""

    path: str
    code: int = 0
    times: int = 1
    seconds: float = 0.0
    hangs_up: bool = False
    page: str = ""
    lets_through: int = 0
    """How many go well before."""


@dataclass
class FakeWechat:
    """`async with FakeWechat() as fake`. `peer` seals callbacks; without one they come plain."""

    peer: Peer | None = None
    callback: str = ""
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heard: dict[str, list[str]] = defaultdict(list)
        """What each person was told, passive replies too, in order."""
        self.sent: list[tuple[str, str]] = []
        """Messages that were counted."""
        self.notices: list[tuple[str, dict[str, Any]]] = []
        self.files: dict[str, bytes] = {}
        self.calls: list[str] = []
        self.fetches: list[bool] = []
        """Fetches of the token: whether each was forced."""
        self.tokens = {"token-0"}
        self.token = "token-0"
        self.menu: dict[str, Any] = {}
        self.kf_granted, self.templates = True, ["a-template"]
        self._windows: dict[str, tuple[float, int]] = {}
        self._ids = itertools.count(7_000_000_001)
        self.now = time.time

    @property
    def url(self) -> str:
        """Its address, as in the settings."""
        return f"http://127.0.0.1:{self._port}"

    def person(self, name: str) -> "Follower":
        """Somebody who may follow the account."""
        return Follower(self, f"o{name:_<27}"[:28])

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=30_000_000)
        app.router.add_route("*", "/{path:.*}", self._hear)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = int(self._runner.addresses[0][1])
        self.session = ClientSession(connector=TCPConnector(limit=0))  # WeChat opens as many as it likes
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.session.close()
        await self._runner.cleanup()

    async def until(self, is_so: Any, what: str, within: float = 20.0) -> None:
        """Until it is so."""
        end = time.monotonic() + within
        while not is_so():
            assert time.monotonic() < end, f"waited in vain for {what}; heard: {dict(self.heard)}; {self.calls[-9:]}"
            await asyncio.sleep(0.02)

    def opens(self, openid: str, allowed: int = MESSAGES, seconds: float = TWO_DAYS) -> None:
        """A person's sign lets the account send so much."""
        until, left = self._windows.get(openid, (0.0, 0))
        if self.now() + seconds >= until or left == 0:
            self._windows[openid] = (self.now() + seconds, allowed)

    def shuts(self, openid: str) -> None:
        """48 hours have passed."""
        self._windows.pop(openid, None)

    def expires(self) -> None:
        """The token in use is good no longer, and a new one is what normal mode tells."""
        self.tokens = set()
        self._new_token()

    def _new_token(self) -> None:
        self.token = f"token-{len(self.fetches)}-{next(self._ids)}"
        self.tokens.add(self.token)

    async def _hear(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/cgi-bin/")
        self.calls.append(path)
        fault = next((each for each in self.faults if each.path == path and each.times > 0), None)
        if fault is not None and fault.lets_through:
            fault.lets_through -= 1
        elif fault is not None:
            fault.times -= 1
            await asyncio.sleep(fault.seconds)
            if fault.hangs_up:
                assert request.transport is not None
                request.transport.close()
                return web.Response()
            if fault.page:
                return web.Response(text=fault.page)
            if fault.code:
                return _json({"errcode": fault.code, "errmsg": f"refused, hint: {request.path_qs}"})
        if path == "stable_token":
            return await self._tell_token(request)
        if request.query.get("access_token") not in self.tokens:
            return _json({"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"})
        return await self._act(path, request)

    async def _tell_token(self, request: web.Request) -> web.Response:
        wanted = json.loads(await request.text())
        if (wanted["appid"], wanted["secret"]) != (ACCOUNT, SECRET):
            return _json({"errcode": 40125, "errmsg": "invalid appsecret"})
        self.fetches.append(wanted["force_refresh"])
        if wanted["force_refresh"]:
            self.expires()
        return _json({"access_token": self.token, "expires_in": 7200})

    async def _act(self, path: str, request: web.Request) -> web.Response:
        match path:
            case "message/custom/send":
                return self._send(json.loads(await request.text()))
            case "message/template/send":
                wanted = json.loads(await request.text())
                self.notices.append((wanted["touser"], wanted["data"]))
                return _json({"errcode": 0, "msgid": next(self._ids)})
            case "media/upload":
                form = await request.post()
                media: Any = form["media"]
                media_id = f"up-{next(self._ids)}"
                self.files[media_id] = media.file.read()
                return _json({"type": request.query["type"], "media_id": media_id})
            case "media/get":
                content = self.files.get(request.query["media_id"])
                if content is None:
                    return _json({"errcode": 40007, "errmsg": "invalid media_id"})
                if content.startswith(b"{"):
                    named = {"Content-Disposition": 'attachment; filename="plan.json"'}
                    return web.Response(body=content, content_type="application/json", headers=named)
                return web.Response(body=content, content_type="image/jpeg")
            case "qrcode/create":
                scene = json.loads(await request.text())["action_info"]["scene"]["scene_str"]
                return _json({"ticket": "t", "url": f"http://weixin.qq.com/q/{scene}"})
            case "menu/create":
                self.menu = json.loads(await request.text())
                return _json({"errcode": 0, "errmsg": "ok"})
            case "getcallbackip":
                return _json({"ip_list": ["127.0.0.1"]})
            case "customservice/getkflist":
                return _json({"kf_list": []} if self.kf_granted else {"errcode": 48001, "errmsg": "api unauthorized"})
            case "template/get_all_private_template":
                return _json({"template_list": [{"template_id": each} for each in self.templates]})
        return _json({"errcode": 40066, "errmsg": "invalid url"})

    def _send(self, wanted: dict[str, Any]) -> web.Response:
        openid, kind = wanted["touser"], wanted["msgtype"]
        until, left = self._windows.get(openid, (0.0, 0))
        if self.now() > until:
            return _json({"errcode": 45015, "errmsg": "response out of time limit or subscription is canceled"})
        if left <= 0:
            return _json({"errcode": 45047, "errmsg": "out of response count limit"})
        words = wanted["text"]["content"] if kind == "text" else f"[{kind} {wanted[kind]['media_id']}]"
        if len(words.encode()) > 2048:
            return _json({"errcode": 45002, "errmsg": "content size out of limit"})
        self._windows[openid] = (until, left - 1)
        self.sent.append((openid, words))
        self.heard[openid].append(words)
        return _json({"errcode": 0, "errmsg": "ok"})

    async def brings(
        self, xml: str, *, at: float | None = None, forged: str = "", plain: bool = False, timestamp: str = ""
    ) -> Answered:
        """A callback with this message; `forged` stands in place of the signature that covers it."""
        stamp, nonce = timestamp or str(int(at or self.now())), f"n{next(self._ids)}"
        query = {"timestamp": stamp, "nonce": nonce, "signature": _signature(TOKEN, stamp, nonce)}
        body = xml
        if self.peer is not None and not plain:
            told = self.peer.asks("seal", xml, timestamp=stamp, nonce=nonce)
            query |= {"encrypt_type": "aes", "msg_signature": forged or told["signature"]}
            body = (
                f"<xml><ToUserName><![CDATA[{OURS}]]></ToUserName><Encrypt><![CDATA[{told['sealed']}]]></Encrypt></xml>"
            )
        elif forged:
            query["signature"] = forged
        return await self.posts(body, query)

    async def posts(self, body: str | bytes, query: dict[str, str]) -> Answered:
        """Exactly this."""
        since = time.monotonic()
        async with self.session.post(self.callback, data=body, params=query) as response:
            text = await response.text()
            answered = Answered(response.status, text, time.monotonic() - since)
        if answered.status == 200 and text not in ("", "success"):
            answered.words = self._read(text)
        return answered

    def _read(self, text: str) -> str:
        root = ElementTree.fromstring(text)  # noqa: S314 -- what our own server wrote
        if self.peer is not None:
            sealed, stamp, nonce = (root.findtext(name) or "" for name in ("Encrypt", "TimeStamp", "Nonce"))
            told = self.peer.asks("open", sealed, timestamp=stamp, nonce=nonce)
            assert told["signature"] == root.findtext("MsgSignature")
            assert told["account"] == ACCOUNT
            root = ElementTree.fromstring(told["text"])  # noqa: S314
        assert [each.tag for each in root].count("ToUserName") == 1
        words, openid = root.findtext("Content") or "", root.findtext("ToUserName") or ""
        self.heard[openid].append(words)
        return words


@dataclass
class Follower:
    """A person in WeChat."""

    fake: FakeWechat
    openid: str

    @property
    def heard(self) -> list[str]:
        """What this person was told."""
        return self.fake.heard[self.openid]

    def message(self, kind: str, *, id: int = 0, **fields: str) -> str:  # noqa: A002 -- WeChat's name
        """A message's XML."""
        fields["MsgId"] = str(id or next(self.fake._ids))
        return self.xml(MsgType=kind, **fields)

    def xml(self, **fields: str) -> str:
        """Any callback's XML."""
        whole = {"ToUserName": OURS, "FromUserName": self.openid, "CreateTime": str(int(self.fake.now())), **fields}
        inside = {name: value.replace("]]>", "]]]]><![CDATA[>") for name, value in whole.items()}
        return "<xml>" + "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in inside.items()) + "</xml>"

    async def says(self, words: str, **more: Any) -> Answered:
        """Says something."""
        self.fake.opens(self.openid)
        return await self.fake.brings(self.message("text", Content=words, **more))

    async def sends(self, kind: str, **fields: str) -> Answered:
        """Sends a picture, a voice, a place."""
        self.fake.opens(self.openid)
        return await self.fake.brings(self.message(kind, **fields))

    async def does(self, event: str, key: str = "") -> Answered:
        """Follows, scans, taps in the menu, leaves."""
        if event == "unsubscribe":
            self.fake.shuts(self.openid)
        else:
            self.fake.opens(self.openid, 3, 60.0)
        return await self.fake.brings(self.xml(MsgType="event", Event=event, EventKey=key))


def _signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def _json(answer: dict[str, Any]) -> web.Response:
    return web.json_response(answer)
