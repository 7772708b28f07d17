"""WeCom's far end for customer service (微信客服): tells that there is news, hands it out in pages, takes answers."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.wire.fake_wechat import Answered, FakeWechat, _json

DESK = "wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q"


@dataclass
class FakeKf(FakeWechat):
    """`page` messages come at once; what is sent under a known id is shown no second time."""

    page: int = 1000
    log: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.shown: dict[str, str] = {}
        """What people saw, by the sender's own id of it."""
        self.cursors: list[str] = []
        self.welcomes = {"welcome-1"}
        self.taken_over = False
        self.state = 1
        """Of every talk: 0 new, 1 ours, 2 in the queue of people, 3 with a colleague, 4 ended."""

    def writes(self, person: str, kind: str = "text", *, origin: int = 3, ago: float = 0.0, **body: Any) -> None:
        """Somebody writes, or did `ago` seconds ago; nobody is told yet."""
        at = int(time.time() - ago)
        message = {"msgid": f"kf{next(self._ids)}", "send_time": at, "origin": origin, "msgtype": kind, kind: body}
        if kind != "event":
            message |= {"open_kfid": DESK, "external_userid": person}
        self.log.append(message)
        if origin == 3:
            self.opens(person)

    def comes_in(self, person: str, code: str = "", welcome: str = "welcome-1") -> None:
        """Somebody opens the talk from a poster."""
        event = {"event_type": "enter_session", "open_kfid": DESK, "external_userid": person, "scene": "lobby"}
        self.writes(person, "event", origin=4, **event, scene_param=code, welcome_code=welcome)

    async def tells(self, news: str = "news-1", **more: Any) -> Answered:
        """The callback: there is news."""
        xml = (
            "<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event>"
            f"<Token>{news}</Token><OpenKfId>{DESK}</OpenKfId></xml>"
        )
        return await self.brings(xml, **more)

    async def _hear(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/cgi-bin/gettoken":
            self.calls.append("gettoken")
            self.fetches.append(False)
            return _json({"errcode": 0, "access_token": self.token, "expires_in": 7200})
        return await super()._hear(request)

    async def _act(self, path: str, request: web.Request) -> web.Response:
        match path:
            case "kf/sync_msg":
                return self._sync(json.loads(await request.text()))
            case "kf/send_msg":
                return self._show(json.loads(await request.text()))
            case "kf/send_msg_on_event":
                wanted = json.loads(await request.text())
                if wanted["code"] not in self.welcomes:
                    return _json({"errcode": 95021, "errmsg": "invalid welcome code"})
                self.welcomes.remove(wanted["code"])
                self.shown[wanted["msgid"]] = wanted["text"]["content"]
                return _json({"errcode": 0})
            case "kf/service_state/get":
                return _json({"errcode": 0, "service_state": self.state})
            case "kf/service_state/trans":
                self.state = json.loads(await request.text())["service_state"]
                self.taken_over = self.state > 1
                return _json({"errcode": 0, "msg_code": "m"})
            case "kf/add_contact_way":
                return _json({"errcode": 0, "url": "https://work.weixin.qq.com/kfid/kfc1?enc_scene=s"})
            case "kf/account/list":
                return _json({"errcode": 0, "account_list": [{"open_kfid": DESK}]})
        return await super()._act(path, request)

    def _sync(self, wanted: dict[str, Any]) -> web.Response:
        if wanted["open_kfid"] != DESK:
            return _json({"errcode": 95000, "errmsg": "invalid open_kfid"})
        if wanted["token"] == "too-old":
            return _json({"errcode": 95007, "errmsg": "invalid msg token"})
        self.cursors.append(wanted["cursor"])
        start = int(wanted["cursor"] or 0)
        found = self.log[start : start + self.page]
        end = start + len(found)
        more = {"next_cursor": str(end), "has_more": int(end < len(self.log)), "msg_list": found}
        return _json({"errcode": 0, "errmsg": "ok", **more})

    def _show(self, wanted: dict[str, Any]) -> web.Response:
        assert len(wanted["msgid"]) <= 32
        if self.taken_over:
            return _json({"errcode": 95018, "errmsg": "send msg session status invalid"})
        if wanted["msgid"] in self.shown:
            return _json({"errcode": 0})
        until, left = self._windows.get(wanted["touser"], (0.0, 0))
        if self.now() > until or left <= 0:
            return _json({"errcode": 95002 if self.now() > until else 95001, "errmsg": "send msg limit"})
        self._windows[wanted["touser"]] = (until, left - 1)
        kind = wanted["msgtype"]
        self.shown[wanted["msgid"]] = wanted[kind]["content"] if kind == "text" else kind
        return _json({"errcode": 0})
