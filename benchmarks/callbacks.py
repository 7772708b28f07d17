"""WeChat hangs up after five seconds: how long its callbacks wait for their answer, with each one stored before.

Twice: on a replica that answers as soon as it has stored, and on the leader where nobody's words come, so that each
call is kept open for as long as any is.
"""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import open_engine
from storage.schema import upgrade
from storage.writer import Writer
from tests.wire.fake_wechat import FakeWechat, Follower
from tests.wire.wechat_stage import opened

RATE, SECONDS, PEOPLE = 200, 5, 300
BOUND_MS = 5000
"""After this WeChat hangs up, comes again, and after three times tells the tenant that the account is out of order."""


def run() -> dict[str, float]:
    """Callbacks a second, and milliseconds to their answers: the median, the slowest of a hundred, the slowest.

    The same under `waiting_` where each call is kept open.
    """
    stored, kept_open = _measured(leads=False), _measured(leads=True)
    return stored | {f"waiting_{name}": figure for name, figure in kept_open.items()}


def show(measured: dict[str, float]) -> list[str]:
    """What counts is the bound; how near it comes is told beside it."""
    return [
        f"{f'wechat: callbacks a second, of {RATE} asked for':42}{measured['per_second']:>8.0f}",
        f"{'wechat: answered within, median, ms':42}{measured['median_ms']:>8.0f}",
        f"{'wechat: answered within, 99 of 100, ms':42}{measured['p99_ms']:>8.0f}   of {BOUND_MS}",
        f"{'wechat: the same, each kept open for words':42}{measured['waiting_p99_ms']:>8.0f}   of {BOUND_MS}",
        f"{'wechat: the slowest of all, ms':42}{max(measured['slowest_ms'], measured['waiting_slowest_ms']):>8.0f}"
        f"   of {BOUND_MS}",
    ]


def _measured(*, leads: bool) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        upgrade(engine)
        writer = Writer(engine, lambda: datetime.now(UTC))
        try:
            seconds, took = asyncio.run(_measure(writer, leads=leads))
        finally:
            writer.close()
            engine.dispose()
    took.sort()
    at = {"median_ms": 0.5, "p99_ms": 0.99, "slowest_ms": 1.0}
    figures = {name: round(took[min(len(took) - 1, int(len(took) * part))] * 1000, 1) for name, part in at.items()}
    return {"per_second": round(len(took) / seconds, 1), **figures}


async def _measure(writer: Writer, *, leads: bool) -> tuple[float, list[float]]:
    async with FakeWechat() as fake:
        account, runner = await opened(fake, writer)
        people = [fake.person(f"p{number}") for number in range(PEOPLE)]
        await people[0].says("您好")
        account.leads[0] = leads
        since = time.monotonic()
        saying: list[asyncio.Task[float]] = []
        for number in range(RATE * SECONDS):
            await asyncio.sleep(max(0.0, since + number / RATE - time.monotonic()))
            saying.append(asyncio.create_task(_say(people[number % PEOPLE], number)))
        took = list(await asyncio.gather(*saying))
        lasted = time.monotonic() - since
        await account.channel.close()
        await runner.cleanup()
    return lasted, took


async def _say(person: Follower, number: int) -> float:
    answered = await person.says(f"厨房水管漏水 {number}")
    if answered.status != 200:
        raise RuntimeError(f"a callback was answered {answered.status}")
    return answered.seconds
