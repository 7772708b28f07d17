"""Whatever people do and whatever fails, in any order: what must always hold, holds."""

import json
import os
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.channels.channel import SendFailed
from bot.channels.memory import raw_of
from handlers.events import Event
from handlers.notifications import unpack
from handlers.notifications.to_manager import CalledAgain, EmergencyPaged, NobodyTakes
from storage.engine import open_engine
from storage.models import OutboxRow
from storage.repositories.inbox import Raw
from storage.vocabulary import AttachmentKind, Disposition, InboxState, Operation, OutboxState
from tests.conversations.wording import unsure
from tests.world import ChatOnStage, World

WORDS = (
    "The kitchen tap in Block 3 1202 is leaking, phone 13800138000",
    "the bedroom light in Block 3 1202 is broken",
    "room 1202, my phone is 13800138000",
    "smell of gas in the corridor of 1202",
    *unsure(),
    "good morning everyone",
    "停车月卡怎么办?",
    "表扬师傅小李,态度很好,服务热情,非常感谢",
    "电梯又停了",
    "any news?",
    "still leaking",
    "好了谢谢",
    "thank you",
    "never mind, cancel it",
    "same here",
    "",
    "/start",
    "/my",
    "/digest",
)
FAILURES = (
    SendFailed("server trouble"),
    SendFailed("no answer", unknown=True),
    SendFailed("asked to wait", retry_after=30),
    SendFailed("asked to wait", retry_after=0.01, whole_bot=True),
    SendFailed("form refused", permanent=True),
    SendFailed("blocked", permanent=True, closes_chat=True),
)
BEGINNINGS = (Disposition.OPENED, Disposition.JOINED)
SHARED_LINES = ("Joined", "CryJoined")
ACKNOWLEDGEMENTS = ("Received", "EmergencyReceived", "Thanked")
DANGERS = {kind.__name__ for kind in (EmergencyPaged, CalledAgain, NobodyTakes)}
SECRETS = ("1202", "13800138000")
WAYS_TO_END = (OutboxState.SENT, OutboxState.REFUSED, OutboxState.DEAD)
people, choice = st.integers(0, 2), st.integers(0, 200)


class AnyDay(RuleBasedStateMachine):
    """Three tenants, two members of staff, a platform that fails and a process that dies."""

    sqlite: Path

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="lobby-day-"))
        shutil.copy(self.sqlite, self.place / "lobby.db")
        self.engine = open_engine(f"sqlite:///{self.place / 'lobby.db'}")
        self.world = World(self.engine)
        self.linked = max(row.id for row in self.world.inbox)
        self.heard: list[tuple[str, Event]] = []
        self.taps: list[tuple[ChatOnStage, str, str]] = []
        self.spoken: list[tuple[int, ChatOnStage, str]] = []

    @initialize(starts=st.booleans())
    def one_of_them_has_opened_the_private_chat(self, starts: bool) -> None:
        if starts:
            self.world.person("Tenant 0").starts()

    @rule(who=people, words=st.sampled_from(WORDS), is_private=st.booleans(), reply=choice, photo=st.booleans())
    def a_tenant_speaks(self, who: int, words: str, is_private: bool, reply: int, photo: bool) -> None:
        person = self.world.person(f"Tenant {who}")
        chat = person.private if is_private else self.world.room
        attached = (self.world.file(AttachmentKind.PHOTO),) if photo else ()
        ours = chat.screen[reply % len(chat.screen)].message_id if chat.screen and reply % 3 == 0 else None
        message = person.message(chat, words, attached=attached, reply_to=ours)
        self.spoken.append((who, chat, message.message_id))
        self._happens(message)

    @rule(who=people, words=st.sampled_from(WORDS), which=choice)
    def a_tenant_edits(self, who: int, words: str, which: int) -> None:
        if self.spoken:
            who, chat, message_id = self.spoken[which % len(self.spoken)]
            self.world.person(f"Tenant {who}").edits(message_id, words, chat)

    @rule(which=choice, words=st.sampled_from(("I come at ten", "done, new washer", "ok")), reply=choice)
    def staff_speak(self, which: int, words: str, reply: int) -> None:
        chat = self._duty(which)
        if chat.screen:
            self.world.person("Li").replies(chat.screen[reply % len(chat.screen)], words, chat)

    @rule(which=choice, who=people, is_old=st.booleans())
    def somebody_taps(self, which: int, who: int, is_old: bool) -> None:
        standing = [
            (chat, f"{shown.tap_prefix}{button.verb}", shown.message_id)
            for chat in self.world.chats
            for shown in chat.screen
            for row in shown.speech.buttons
            for button in row
            if button.url is None
        ]
        self.taps += [tap for tap in standing if tap not in self.taps]
        choices = self.taps if is_old else standing
        if choices:
            chat, tap, message_id = choices[which % len(choices)]
            name = chat.title if chat.is_private else f"Tenant {who}" if chat is self.world.room else "Li"
            self.world.person(name).taps_raw(tap, chat, message_id)

    @rule(which=choice)
    def the_platform_delivers_again(self, which: int) -> None:
        if self.heard:
            self.world.happens_as(*self.heard[which % len(self.heard)])

    @rule(which=choice, failure=st.sampled_from((None, *FAILURES)))
    def sends_fail(self, which: int, failure: SendFailed | None) -> None:
        self.world.chats[which % len(self.world.chats)].refuses(failure)

    @rule(who=people)
    def a_tenant_shuts_us_out(self, who: int) -> None:
        self.world.person(f"Tenant {who}").blocks()

    @rule(which=choice, lets_in=st.booleans())
    def a_duty_chat_shuts_us_out_or_lets_us_in(self, which: int, lets_in: bool) -> None:
        (self.world.let_into if lets_in else self.world.shut_out_of)(self._duty(which))

    @rule(minutes=st.sampled_from((1, 4, 31, 65, 150, 700, 1500)))
    def time_passes(self, minutes: int) -> None:
        self.world.passes(minutes=minutes)

    @rule()
    def the_process_restarts(self) -> None:
        self.world.restarts()

    @rule(who=people, words=st.sampled_from(WORDS))
    def the_process_dies_before_it_sends(self, who: int, words: str) -> None:
        self.world.dies_after_hearing(self.world.person(f"Tenant {who}").message(self.world.room, words))

    @rule(who=people, words=st.sampled_from(WORDS))
    def the_process_dies_while_it_sends(self, who: int, words: str) -> None:
        self.world.dies_after_hearing(self.world.person(f"Tenant {who}").message(self.world.room, words), sending=True)

    @invariant()
    def every_message_has_exactly_one_end(self) -> None:
        for row in self.world.inbox:
            assert row.state is InboxState.DONE, (row.reason, row.raw)
            assert row.disposition is not None
            if row.disposition in (Disposition.OPENED, Disposition.ADDED):
                assert row.ticket_id is not None

    @invariant()
    def no_acknowledgement_without_a_ticket_and_no_ticket_without_one(self) -> None:
        acknowledged = {
            unpack(row.notification, row.payload).number  # type: ignore[attr-defined]
            for row in self.world.outbox
            if row.notification in ACKNOWLEDGEMENTS and row.ticket_id is not None
        }
        anything = {row.ticket_id for row in self.world.outbox if row.notification in ACKNOWLEDGEMENTS}
        tickets = self.world.tickets
        numbers = {ticket.number for ticket in tickets}
        assert acknowledged <= numbers
        assert None not in anything
        told = {row.ticket_id for row in self.world.outbox if row.ticket_id is not None}
        for row in self.world.outbox:
            if row.notification in SHARED_LINES:
                named = unpack(row.notification, row.payload).numbers  # type: ignore[attr-defined]
                told |= {ticket.id for ticket in tickets if ticket.number in named}
        assert {ticket.id for ticket in tickets} <= told
        opened = [row.ticket_id for row in self.world.inbox if row.disposition in BEGINNINGS]
        assert len(opened) == len(set(opened)) == len(tickets)
        assert sorted(numbers) == list(range(1001, 1001 + len(tickets)))

    @invariant()
    def the_ledger_adds_up(self) -> None:
        now = self.world.clock.now().replace(year=2030)
        start = now.replace(year=2020)
        figures = self.world.look(
            lambda unit: (
                unit.figures.count_heard(self.world.site_id, start, now),
                unit.figures.ledger(self.world.site_id, start, now),
            )
        )
        assert figures[0] == sum(figures[1].values())
        assert None not in figures[1]

    @invariant()
    def each_chat_hears_things_in_the_order_they_were_said(self) -> None:
        rows = {row.id: row for row in self.world.outbox}
        lines: dict[tuple[int, str], list[int]] = {}
        for row_id in self.world.channel.sent:
            lines.setdefault((rows[row_id].chat_id, rows[row_id].lane), []).append(row_id)
        for line in lines.values():
            assert all(first <= second for first, second in pairwise(line)), line

    @invariant()
    def nothing_is_sent_twice_unless_it_says_so(self) -> None:
        rows = {row.id: row for row in self.world.outbox}
        for row_id in self.world.channel.sent:
            assert self.world.channel.sent.count(row_id) == 1 or rows[row_id].is_repeat

    @invariant()
    def the_room_hears_nothing_private(self) -> None:
        managers = self.world.look(lambda unit: unit.chats.find("memory", self.world.managers.address))
        calm = [  # whoever decides about a danger reads it in the tenant's own words
            row.payload for row in self.world.outbox if row.chat_id == managers.id and row.notification not in DANGERS
        ]
        for text in (*self.world.room.wordings, *calm):
            assert not any(secret in text for secret in SECRETS), text

    def teardown(self) -> None:
        for chat in self.world.chats:
            chat.refuses(None)
        for _ in range(4):
            self.world.restarts()  # what the platform asked to wait for passes by the loop's time, not by ours
            self.world.passes(hours=1)
        endless = [row for row in self.world.outbox if not _has_end(row)]
        self.world.ends()
        self.engine.dispose()
        shutil.rmtree(self.place)
        assert endless == []

    def _duty(self, which: int) -> ChatOnStage:
        return (self.world.engineering, self.world.desk_chat, self.world.security)[which % 3]

    def _happens(self, event: Event) -> None:
        self.heard.append((f"again {len(self.heard)}", event))
        self.world.happens_as(*self.heard[-1])


def _has_end(row: OutboxRow) -> bool:
    return row.state in WAYS_TO_END or (row.operation is Operation.SEND and row.gathered_into_id is not None)


def test_any_day_at_the_desk(migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnyDay, "sqlite", migrated_sqlite, raising=False)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        AnyDay,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize="CI" in os.environ,  # a build tells of its own change; new days are tried at every desk
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_random_mix_is_accounted_for_to_the_last_message(world: World) -> None:
    """The same ledger on both engines."""
    events = [
        world.person(f"Tenant {index % 3}").message(world.room, WORDS[(index * 7) % 14], message_id=f"mix{index}")
        for index in range(120)
    ]
    batch = [Raw(f"mix{index}", json.dumps(raw_of(event))) for index, event in enumerate(events)]
    world.happens_all(batch + batch[::3])
    rows = [row for row in world.inbox if row.key.startswith("mix")]
    assert len(rows) == 120
    assert all(row.disposition is not None for row in rows)
    opened = [row for row in rows if row.disposition in BEGINNINGS]
    assert len(opened) == len(world.tickets)
