"""python-telegram-bot's requests over aiohttp: httpx, its own choice, grows slower with every request in the air.

Its serialisation and its error classes stay; only the wire is ours.
"""

import json
from typing import Any

from aiohttp import (
    BytesPayload,
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    InvalidURL,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.bot_api.limits import CALL, CONNECT


class NotWritten(NetworkError):
    """There was no connection, so nothing was sent."""


class NotAnswered(NetworkError):
    """The request was written, then the connection broke."""


class AiohttpRequest(BaseRequest):
    """One session, opened at the first call; `patience` is how many seconds the server may be silent.

    Errors name their kind only: aiohttp's own texts may quote the token.
    """

    __slots__ = ("_patience", "_session")

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds between two parts of an answer."""
        return self._patience

    @property
    def session(self) -> ClientSession:
        """The session, for downloads too."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(headers={"User-Agent": self.USER_AGENT})
        return self._session

    async def initialize(self) -> None:
        """Nothing to do before the first call."""

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: Any,
        **_named_timeouts: Any,
    ) -> tuple[int, bytes]:
        """`(status, body)`. Timeouts per call are not used in this house; the same hold for all."""
        timeout = ClientTimeout(total=CALL, connect=CONNECT, sock_read=self._patience)
        try:
            async with self.session.request(method, url, data=_form(request_data), timeout=timeout) as response:
                return response.status, await response.read()
        except (ClientConnectorError, ConnectionTimeoutError, InvalidURL) as error:
            raise NotWritten(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NotAnswered(type(error).__name__) from None


def _form(request_data: RequestData | None) -> FormData | BytesPayload | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        # aiohttp makes a form of parts first, with a boundary, even where it is sent without: 100 µs against 10.
        # As `RequestData.json_payload` writes it, which writes each field twice over.
        fields = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in request_data.parameters.items()
        }
        return BytesPayload(json.dumps(fields).encode(), content_type="application/json")
    # Telegram does not read RFC 5987 names, so they go as they are; `text.file_name` made them safe.
    form = FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
