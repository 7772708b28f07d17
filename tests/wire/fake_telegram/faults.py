"""Everything that goes wrong between a bot and Telegram, on demand.

A `Damage` says what happens; a `Fault` says to which calls and how often. `http.py` asks for the first fault
that fits each call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.wire.fake_telegram.refusals import OTHER_POLLER, PREFIXES, Refused, conflict, too_many, unauthorized

NGINX_502 = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(frozen=True, slots=True)
class Damage:
    """`does_work`: whether the call takes effect before things go wrong. `delay` comes first, in seconds."""

    name: str
    does_work: bool = False
    delay: float = 0.0
    refusal: Refused | None = None
    body: bytes | None = None
    status: int = 200
    cuts_answer: bool = False
    never_answers: bool = False
    resets: bool = False


def flood(retry_after: int = 5) -> Damage:
    return Damage("flood", refusal=too_many(retry_after))


def refuses(code: int, description: str, **parameters: Any) -> Damage:
    """Any error answer, word for word."""
    return Damage("refuses", refusal=Refused(code, description, parameters))


def server_error() -> Damage:
    return Damage("server_error", refusal=Refused(500, PREFIXES[500]))


def bad_gateway() -> Damage:
    """502 with an HTML body, as from the proxy in front of the API."""
    return Damage("bad_gateway", body=NGINX_502, status=502)


def empty_body() -> Damage:
    """Status 200 and nothing else; the work is done."""
    return Damage("empty_body", does_work=True, body=b"")


def cut_short() -> Damage:
    """The work is done and the JSON answer stops in the middle."""
    return Damage("cut_short", does_work=True, cuts_answer=True)


def slow(seconds: float = 1.0) -> Damage:
    return Damage("slow", does_work=True, delay=seconds)


def silence_after_work() -> Damage:
    """The worst kind: the message is out, and the caller will never hear of it."""
    return Damage("silence_after_work", does_work=True, never_answers=True)


def silence() -> Damage:
    return Damage("silence", never_answers=True)


def reset() -> Damage:
    """The connection breaks before anything is done. On every method and without end: an outage."""
    return Damage("reset", resets=True)


def reset_after_work() -> Damage:
    return Damage("reset_after_work", does_work=True, resets=True)


def revoked_token() -> Damage:
    return Damage("revoked_token", refusal=unauthorized())


def other_poller() -> Damage:
    return Damage("other_poller", refusal=conflict(OTHER_POLLER))


BY_NAME: dict[str, Callable[..., Damage]] = {
    make.__name__: make
    for make in (
        flood,
        refuses,
        server_error,
        bad_gateway,
        empty_body,
        cut_short,
        slow,
        silence_after_work,
        silence,
        reset,
        reset_after_work,
        revoked_token,
        other_poller,
    )
}


@dataclass(eq=False, slots=True)
class Fault:
    """Strikes `times` fitting calls (None: until cleared), after letting `spare` of them through."""

    damage: Damage
    method: str = ""
    bot: str = ""
    chat_id: str = ""
    times: int | None = None
    spare: int = 0
    hits: int = 0

    def fits(self, bot: str, method: str, chat_id: str) -> bool:
        return (
            (self.times is None or self.hits < self.times)
            and self.method.lower() in ("", method.lower())
            and self.bot in ("", bot)
            and self.chat_id in ("", chat_id)
        )


class Faults:
    def __init__(self) -> None:
        self._active: list[Fault] = []
        self.latency = 0.0  # seconds added to every call

    def add(self, fault: Fault) -> Fault:
        self._active.append(fault)
        return fault

    def strike(self, bot: str, method: str, chat_id: str) -> Damage | None:
        for fault in self._active:
            if fault.fits(bot, method, chat_id):
                if fault.spare:
                    fault.spare -= 1
                    return None
                fault.hits += 1
                return fault.damage
        return None

    def clear(self, fault: Fault | None = None) -> None:
        """Lift one fault, or all of them and the latency."""
        if fault is None:
            self._active.clear()
            self.latency = 0.0
        elif fault in self._active:
            self._active.remove(fault)
