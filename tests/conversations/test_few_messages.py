"""Where a platform counts our messages, what waits for one person comes as one, and the last is kept for "done"."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from bot.channels.channel import SendFailed
from bot.channels.memory import PLAIN, CountedMemoryChannel
from bot.channels.refusals import Refusal
from storage.vocabulary import Disposition, OutboxState, TicketState
from tests.stage import ChatOnStage, PersonOnStage, StageChannel
from tests.world import World

TAP = "The bathroom tap keeps dripping"


@dataclass
class CountedStage(CountedMemoryChannel, StageChannel):
    """WeChat on the stage; groups are reached as ever, so that staff stand on it too."""

    groups: tuple[str, ...] = ("group-",)

    async def send(self, letter):  # type: ignore[no-untyped-def]
        if letter.address.startswith(self.groups):
            return await StageChannel.send(self, letter)
        return await super().send(letter)


@pytest.fixture
def few(engine: Engine) -> Iterator[World]:
    """The same site where only so many messages may go."""
    stage = World(engine, channel=CountedStage(abilities=PLAIN))
    yield stage
    stage.ends()


def writes(ann: PersonOnStage, words: str) -> str:
    channel = ann.world.channel
    assert isinstance(channel, CountedStage)
    ann.world.runner.run(channel.hear(ann.private.address))
    return ann.says(words, ann.private)


def left(ann: PersonOnStage) -> int:
    window = ann.world.look(lambda unit: unit.windows.find("memory", ann.private.address))
    assert window is not None
    return window.left(ann.world.clock.now())


def answers(few: World, words: str) -> str:
    return few.person("Li").replies(few.engineering.find("#1001", "1. "), words, few.engineering)


def test_what_waits_comes_as_one_message_with_the_question_last(few: World) -> None:
    ann = few.person("Ann")
    said = writes(ann, TAP)
    assert len(ann.private.screen) == 1, "received, and which room, are one message"
    whole = ann.private.last.speech.plain
    assert whole.index("1001") < whole.index("reply with a number") < whole.index("1. Skip")
    assert left(ann) == 4
    receipts = {row.receipt for row in few.outbox if row.state is OutboxState.SENT and row.chat_id == chat_id(ann)}
    assert receipts == {ann.private.last.message_id}
    assert few.disposition(said, ann.private).disposition is Disposition.OPENED
    writes(ann, "1")  # the number is for the question, whatever stands above it
    assert few.disposition(few.inbox[-1].message_id or "", ann.private).disposition is Disposition.ANSWERED
    ann.private.screen.clear()
    ann.private.refuses(SendFailed(Refusal.SERVER_TROUBLE))
    for words in ("I am fetching a part.", "Half an hour or so.", "Is anybody at home?"):
        answers(few, words)
    ann.private.refuses(None)
    few.passes(minutes=5)
    assert len(ann.private.screen) == 1
    assert ann.private.hears("fetching a part", "Half an hour", "at home?")
    states = [row.state for row in few.outbox if row.notification == "StaffReply"]
    assert states == [OutboxState.SENT] * 3


def test_the_last_message_is_kept_for_done_and_the_rest_comes_when_they_write(few: World) -> None:
    ann = few.person("Ann")
    writes(ann, f"{TAP}, Block 3 1202")
    answers(few, "1")
    for words in ("I am fetching a part.", "I am downstairs.", "The valve is worn too."):
        answers(few, words)
    assert left(ann) == 1
    assert not ann.private.hears("valve")
    assert few.engineering.hears("the platform lets us answer only"), "staff read it on the card"
    answers(few, "1")
    answers(few, "1")
    assert few.ticket().state is TicketState.DONE
    assert ann.private.last.speech.plain.startswith("🔧 No. 1001 is done")
    assert left(ann) == 0
    few.passes(hours=49)
    writes(ann, "Thank you")
    assert ann.private.hears("valve")


def test_a_window_nobody_came_back_through_is_forgotten(few: World) -> None:
    ann, bob = few.person("Ann"), few.person("Bob")
    writes(ann, f"{TAP}, Block 3 1202")
    few.passes(days=20)
    writes(bob, f"{TAP}, Block 3 1203")
    assert few.look(lambda unit: unit.windows.find("memory", ann.private.address)) is not None
    few.passes(days=20)
    writes(few.person("Cem"), f"{TAP}, Block 3 1204")
    assert few.look(lambda unit: unit.windows.find("memory", ann.private.address)) is None


def chat_id(ann: PersonOnStage) -> int:
    chat: ChatOnStage = ann.private
    return ann.world.look(lambda unit: getattr(unit.chats.find("memory", chat.address), "id", 0))
