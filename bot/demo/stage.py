"""The demo's building while it is open: people speak and tap through raw updates, as on any other channel."""

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.memory import Shown, raw_of
from bot.clock import Clock
from bot.demo.cast import CAST, COUNTED, MANAGERS, ROOM, Part, channel_of, private_address, words
from bot.demo.screens import CountedDemoChannel, DemoChannel, Said
from bot.wiring import Lobby
from handlers.events import Attached, ButtonPressed, Command, MessageReceived, Speaker, Where
from storage.repositories.inbox import Raw
from storage.repositories.traffic import Traffic, Waiting
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind

PICTURE = Path(__file__).parent / "static" / "leak.jpg"
PATIENCE_SECONDS = 3.0
LOOK_SECONDS = 0.02
LONGEST_TEXT = 4096


@dataclass
class Stage:
    """A lobby on two memory channels that share their screens. `language` is the reader's; names and chats follow."""

    lobby: Lobby
    channel: DemoChannel
    counted: CountedDemoChannel
    clock: Clock
    site_id: int
    language: str
    on_time: Callable[[], None] = field(default=lambda: None)
    """Called when the clock was moved."""
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    async def say(
        self, person: str, address: str, text: str, *, has_photo: bool = False, reply_to: str | None = None
    ) -> str:
        """Somebody writes; returns the message id once the update is stored."""
        text = text[:LONGEST_TEXT]
        command = _command(text)
        message_id = self.channel.new_message_id()
        photo = f"photo-{message_id}" if has_photo else None
        said = Said(message_id, person, text, self.clock.now(), photo, reply_to, command.name if command else None)
        attached: tuple[Attached, ...] = ()
        if photo:
            self.channel.files[photo] = PICTURE.read_bytes()
            attached = (Attached(AttachmentKind.PHOTO, photo, size=len(self.channel.files[photo])),)
        answered = self._find_said(address, reply_to)
        event = MessageReceived(
            where=where(address),
            speaker=self.speaker(person),
            message_id=message_id,
            sent_at=said.at,
            text=text,
            attached=attached,
            reply_to=reply_to,
            is_to_another=address == ROOM and answered is not None and answered.person != person,
            command=command,
        )
        self.channel.put(address, said)
        if channel_of(address) == COUNTED and command is not None and command.name == "start":
            self.counted.greetings.add(address)
        elif channel_of(address) == COUNTED:
            await self.counted.hear(address)
        await self._happen(event)
        return message_id

    async def tap(self, person: str, address: str, message_id: str, verb: str) -> str:
        """Somebody taps a button; returns what the tap is answered, empty when nothing was said in time."""
        shown = self.find_shown(address, message_id)
        if shown is None:
            return ""
        tap_id = self.channel.new_message_id()
        answer = self.channel.expect_answer(tap_id)
        tap = f"{shown.tap_prefix}{verb}"
        await self._happen(ButtonPressed(where(address), self.speaker(person), message_id, tap, tap_id))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await answer
        except TimeoutError:
            return ""

    async def settle(self) -> None:
        """Until nothing waits in either queue, or patience ends."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE_SECONDS
        while await self._is_busy() and loop.time() < until:  # noqa: ASYNC110 -- only the database knows
            await asyncio.sleep(LOOK_SECONDS)

    async def _is_busy(self) -> bool:
        def look(unit: UnitOfWork) -> Waiting:
            return Traffic(unit.session).waiting()

        waiting = await self.lobby.writer.read(look)
        return waiting.inbox > 0 or any(waiting.outbox.values())

    def speaker(self, person: str) -> Speaker:
        """As events name them."""
        return Speaker(person, words(self.language).people[person])

    def find_shown(self, address: str, message_id: str | None) -> Shown | None:
        """A message of the desk."""
        return next((shown for shown in self.channel.screens[address] if shown.message_id == message_id), None)

    def _find_said(self, address: str, message_id: str | None) -> Said | None:
        return next((said for said in self.channel.said[address] if said.message_id == message_id), None)

    async def _happen(self, event: MessageReceived | ButtonPressed) -> None:
        raw = Raw(f"demo-{next(self._keys)}", json.dumps(raw_of(event)))
        await self.lobby.inbox.store(event.where.channel, [raw])


def where(address: str) -> Where:
    """As events name a chat."""
    return Where(channel_of(address), address, is_private=address.startswith(private_address("")))


def may_speak(person: str, address: str) -> bool:
    """Tenants in the room and their own private chat, in WeChat only there; staff in duty chats, managers in theirs."""
    part = CAST[person].part
    if part is Part.TENANT:
        return address == private_address(person) or (address == ROOM and CAST[person].channel != COUNTED)
    return address.startswith("duty-") if part is Part.STAFF else address == MANAGERS


def _command(text: str) -> Command | None:
    if not text.startswith("/") or len(text) < 2:
        return None
    name, _, argument = text[1:].partition(" ")
    return Command(name, argument.strip())
