"""Telegram's webhook: 200 is answered after the commit and not before. What is forged is turned away unread."""

import hmac
import json
from collections.abc import Callable
from datetime import datetime

from aiohttp import hdrs, web

from bot.intake.health import IntakeHealth, utc_now
from bot.intake.polling import Store
from bot.intake.raw import raw_of

LARGEST_BODY = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
RETRY_AFTER = "5"
"""Seconds; Telegram waits so long before it sends the update again."""


def add_webhook(
    app: web.Application, path: str, source: str, secret: str, store: Store, *, now: Callable[[], datetime] = utc_now
) -> IntakeHealth:
    """Take one bot's updates at `path`; how it goes is in what is returned.

    401 without the secret, 415 for what is no plain JSON by its headers, 413 over 1 MB, 400 for a body that is no
    JSON, 503 while nothing can be stored: Telegram then sends the update again, for 24 hours.
    """
    if not secret:
        raise ValueError("a webhook needs a secret, or anybody could speak for the tenants")
    expected, health = secret.encode(), IntakeHealth(source, now)

    async def take(request: web.Request) -> web.Response:
        # aiohttp decodes headers with surrogateescape; compare_digest takes only bytes for what is not ASCII.
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            return turned_away(401)
        if request.content_type != "application/json" or hdrs.CONTENT_ENCODING in request.headers:
            return turned_away(415)
        body = await body_of(request, LARGEST_BODY)
        if body is None:
            return turned_away(413)
        try:
            update = json.loads(body.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return turned_away(400)
        try:
            await store(source, [raw_of(update)])
        except Exception as error:
            health.went_wrong(f"storage: {type(error).__name__}", "see the database; Telegram tries again for 24 h")
            return web.Response(status=503, headers={hdrs.RETRY_AFTER: RETRY_AFTER})
        health.went_well(1)
        return web.Response()

    app.router.add_post(path, take)
    return health


async def body_of(request: web.Request, limit: int) -> bytes | None:
    """The body, or None when it is too large. It is counted while it comes, for its header may lie or be missing."""
    if (request.content_length or 0) > limit:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def turned_away(status: int) -> web.Response:
    """The connection is closed, so that nobody reads the rest of what was not wanted."""
    response = web.Response(status=status)
    response.force_close()
    return response
