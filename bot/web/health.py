"""`GET /health`: one look at whether the desk hears, remembers and speaks. 200 when all is well, 503 when it is not."""

import asyncio

from aiohttp import web

from bot.intake.health import IntakeHealth
from bot.web.pages import PAGES
from storage.repositories.traffic import Traffic, Waiting
from storage.writer import StorageUnavailable


async def tell_health(request: web.Request) -> web.Response:
    """JSON without anything personal; a replica that is not the leader is well too."""
    pages = request.app[PAGES]
    waiting: Waiting | None = None
    is_current = False
    try:
        waiting = await pages.lobby.writer.read(lambda unit: Traffic(unit.session).waiting())
        is_current = await asyncio.to_thread(pages.is_schema_current)
    except StorageUnavailable:
        pass
    intakes = [_intake(intake) for intake in pages.intakes.values()]
    is_well = waiting is not None and is_current and all(intake["trouble"] is None for intake in intakes)
    told = {
        "status": "well" if is_well else "unwell",
        "database": "reachable" if waiting is not None else "unreachable",
        "schema": "current" if is_current else "unknown" if waiting is None else "behind",
        "leader": await asyncio.to_thread(pages.is_leading),
        "intakes": intakes,
        "inbox_waiting": waiting.inbox if waiting else None,
        "outbox_waiting": {lane.value: count for lane, count in waiting.outbox.items()} if waiting else None,
    }
    return web.json_response(told, status=200 if is_well else 503)


def _intake(intake: IntakeHealth) -> dict[str, str | int | None]:
    return {
        "source": intake.source,
        "trouble": intake.trouble_now,
        "last_success": intake.last_success.isoformat() if intake.last_success else None,
        "stored": intake.stored,
    }
