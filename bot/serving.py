"""The desk at work: web pages on every replica; intake, inbox, outbox and clock on the one elected leader."""

import asyncio
import gc
import secrets
import signal
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial

import structlog
from aiohttp import ClientSession, web

from bot.channels import CHANNELS, TENANT_CHANNELS, webhook_url
from bot.channels.channel import CalledBack, Channel, HoldsLine
from bot.clock import Clock
from bot.intake.calls import CallFailed
from bot.intake.health import SERVER_MEMORY, IntakeHealth
from bot.intake.polling import Poller
from bot.intake.setting import set_webhook
from bot.intake.webhook import add_webhook
from bot.settings import Intake, Settings
from bot.web.server import make_app
from bot.wiring import Lobby, join
from handlers.scene import Desk
from storage.leadership import Leadership
from storage.writer import StorageUnavailable, Writer

log = structlog.get_logger(__name__)

CANDIDATE_SECONDS = 1.0
"""How often a follower tries to lead and a leader makes sure it still does."""
GOODBYE_SECONDS = 10.0
WEBHOOK_SECONDS = 10.0
"""Between two tries to tell Telegram where to call."""
SECRET_BYTES = 32
YOUNG, MIDDLE, OLD = 50_000, 20, 100
"""Collector thresholds: the libraries' models are many and long-lived, and walking them often costs half the speed."""


class CannotListen(Exception):
    """The web pages have no place to listen on; the text says which, and what to do."""


async def serve(settings: Settings, writer: Writer, clock: Clock, channels: Mapping[str, Channel]) -> None:
    """Run until SIGTERM or SIGINT; what is on the wire then is finished and written down."""
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    await serve_until(stopped, settings, writer, clock, channels)


async def serve_until(
    stopped: asyncio.Event, settings: Settings, writer: Writer, clock: Clock, channels: Mapping[str, Channel]
) -> None:
    """One replica, until `stopped`; what breaks its work for good is raised, once everything is let go."""
    async with AsyncExitStack() as stack:
        lobby = join(settings, writer, clock, channels, TENANT_CHANNELS, _desk(settings, writer, channels))
        for channel in channels.values():
            await channel.open()
            stack.push_async_callback(channel.close)
        session = await stack.enter_async_context(ClientSession())
        healths: dict[str, IntakeHealth] = {}
        leadership = Leadership(writer.engine)
        app = make_app(lobby, healths, leadership)
        for name, channel in channels.items():
            if isinstance(channel, CalledBack):
                healths[name] = channel.mount(app, CHANNELS[name].webhook_path, lambda: lobby.leads)
            elif settings.intake is Intake.WEBHOOK and CHANNELS[name].updates:
                secret = settings.webhook_secret.get_secret_value()
                healths[name] = add_webhook(app, CHANNELS[name].webhook_path, name, secret, lobby.inbox.store)
        await _open_site(app, settings, stack)
        leading = asyncio.create_task(_lead_when_elected(lobby, leadership, session, healths))
        told = asyncio.create_task(stopped.wait())
        await asyncio.wait({leading, told}, return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping")
        told.cancel()
        leading.cancel()
        await asyncio.wait({leading}, timeout=GOODBYE_SECONDS)
        await asyncio.to_thread(leadership.resign)
        if leading.done() and not leading.cancelled():
            leading.result()


def _desk(settings: Settings, writer: Writer, channels: Mapping[str, Channel]) -> Desk:
    secret = (
        settings.secret.get_secret_value()
        or writer.submit(lambda unit: unit.sites.keep("survey_secret", secrets.token_urlsafe(SECRET_BYTES))).result()
    )
    links = (getattr(channel, "deep_link", None) for name, channel in channels.items() if name in TENANT_CHANNELS)
    deep_link: Callable[[str], str | None] = next((link for link in links if link is not None), lambda _: None)
    return Desk(settings.public_url, secret, deep_link)


async def _open_site(app: web.Application, settings: Settings, stack: AsyncExitStack) -> None:
    # Telegram's refused bodies are not worth waiting for; aiohttp would read them for ten seconds at the end.
    runner = web.AppRunner(app, access_log=None, lingering_time=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CannotListen(
            f"the web pages cannot listen on {settings.host}, port {settings.port} ({why.lower()}): stop what uses "
            "it, or set LOBBY_HOST and LOBBY_PORT to another place"
        ) from None
    log.info("listening", host=settings.host, port=settings.port)


async def _lead_when_elected(
    lobby: Lobby, leadership: Leadership, session: ClientSession, healths: dict[str, IntakeHealth]
) -> None:
    """Try to lead; while leading, run the loops; when the seat is lost, stop them and try again."""
    while True:
        if not await asyncio.to_thread(leadership.try_lead):
            await asyncio.sleep(CANDIDATE_SECONDS)
            continue
        log.info("leading")
        pollers = await _intakes(lobby, session, healths)
        lines = [channel for channel in lobby.channels.values() if isinstance(channel, HoldsLine)]
        healths |= {line.health.source: line.health for line in lines}
        announce = partial(_announce_webhooks, lobby, session, healths)
        held = (*(poller.run for poller in pollers), *(line.hold for line in lines))
        work = asyncio.create_task(lobby.lead(announce, *held))
        try:
            await _report_gap(lobby)
            while not work.done() and await asyncio.to_thread(leadership.is_leading):
                await asyncio.wait({work}, timeout=CANDIDATE_SECONDS)
        finally:
            for poller in pollers:
                await poller.stop()
                healths.pop(poller.health.source, None)  # who polls no more tells nothing of how polling goes
            for line in lines:
                healths.pop(line.health.source, None)
            work.cancel()
            try:
                await work
            except asyncio.CancelledError:
                pass
            except Exception:
                log.exception("loops_broke")
        log.warning("not_leading")
        await asyncio.sleep(CANDIDATE_SECONDS)


async def _intakes(lobby: Lobby, session: ClientSession, healths: dict[str, IntakeHealth]) -> list[Poller]:
    """A poller for each channel, or none where Telegram is told to call us."""
    pollers: list[Poller] = []
    for name in lobby.channels:
        entry = CHANNELS[name]
        if lobby.settings.intake is Intake.POLLING and entry.updates:
            token, api = entry.token(lobby.settings), entry.api(lobby.settings)
            poller = Poller(name, api, token, entry.updates, lobby.inbox.store, session)
            healths[name] = poller.health
            pollers.append(poller)
    return pollers


async def _announce_webhooks(lobby: Lobby, session: ClientSession, healths: Mapping[str, IntakeHealth]) -> None:
    """Tell Telegram where to call, until it has heard; then nothing is left to do but to stay."""
    settings, secret = lobby.settings, lobby.settings.webhook_secret.get_secret_value()
    called = [name for name in lobby.channels if CHANNELS[name].updates]
    waiting = [] if settings.intake is Intake.POLLING else called
    while waiting:
        for name in list(waiting):
            entry = CHANNELS[name]
            token, api, url = entry.token(settings), entry.api(settings), webhook_url(settings, name)
            try:
                await set_webhook(session, api, token, url, secret, entry.updates)
                waiting.remove(name)
            except CallFailed as failure:
                healths[name].went_wrong(f"webhook not set: {failure.reason}", "lobby check tells more")
        await asyncio.sleep(WEBHOOK_SECONDS if waiting else 0)
    await asyncio.Event().wait()


async def _report_gap(lobby: Lobby) -> None:
    """Telegram forgets after a day: say so when we were away longer than that."""
    try:
        last = await lobby.writer.read(lambda unit: unit.inbox.find_last_received())
    except StorageUnavailable:
        return
    if last is not None and lobby.clock.now() - last > SERVER_MEMORY:
        log.error("updates_may_be_lost", since=last.isoformat(), why="Telegram keeps undelivered updates for 24 hours")
