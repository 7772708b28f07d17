"""The demo takes orders from its own page only: any other page in the browser could reach a loopback address too."""

import ipaddress

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

HOME = "/demo/"


@web.middleware
async def stay_home(request: web.Request, handler: Handler) -> web.StreamResponse:
    """403 for a host name that is not ours (a rebound name), and for a POST from another origin or of another type."""
    if request.path == "/" or request.path.startswith(HOME):
        if not _is_ours(request.host):
            raise web.HTTPForbidden(text="This demo is reached by its own address only.")
        if request.method == "POST" and not _is_from_here(request):
            raise web.HTTPForbidden(text="This demo listens to its own page only.")
    return await handler(request)


def _is_ours(host: str) -> bool:
    """An address written in numbers, or localhost: no name that somebody else's DNS answers for."""
    name = URL(f"http://{host}").host or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost"
    return True


def _is_from_here(request: web.Request) -> bool:
    return request.headers.get("Origin") == f"http://{request.host}" and request.content_type == "application/json"
