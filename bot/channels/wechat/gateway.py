"""What wechatpy does for us besides seals, behind one door: XML and plain calls. Its faults stop here.

It never sees a token of its own: it would fetch a new one for ever while the platform refuses the last, and log it.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import requests
import xmltodict
from wechatpy import WeChatClient
from wechatpy.enterprise import WeChatClient as WeComClient
from wechatpy.exceptions import WeChatException
from wechatpy.replies import TextReply

CONNECT, PATIENCE = 3.0, 8.0
"""Seconds for a connection, and of silence after which an answer is given up."""
THREADS = 8
STALE = frozenset({40001, 40014, 42001})
"""Codes that say: not this token."""


class Garbled(Exception):
    """No XML that the platform writes."""


class CallFailed(Exception):
    """A call brought no result. `code` is the platform's; without one `is_written` tells whether it may have worked.

    Neither the address called nor the platform's sentence is kept: both may hold secrets or somebody's words.
    """

    def __init__(self, code: int | None = None, *, is_written: bool = True, http_status: int | None = None) -> None:
        super().__init__(
            f"code {code}" if code is not None else f"status {http_status}" if http_status else "no answer"
        )
        self.code, self.is_written, self.http_status = code, is_written, http_status


@dataclass(frozen=True, slots=True)
class FreshToken:
    """An access token and for how many seconds it is good."""

    token: str
    seconds: float


def fields_of(xml: str | bytes) -> dict[str, str]:
    """The texts of a message by their names. Entities are refused, and a name given twice is no message."""
    try:
        root = xmltodict.parse(xml, disable_entities=True)["xml"]
        items = list(root.items())
    except Exception as error:  # ValueError, ExpatError, KeyError, AttributeError, RecursionError
        raise Garbled(type(error).__name__) from None
    if any(isinstance(value, list) for _, value in items):
        raise Garbled("a name twice")
    return {name: value or "" for name, value in items if value is None or isinstance(value, str)}


def text_reply(words: str, *, to: str, by: str) -> str:
    """A passive reply. wechatpy puts text into CDATA as it is, so whatever would end it is parted here."""
    return str(TextReply(target=_contained(to), source=_contained(by), content=_contained(words)).render())


def _contained(text: str) -> str:
    return text.replace("]]>", "]]]]><![CDATA[>")


class _Bearing(threading.local):
    """Where wechatpy looks a token up: that of the call this thread makes, for one client serves all threads, and a
    token may change meanwhile.
    """

    token = ""

    def get(self, _key: str, _default: object = None, /) -> str:
        """The token of this call, whatever name wechatpy keeps one under."""
        return self.token


class Gateway:
    """Calls to one account's API. wechatpy waits in threads of its own, so it holds up nothing else.

    `account` is an official account's AppID, or with `is_corp` a company's CorpID in WeCom.
    """

    def __init__(
        self, account: str, secret: str, api: str, *, patience: float = PATIENCE, is_corp: bool = False
    ) -> None:
        self._account, self._secret, self._api, self._is_corp = account, secret, api, is_corp
        self._timeout = (CONNECT, patience)
        self._bearing = _Bearing()
        made = WeComClient if is_corp else WeChatClient
        self._client = made(account, secret, session=self._bearing, timeout=self._timeout, auto_retry=False)
        self._client.API_BASE_URL = f"{api}/cgi-bin/"
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="wechat")

    async def call(self, token: str, what: Callable[[Any], Any]) -> Any:
        """The result of one of wechatpy's calls, made once, or `CallFailed`. What is no JSON is no answer: wechatpy
        hands a proxy's page, or half an answer, on as if all were well.
        """

        def make() -> Any:
            self._bearing.token = token
            result = what(self._client)
            if isinstance(result, requests.Response):
                raise CallFailed
            return result

        return await self._in_thread(make)

    async def fetch_file(self, token: str, media_id: str) -> bytes:
        """The bytes of a file, or `CallFailed`. wechatpy would take a JSON document somebody sent for an answer."""

        def fetch() -> bytes:
            asked = {"access_token": token, "media_id": media_id}
            response = requests.get(f"{self._api}/cgi-bin/media/get", params=asked, timeout=self._timeout)
            if response.status_code != 200:
                raise CallFailed(http_status=response.status_code)
            if _is_file(response):
                return response.content
            answer = response.json()
            film = answer.get("video_url") if isinstance(answer, dict) else None
            if isinstance(film, str) and film.startswith(("http://", "https://")):
                return requests.get(film, timeout=self._timeout).content
            raise CallFailed(int(answer.get("errcode") or -1))

        content: bytes = await self._in_thread(fetch)
        return content

    async def fetch_token(self, *, force: bool) -> FreshToken:
        """The account's token. Without `force` it stays the same while it is good, whoever asks; WeCom forces none."""

        def fetch() -> dict[str, Any]:
            response = self._ask_for_token(force)
            if response.status_code != 200:
                raise CallFailed(http_status=response.status_code)
            answer = response.json()
            return answer if isinstance(answer, dict) else {}

        answer = await self._in_thread(fetch)
        if not isinstance(answer.get("access_token"), str):
            raise CallFailed(int(answer.get("errcode") or -1))
        return FreshToken(answer["access_token"], float(answer.get("expires_in") or 7200))

    def _ask_for_token(self, force: bool) -> requests.Response:
        if self._is_corp:
            asked = {"corpid": self._account, "corpsecret": self._secret}
            return requests.get(f"{self._api}/cgi-bin/gettoken", params=asked, timeout=self._timeout)
        wanted: dict[str, str | bool] = {
            "grant_type": "client_credential",
            "appid": self._account,
            "secret": self._secret,
            "force_refresh": force,
        }
        return requests.post(f"{self._api}/cgi-bin/stable_token", json=wanted, timeout=self._timeout)

    def close(self) -> None:
        """Let go of the threads; what is on the wire ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, what: Callable[[], Any]) -> Any:
        def run() -> Any:
            try:
                return what()
            except WeChatException as refused:
                response = getattr(refused, "response", None)
                raise CallFailed(refused.errcode, http_status=getattr(response, "status_code", None)) from None
            except (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError):
                raise CallFailed(is_written=False) from None
            except requests.ConnectionError as error:
                raise CallFailed(is_written="NewConnectionError" not in repr(error.args)) from None
            except (requests.RequestException, ValueError, TypeError, KeyError):
                raise CallFailed from None  # `from None`: their texts carry the address with the token in it

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)


def _is_file(response: requests.Response) -> bool:
    """A file comes as an attachment; a refusal, or where a film lies, as JSON, whatever it is called."""
    if "attachment" in response.headers.get("Content-Disposition", "").lower():
        return True
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind.startswith(("image/", "audio/", "video/", "voice/")) or kind == "application/octet-stream"
