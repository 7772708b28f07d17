"""Bytes of attachments. Both libraries download through here, since neither stops at a size."""

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.channel import FetchFailed, SendFailed
from bot.channels.refusals import Refusal

_TIMEOUT = ClientTimeout(total=120, connect=10, sock_read=30)
_CHUNK = 65_536


async def download(session: ClientSession, url: str, limit: int) -> bytes:
    """At most `limit` bytes from a Bot API file address. The address carries the token, so no error quotes it."""
    body = bytearray()
    try:
        async with session.get(url, timeout=_TIMEOUT) as response:
            if response.status != 200:
                raise FetchFailed(f"HTTP {response.status}", permanent=False)
            async for chunk in response.content.iter_chunked(_CHUNK):
                body += chunk
                if len(body) > limit:
                    raise FetchFailed(Refusal.TOO_BIG, permanent=True)
    except (ClientError, OSError) as error:
        raise FetchFailed(type(error).__name__, permanent=False) from None
    return bytes(body)


def check_size(size: int | None, limit: int) -> None:
    """Do not begin what cannot be finished: `FetchFailed` when the platform already says it is too big."""
    if size is not None and size > limit:
        raise FetchFailed(Refusal.TOO_BIG, permanent=True)


def not_given(failure: SendFailed) -> FetchFailed:
    """getFile's refusal: a file over Telegram's own 20 MB, or one that is no more, will not be had later either."""
    return FetchFailed(failure.reason, permanent=failure.permanent)
