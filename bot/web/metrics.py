"""`GET /metrics` for Prometheus: queues, ends, intakes. No chat, no person, no words; every label is a word of ours."""

import asyncio
from collections.abc import Iterator
from time import monotonic

from aiohttp import web
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.web.pages import Pages
from storage.repositories.traffic import Ended, Traffic, Waiting

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
KEEP_SECONDS = 15.0
"""How long the ends are remembered: counting them walks through whole tables."""


class Metrics(Collector):
    """What is told at one scrape; `gather` fills it from the database first."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._waiting: Waiting | None = None
        self._ended: Ended | None = None
        self._ended_at = 0.0
        self._is_leading = 0
        self.registry = CollectorRegistry(auto_describe=False)
        self.registry.register(self)
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    async def gather(self) -> None:
        """Read the counts; `StorageUnavailable` when the database is away."""
        writer = self._pages.lobby.writer
        self._is_leading = int(await asyncio.to_thread(self._pages.is_leading))
        self._waiting = await writer.read(lambda unit: Traffic(unit.session).waiting())
        if self._ended is None or monotonic() - self._ended_at > KEEP_SECONDS:
            self._ended = await writer.read(lambda unit: Traffic(unit.session).ended())
            self._ended_at = monotonic()

    def collect(self) -> Iterator[Metric]:
        """Everything, as Prometheus reads it."""
        yield GaugeMetricFamily("lobby_leader", "1 on the replica that works", value=self._is_leading)
        yield from self._intakes()
        if self._waiting is not None:
            yield GaugeMetricFamily(
                "lobby_inbox_waiting", "Updates kept and not yet handled", value=self._waiting.inbox
            )
            lanes = GaugeMetricFamily("lobby_outbox_waiting", "Rows not yet sent", labels=["lane"])
            for lane, count in self._waiting.outbox.items():
                lanes.add_metric([lane.name.lower()], count)
            yield lanes
        if self._ended is not None:
            # Gauges: a later message may still show what an earlier one was, and old rows may be cleared away.
            sent = GaugeMetricFamily("lobby_outbox_ended", "Rows by how they ended", labels=["state"])
            for state, count in self._ended.outbox.items():
                sent.add_metric([state.value], count)
            yield sent
            heard = GaugeMetricFamily("lobby_inbox_ended", "Updates by disposition", labels=["disposition"])
            for disposition, count in self._ended.inbox.items():
                heard.add_metric([disposition.value], count)
            yield heard

    def _intakes(self) -> Iterator[Metric]:
        stored = CounterMetricFamily("lobby_intake_stored", "Updates kept since the start", labels=["source"])
        trouble = GaugeMetricFamily("lobby_intake_trouble", "1 while an intake does not hear", labels=["source"])
        for intake in self._pages.intakes.values():
            stored.add_metric([intake.source], intake.stored)
            trouble.add_metric([intake.source], int(intake.trouble_now is not None))
        yield stored
        yield trouble


METRICS = web.AppKey("metrics", Metrics)


async def tell_metrics(request: web.Request) -> web.Response:
    """One scrape."""
    metrics = request.app[METRICS]
    await metrics.gather()
    body = await asyncio.to_thread(generate_latest, metrics.registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})
