"""The stage: tenants speak, staff tap, time passes, and we read what everyone heard.

It runs the real inbox, handlers, outbox and clock over the memory channel; only the two ends of the wire are ours.
"""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Engine, select

from bot.channels.channel import Abilities, Pace
from bot.channels.memory import Shown, raw_of
from bot.settings import Settings
from bot.wiring import Lobby, join
from handlers.events import (
    Attached,
    ChatMoved,
    DeskMembership,
    Event,
    MessageReceived,
    Speaker,
    SpeakerKind,
)
from handlers.linking import new_code
from handlers.routing import HANDLERS
from handlers.scene import Desk, Outcome, Scene
from storage.models import InboxRow, OutboxRow, Site, Ticket
from storage.repositories.inbox import Raw
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind, ChatRole, Group
from storage.writer import Writer
from tests.claiming import claim
from tests.stage import MONDAY_MORNING, ChatOnStage, PersonOnStage, StageChannel, StandingClock

__all__ = ["MONDAY_MORNING", "ChatOnStage", "PersonOnStage", "StageChannel", "StandingClock", "World", "site"]
T = TypeVar("T")


class World:
    """One site with a room, three duty chats and a manager chat, all linked by real codes."""

    def __init__(
        self,
        engine: Engine,
        *,
        language: str = "en",
        abilities: Abilities | None = None,
        channel: StageChannel | None = None,
        others: Mapping[str, StageChannel] | None = None,
    ) -> None:
        """`others` are channels beside the one everybody is on, on the same screens: see `PersonOnStage.on`."""
        self.runner = asyncio.Runner()
        self.clock = StandingClock()
        self.channel = channel or (StageChannel() if abilities is None else StageChannel(abilities=abilities))
        self.channels = {"memory": self.channel, **(others or {})}
        for name, other in self.channels.items():
            other.stand_beside(self.channel, name)
        self.engine = engine
        self.desk = Desk("https://lobby.example", "a secret for tests", _deep_link)
        self.opens()
        self._people: dict[str, PersonOnStage] = {}
        self._chats: dict[str, ChatOnStage] = {}
        self._keys = itertools.count(1)
        self.operator = self.person("Operator")
        self.site_id = self.act(lambda unit: self._build(unit, language))
        self.room, self.engineering, self.security, self.desk_chat, self.managers = self._link_all(
            (ChatRole.ROOM, "room", None),
            (ChatRole.DUTY, "engineering", Group.ENGINEERING),
            (ChatRole.DUTY, "security", Group.SECURITY),
            (ChatRole.DUTY, "desk", Group.DESK),
            (ChatRole.MANAGER, "managers", None),
        )
        for chat in self._chats.values():
            chat.screen.clear()
        self.channel.wordings.clear()

    def _build(self, unit: UnitOfWork, language: str) -> int:
        place = unit.sites.add(site("Sunshine Garden", language))
        unit.sites.add_building(place.id, "3栋", ["Block 3", "T3", "3座", "3號樓"])
        unit.sites.add_building(place.id, "5栋", ["Block 5", "T5", "5座"])
        return place.id

    def _link_all(self, *wanted: tuple[ChatRole, str, Group | None]) -> "list[ChatOnStage]":
        """Chats linked one after the other in one batch: every test begins with it."""
        codes = self.act(lambda unit: [new_code(unit, role, self.site_id, group=group) for role, _, group in wanted])
        chats = [self.chat(f"group-{title}", is_private=False, title=title) for _, title, _ in wanted]
        said = zip(codes, chats, strict=True)
        self.happens(*(self.operator.message(chat, f"/link {code}") for code, chat in said))
        return chats

    def opens(self) -> None:
        """A new process on the same database."""
        self.writer = Writer(self.engine, self.clock.now)
        self.lobby: Lobby = join(
            Settings(_env_file=None),  # type: ignore[call-arg]  # pydantic-settings takes it, its plugin knows
            self.writer,
            self.clock,
            self.channels,
            frozenset(self.channels),
            self.desk,
        )

    def restarts(self, pace: Pace | None = None) -> None:
        """The process goes down and comes up again; only the database remembers."""
        self.writer.close()
        self.channel.pace = pace or self.channel.pace
        self.opens()
        self.settles()

    @property
    def chats(self) -> list[ChatOnStage]:
        """Every chat on stage."""
        return list(self._chats.values())

    def person(self, name: str) -> PersonOnStage:
        """Somebody of this name, the same each time."""
        return self._people.setdefault(name, PersonOnStage(self, name, f"u{len(self._people) + 1}"))

    def chat(self, address: str, *, is_private: bool, title: str, channel: str = "memory") -> ChatOnStage:
        """The chat at an address."""
        return self._chats.setdefault(address, ChatOnStage(self, address, is_private, title, channel=channel))

    def link(
        self,
        role: ChatRole,
        title: str,
        group: Group | None = None,
        *,
        language: str | None = None,
        site_id: int | None = None,
    ) -> ChatOnStage:
        """A new chat, linked by a code as an operator would."""
        code = self.code(role, group, language=language, site_id=site_id)
        chat = self.chat(f"group-{title}", is_private=False, title=title)
        self.operator.says(f"/link {code}", chat)
        return chat

    def code(
        self, role: ChatRole, group: Group | None = None, *, language: str | None = None, site_id: int | None = None
    ) -> str:
        """A one-time code as `lobby link` prints it."""
        return self.act(lambda unit: new_code(unit, role, site_id or self.site_id, group=group, language=language))

    def file(self, kind: AttachmentKind = AttachmentKind.PHOTO) -> Attached:
        """A file the platform keeps."""
        file_id = f"file-{self.channel.new_message_id()}"
        self.channel.files[file_id] = b"\xff\xd8\xff\xe0 a photo"
        return Attached(kind, file_id, size=12)

    def happens(self, *events: Event) -> None:
        """These updates come in, in this order, and everything that follows at once is done."""
        for source, together in itertools.groupby(events, lambda said: said.where.channel if said.where else "memory"):
            self.runner.run(self._happen([self.raw(event) for event in together], source))

    def happens_as(self, key: str, event: Event) -> None:
        """An update under a platform's own key: the same key is the same update."""
        self.runner.run(self._happen([Raw(key, json.dumps(raw_of(event)))]))

    def happens_raw(self, key: str, body: str) -> None:
        """Something comes in that is perhaps no update at all."""
        self.runner.run(self._happen([Raw(key, body)]))

    def happens_all(self, batch: list[Raw]) -> None:
        """These raw updates come in as one batch."""
        self.runner.run(self._happen(batch))

    def dies_after_hearing(self, event: Event, *, sending: bool = False) -> None:
        """The act is committed; then the process is gone, with `sending` after the message was put on the wire."""

        async def hear() -> None:
            await self.lobby.inbox.store("memory", [self.raw(event)])
            while await self.lobby.inbox.work():
                pass

        def takes(unit: UnitOfWork) -> None:
            claim(unit, "dead", unit.now + timedelta(seconds=30), {"memory": 4})

        self.runner.run(hear())
        if sending:
            self.act(takes)
        self.restarts()

    @contextmanager
    def broken(self, words: str = "") -> Iterator[list[str]]:
        """The desk's code for rooms breaks on texts that hold these words; yields the texts it broke on."""
        broke_on: list[str] = []
        key = (ChatRole.ROOM, MessageReceived)
        real = HANDLERS[key]

        def breaks(event: MessageReceived, scene: Scene) -> Outcome:
            if words not in event.text:
                return real(event, scene)
            broke_on.append(event.text)
            raise RuntimeError("broken")

        HANDLERS[key] = breaks
        try:
            yield broke_on
        finally:
            HANDLERS[key] = real

    def raw(self, event: Event) -> Raw:
        """An event as it comes in."""
        return Raw(f"k{next(self._keys)}", json.dumps(raw_of(event)))

    async def _happen(self, batch: list[Raw], source: str = "memory") -> None:
        await self.lobby.inbox.store(source, batch)
        await self.settle()

    async def settle(self) -> None:
        """Until nobody has anything left to do."""
        busy = True
        while busy:
            busy = bool(await self.lobby.inbox.work())
            busy = bool(await self.lobby.fetcher.work()) or busy
            await self.lobby.outbox.drain()
        await asyncio.sleep(0)

    def settles(self) -> None:
        """The same, for a test."""
        self.runner.run(self.settle())

    def passes(self, **how_long: float) -> None:
        """Time passes; whatever falls due on the way happens at its own time."""
        until = self.clock.time + timedelta(**how_long)
        self.lobby.outbox._looked_for_dead = float("-inf")  # it looks by the loop's time, which does not pass here
        while (due := self.look(lambda unit: unit.pushes.find_next_due())) is not None and due <= until:
            self.clock.time = max(self.clock.time, due)
            self.runner.run(self.lobby.ticker.tick())
            self.settles()
        self.clock.time = until
        self.settles()

    def act(self, act: Callable[[UnitOfWork], T]) -> T:
        """Do something behind the scenes."""
        return self.writer.submit(act).result()

    def look(self, look: Callable[[UnitOfWork], T]) -> T:
        """Look at what is remembered."""
        return self.writer.read_now(look)

    @property
    def tickets(self) -> list[Ticket]:
        """Every ticket of every site, oldest first."""
        return self.look(lambda unit: list(unit.session.scalars(select(Ticket).order_by(Ticket.id))))

    @property
    def inbox(self) -> list[InboxRow]:
        """Everything that came in, oldest first."""
        return self.look(lambda unit: list(unit.session.scalars(select(InboxRow).order_by(InboxRow.id))))

    @property
    def outbox(self) -> list[OutboxRow]:
        """Everything the desk wanted to say, oldest first."""
        return self.look(lambda unit: list(unit.session.scalars(select(OutboxRow).order_by(OutboxRow.id))))

    def ticket(self, number: int = 1001) -> Ticket:
        """The ticket of this number."""
        found = self.look(lambda unit: unit.tickets.find_by_number(self.site_id, number))
        assert found is not None, f"no ticket {number}"
        return found

    def disposition(self, message_id: str, chat: ChatOnStage | None = None) -> InboxRow:
        """How a message ended."""
        address = (chat or self.room).address

        def look(unit: UnitOfWork) -> InboxRow:
            on_record = unit.chats.find("memory", address)
            assert on_record is not None
            row = unit.inbox.find_by_message(on_record.id, message_id)
            assert row is not None, "nobody heard it"
            return row

        return self.look(look)

    def row_of(self, shown: Shown) -> OutboxRow:
        """The outbox row behind a message."""
        return self.look(lambda unit: unit.outbox.get(int(shown.tap_prefix.rstrip("."), 36)))

    def shut_out_of(self, chat: ChatOnStage) -> None:
        """The desk is thrown out of a chat."""
        self.happens(DeskMembership(chat.where, self.operator.speaker, is_in=False))

    def let_into(self, chat: ChatOnStage) -> None:
        """The desk is let in again."""
        self.happens(DeskMembership(chat.where, self.operator.speaker, is_in=True))

    def second_site(self) -> int:
        """Another estate under the same desk."""
        return self.act(lambda unit: unit.sites.add(site("Moonlight Court")).id)

    def chat_moves(self, chat: ChatOnStage, new_address: str) -> None:
        """The platform gives a group a new address."""
        bot = Speaker("service", "Service", SpeakerKind.SERVICE)
        self.happens(ChatMoved(chat.where, bot, new_address))
        chat.address = new_address

    def ends(self) -> None:
        """Lets go of threads and loops."""
        self.writer.close()
        self.runner.close()


def _deep_link(payload: str) -> str:
    return f"https://t.example/desk?start={payload}"


def site(name: str, language: str = "en") -> Site:
    """A site in Shanghai."""
    return Site(
        name=name,
        timezone="Asia/Shanghai",
        language=language,
        emergency_number="119",
        desk_phone="010-5555 0100",
    )
