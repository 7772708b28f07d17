"""What the channel must remember, for all replicas: callbacks, the token, how far each person can be reached."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.wechat.kf_reading import address_of, as_history, is_words
from bot.channels.wechat.tokens import KeptToken
from bot.intake.raw import text_of
from handlers import windows
from storage.repositories.inbox import Raw
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer


@dataclass(frozen=True, slots=True)
class Opening:
    """What a sign of a person allows: so many messages within this time."""

    messages: int
    lasting: timedelta

    def shuts_at(self, sent_at: datetime, now: datetime) -> datetime:
        """Counted from when the person wrote, as the platform counts, and not from when we heard of it."""
        return min(sent_at, now) + self.lasting


NEWS = "wechat_kf_news"
"""Under which name accounts with something to fetch are kept."""
WORDS = Opening(5, timedelta(hours=48) - timedelta(minutes=1))
TAP = Opening(3, timedelta(minutes=1) - timedelta(seconds=5))
"""Following, scanning, tapping in the menu. Both a little less than the platform gives: its clock is not ours."""


class Ledger:
    """The account's part of the database."""

    def __init__(self, writer: Writer, channel: str, account: str) -> None:
        self._writer, self._channel = writer, channel
        self._token_name = f"{channel}_token:{account}"[:40]

    async def keep(self, raw: Raw, address: str, opening: Opening | None, sent: str) -> None:
        """Store a callback, and what it allows us, in one commit; what waited for this person is said now. `sent` is
        the platform's time, in seconds since 1970.
        """
        channel = self._channel

        def act(unit: UnitOfWork) -> None:
            if not unit.inbox.store(channel, [raw], unit.now) or opening is None:
                return
            shuts_at = opening.shuts_at(_moment(sent, unit.now), unit.now)
            if unit.windows.open(channel, address, opening.messages, shuts_at, unit.now):
                windows.hear_again(unit, channel, address)

        await self._writer.run(act)

    async def spend(self, address: str, count: int, *, keep: int) -> bool:
        """Whether `count` messages may go to this person and `keep` are left afterwards; they count as sent."""
        return await self._writer.run(
            lambda unit: unit.windows.spend(self._channel, address, unit.now, count=count, keep=keep)
        )

    async def give_back(self, address: str, count: int) -> None:
        """These never went out."""
        await self._writer.run(lambda unit: unit.windows.give_back(self._channel, address, count))

    async def shut(self, address: str) -> None:
        """The platform says that nothing more may go."""
        await self._writer.run(lambda unit: unit.windows.shut(self._channel, address, unit.now))

    async def nudge(self, address: str) -> bool:
        """Whether a notice that something waits is due: one for each time a window is shut."""
        return await self._writer.run(lambda unit: unit.windows.nudge(self._channel, address, unit.now))

    async def load_token(self) -> KeptToken | None:
        """The token some replica has fetched."""
        kept = await self._writer.read(lambda unit: unit.kept.find(self._token_name))
        return KeptToken.from_json(kept) if kept else None

    async def save_token(self, token: KeptToken) -> None:
        """For all replicas."""
        await self._writer.run(lambda unit: unit.kept.put(self._token_name, token.to_json()))

    async def begin(self, desk: str, slack: timedelta = timedelta(0)) -> None:
        """An account is fetched for the first time: what was written to it before, but for `slack`, is history."""

        def act(unit: UnitOfWork) -> None:
            if not unit.kept.find(_cursor_name(desk)) and not unit.kept.find(_since_name(desk)):
                unit.kept.put(_since_name(desk), str(int((unit.now - slack).timestamp())))

        await self._writer.run(act)

    async def keep_page(self, desk: str, messages: Sequence[dict[str, Any]], cursor: str) -> Sequence[dict[str, Any]]:
        """Store fetched messages, what they allow us, and the cursor behind them, in one commit; those that are new."""
        channel = self._channel

        def act(unit: UnitOfWork) -> Sequence[dict[str, Any]]:
            since = _moment(unit.kept.find(_since_name(desk)), datetime.min.replace(tzinfo=UTC))
            said = [(str(each["msgid"]), as_history(each, since)) for each in messages]
            news = [(key, each) for key, each in said if not unit.inbox.has(channel, key)]
            unit.inbox.store(channel, [Raw(key, text_of(each)) for key, each in news], unit.now)
            spoke: dict[str, datetime] = {}
            for _, each in news:
                if is_words(each):
                    sent_at, address = _moment(each.get("send_time"), unit.now), address_of(each)
                    spoke[address] = max(sent_at, spoke.get(address, sent_at))
            for address, sent_at in spoke.items():
                shuts_at = WORDS.shuts_at(sent_at, unit.now)
                if address and unit.windows.open(channel, address, WORDS.messages, shuts_at, unit.now):
                    windows.hear_again(unit, channel, address)
            if cursor:
                unit.kept.put(_cursor_name(desk), cursor)
            return [each for _, each in news]

        return await self._writer.run(act)

    async def load_cursor(self, desk: str) -> str:
        """Up to where everything is stored; empty before the first time."""
        return await self._writer.read(lambda unit: unit.kept.find(_cursor_name(desk))) or ""

    async def load_news(self) -> dict[str, str]:
        """Accounts that have something to fetch, and the platform's token for it."""
        kept = await self._writer.read(lambda unit: unit.kept.find(NEWS))
        return dict(json.loads(kept)) if kept else {}

    async def save_news(self, desk: str, token: str) -> None:
        """There is something to fetch."""
        await self._writer.run(lambda unit: _change_news(unit, {desk: token}))

    async def forget_news(self, desk: str, token: str) -> None:
        """It has been fetched, unless the platform has told of more meanwhile."""
        await self._writer.run(lambda unit: _change_news(unit, {}, gone=(desk, token)))


def _change_news(unit: UnitOfWork, more: dict[str, str], gone: tuple[str, str] | None = None) -> None:
    kept = unit.kept.find(NEWS)
    news = dict(json.loads(kept)) if kept else {}
    left = {desk: token for desk, token in news.items() if (desk, token) != gone}
    unit.kept.put(NEWS, json.dumps(left | more))


def _moment(seconds: Any, otherwise: datetime) -> datetime:
    """The platform's time, if it is one."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return otherwise


def _since_name(desk: str) -> str:
    return f"kf_since:{desk}"[:40]


def _cursor_name(desk: str) -> str:
    return f"kf:{desk}"[:40]
