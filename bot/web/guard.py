"""Around every page: headers that keep it private and unframed, and a kind page for whatever breaks; never a trace."""

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.web.kindness import Trouble, page_of
from storage.writer import StorageUnavailable

log = structlog.get_logger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""A page may loosen one of them by setting it itself."""
RETRY_SECONDS = "5"


async def set_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on whatever goes out, errors too."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Everything ends as a page: a missing one, a database that is away, a mistake of ours."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return page_of(request, Trouble.NOT_FOUND, 404)
    except web.HTTPRequestEntityTooLarge:
        return page_of(request, Trouble.TOO_LONG, 413)
    except web.HTTPException:
        raise
    except StorageUnavailable:
        response = page_of(request, Trouble.LATER, 503)
        response.headers["Retry-After"] = RETRY_SECONDS
        return response
    except Exception:
        route = request.match_info.route.resource
        log.exception("page_failed", page=route.canonical if route else "", method=request.method)
        return page_of(request, Trouble.LATER, 500)
