"""Plays the day, step by step, at a pace a reader can follow; it can be stopped and sped up."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.demo.building import ZONE
from bot.demo.cast import ROOM, channel_of, private_address, words
from bot.demo.day import DAY, Says, Scene, Starts, Step, Taps, Until
from bot.demo.passing import pass_until
from bot.demo.stage import Stage
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0
LOOK_PAUSE_SECONDS = 2.2
"""Before a new chapter, so that its caption can be read."""
FASTEST = 8.0


@dataclass
class Player:
    """One playing of the day. `tell` hears of every step."""

    stage: Stage
    tell: Callable[["Player"], None]
    speed: float = 1.0
    step: int = 0
    caption: str | None = None
    chat: str = ROOM
    is_running: bool = True
    _message_ids: dict[str, tuple[str, str]] = field(default_factory=dict)
    """For each line said, the chat and the message."""

    async def play(self) -> None:
        """To the end, or until cancelled."""
        try:
            for self.step, step in enumerate(DAY, 1):
                await self._act(step)
                self.tell(self)
                await asyncio.sleep((LOOK_PAUSE_SECONDS if isinstance(step, Scene) else PAUSE_SECONDS) / self.speed)
        except LookupError:
            # A reader who plays along may have taken the very thing the plan wanted to take.
            log.warning("day_ended_early", step=self.step)
        finally:
            self.is_running = False
            self.tell(self)

    async def _act(self, step: Step) -> None:
        match step:
            case Scene(caption, chat):
                self.caption, self.chat = caption, chat
            case Until(hour, minute, is_tomorrow, chat):
                self.chat = chat
                await pass_until(self.stage, self._at(hour, minute, is_tomorrow))
            case Says():
                await self._pass(step.minutes)
                self.chat = step.chat
                await self._say(step)
            case Taps(person, verb, chat, about, minutes):
                await self._pass(minutes)
                self.chat = chat
                await self.stage.tap(person, chat, *await self._find_button(chat, about, verb))
            case Starts(person, minutes):
                await self._pass(minutes)
                self.chat = private_address(person)
                await self.stage.say(person, self.chat, "/start")
        await self.stage.settle()

    async def _say(self, step: Says) -> None:
        text = words(self.stage.language).lines[step.line] if step.line else ""
        reply_to = (await self._find_button(step.chat, step.about))[0] if step.about else None
        said = await self.stage.say(step.person, step.chat, text, has_photo=step.has_photo, reply_to=reply_to)
        if step.line:
            self._message_ids[step.line] = (step.chat, said)

    async def _pass(self, minutes: float) -> None:
        await pass_until(self.stage, self.stage.clock.now() + timedelta(minutes=minutes))

    def _at(self, hour: int, minute: int, is_tomorrow: bool) -> datetime:
        local = self.stage.clock.now().astimezone(ZoneInfo(ZONE))
        return local.replace(hour=hour, minute=minute, second=0) + timedelta(days=int(is_tomorrow))

    async def _find_button(self, chat: str, about: str | None, verb: str = "") -> tuple[str, str]:
        """The newest message of the desk here about that line's ticket, with that button; LookupError without one."""
        number = await self._number(about) if about else ""
        for shown in reversed(self.stage.channel.screens[chat]):
            verbs = [button.verb for line in shown.speech.buttons for button in line]
            meant = [each for each in verbs if each == verb or (verb.endswith("=") and each.startswith(verb))]
            if number in shown.speech.plain and (not verb or meant):
                return shown.message_id, meant[0] if meant else verb
        raise LookupError(f"no {verb or 'message'} about {about} in {chat}")

    async def _number(self, line: str) -> str:
        """The number of the ticket a line opened."""
        address, message_id = self._message_ids[line]

        def look(unit: UnitOfWork) -> str:
            chat = unit.chats.find(channel_of(address), address)
            row = unit.inbox.find_by_message(chat.id, message_id) if chat else None
            if row is None or row.ticket_id is None:
                raise LookupError(line)
            return str(unit.tickets.get(row.ticket_id).number)

        return await self.stage.lobby.writer.read(look)
