"""The whole loop against bare echo bots: messages a second, latency at a steady rate, memory, cold start."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil

from benchmarks.candidates import TENANTS, Candidate, candidates, environment_of
from benchmarks.traffic import updates

SATURATED = 2000
WARM_UP = 200
RATES = (30, 150)
SECONDS = 12
PATIENCE = 90
HERE = "127.0.0.1"


@dataclass
class Measured:
    """One candidate. Seconds, milliseconds and megabytes as named."""

    name: str
    cold_start_s: float = 0.0
    messages_per_s: float = 0.0
    cpu_ms: float = 0.0
    """Processor time for one message: on a shared machine it says more than the rate."""
    p50_ms: dict[int, float] | None = None
    p99_ms: dict[int, float] | None = None
    rss_mb: float = 0.0


class Far:
    """The far end, from here."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.api = f"http://{HERE}:{port}"

    def inject(self, first: int, count: int) -> float:
        """Hand in messages; returns the far end's clock."""
        return float(self._ask("inject", {"token": TENANTS, "updates": list(updates(first, count))})["at"])

    def state(self, *, full: bool = False) -> dict[str, Any]:
        """What has been answered."""
        return self._ask("state?full=1" if full else "state")

    def reset(self) -> None:
        """Forget everything."""
        self._ask("reset")

    def _ask(self, what: str, given: object = None) -> dict[str, Any]:
        with closing(HTTPConnection(HERE, self.port)) as connection:
            if given is None:
                connection.request("GET", f"/_/{what}")
            else:
                connection.request("POST", f"/_/{what}", json.dumps(given), {"Content-Type": "application/json"})
            return dict(json.load(connection.getresponse()))


def run() -> list[Measured]:
    """Measure every candidate, one after the other, on the same far end."""
    with tempfile.TemporaryDirectory() as folder, _on_the_far_core(), _far_end() as far:
        return [_measure(candidate, far) for candidate in candidates(far.api, Path(folder))]


@contextmanager
def _far_end() -> Iterator[Far]:
    with socket.socket() as free:
        free.bind((HERE, 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(_on_core(0, [sys.executable, "-m", "benchmarks.far_end", str(port)]))
    far = Far(port)
    try:
        _until(lambda: _answers(far), "the far end did not start")
        yield far
    finally:
        process.kill()
        process.wait()


@contextmanager
def _on_the_far_core() -> Iterator[None]:
    """Whoever hands in messages takes nothing of the core that is measured."""
    allowed = os.sched_getaffinity(0)
    if len(allowed) > 1:
        os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _measure(candidate: Candidate, far: Far) -> Measured:
    far.reset()
    measured = Measured(candidate.name, p50_ms={}, p99_ms={})
    began = time.monotonic()
    process = subprocess.Popen(_on_core(1, candidate.command), env=environment_of(candidate), stdout=subprocess.DEVNULL)
    try:
        _until(lambda: TENANTS in far.state()["first_poll"], f"{candidate.name} never polled")
        measured.cold_start_s = time.monotonic() - began
        far.inject(0, WARM_UP)
        _until(lambda: far.state()["answered"] == WARM_UP, f"{candidate.name} did not answer")
        number = WARM_UP
        spent = _cpu(process)
        began = far.inject(number, SATURATED)
        number += SATURATED
        _until(lambda: far.state()["answered"] == number, f"{candidate.name} lost messages")
        _until(lambda: far.state()["sends"] >= number * candidate.sends, f"{candidate.name} lost sends")
        measured.cpu_ms = (_cpu(process) - spent) / SATURATED * 1000
        told = far.state(full=True)["told"]
        measured.messages_per_s = SATURATED / (max(told.values()) - began)
        for rate in RATES:
            number = _steadily(far, candidate, measured, rate, number)
        measured.rss_mb = psutil.Process(process.pid).memory_info().rss / 1e6
    finally:
        process.terminate()
        process.wait(20)
    return measured


def _cpu(process: "subprocess.Popen[bytes]") -> float:
    times = psutil.Process(process.pid).cpu_times()
    return float(times.user + times.system)


def _steadily(far: Far, candidate: Candidate, measured: Measured, rate: int, number: int) -> int:
    injected: dict[int, float] = {}
    began = time.monotonic()
    for turn in range(rate * SECONDS):
        pause = began + turn / rate - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        injected[number] = far.inject(number, 1)
        number += 1
    _until(lambda: far.state()["answered"] == number, f"{candidate.name} lost messages at {rate}/s")
    told = far.state(full=True)["told"]
    waits = sorted((told[str(n)] - at) * 1000 for n, at in injected.items())
    measured.p50_ms[rate] = statistics.median(waits)
    measured.p99_ms[rate] = waits[int(len(waits) * 0.99) - 1]
    return number


def _on_core(core: int, command: list[str]) -> list[str]:
    return ["taskset", "-c", str(core), *command] if (os.cpu_count() or 1) > 1 else command


def _answers(far: Far) -> bool:
    try:
        far.state()
    except OSError:
        return False
    return True


def _until(is_so: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(otherwise)
        time.sleep(0.02)


def show(measured: list[Measured]) -> list[str]:
    """The table, with Lobby's rate and thrift as ratios to each candidate's: above 1 Lobby is ahead."""
    lobby = measured[-1]
    lines = [
        f"{'':32}{'msg/s':>8}{'Lobby/it':>10}{'CPU ms':>9}{'it/Lobby':>10}"
        + "".join(f"{f'p50@{r}':>9}{f'p99@{r}':>9}" for r in RATES)
        + f"{'RSS MB':>8}{'start s':>9}"
    ]
    for one in measured:
        rates = "".join(f"{one.p50_ms[r]:>9.1f}{one.p99_ms[r]:>9.1f}" for r in RATES)
        speed = f"{one.messages_per_s:>8.0f}{lobby.messages_per_s / one.messages_per_s:>10.2f}"
        thrift = f"{one.cpu_ms:>9.2f}{one.cpu_ms / lobby.cpu_ms:>10.2f}"
        lines.append(f"{one.name:32}{speed}{thrift}{rates}{one.rss_mb:>8.0f}{one.cold_start_s:>9.2f}")
    return lines


def as_json(measured: list[Measured]) -> list[dict[str, object]]:
    """The same for machines."""
    return [asdict(one) for one in measured]


__all__ = ["as_json", "run", "show"]
