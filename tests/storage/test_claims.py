"""Claiming: lanes, lines, leases. What may be sent now, by whom, and who may write how it ended."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest

from storage.models import Chat, OutboxRow
from storage.repositories.outbox import Due, Ending
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Lane, OutboxState
from storage.writer import Writer
from tests.claiming import claim
from tests.conftest import Clock
from tests.storage.cast import Cast


class Sender:
    """One worker that claims and ends rows, each in an act of its own."""

    def __init__(self, writer: Writer, name: str = "first") -> None:
        self.writer, self.name = writer, name

    def claims(
        self,
        width: int = 8,
        *,
        resting: Collection[int] = (),
        bulk: Collection[int] = (),
        lease: float = 60,
        channels: Collection[str] = ("memory",),
    ) -> list[Due]:
        """What it may send now."""

        def act(unit: UnitOfWork) -> list[Due]:
            until = unit.now + timedelta(seconds=lease)
            return claim(unit, self.name, until, dict.fromkeys(channels, width), resting, bulk)

        return self.writer.submit(act).result(10)

    def ends(self, *endings: Ending) -> None:
        """Writes down how rows ended."""
        self.writer.submit(lambda unit: unit.outbox.end(endings, self.name, unit.now)).result(10)

    def sends(self, width: int = 8, **how: Any) -> list[int]:
        """Claims, and all of it arrives."""
        due = self.claims(width, **how)
        self.ends(*(Ending(row.id, OutboxState.SENT, receipt=f"m{row.id}") for row in due))
        return [row.id for row in due]


@pytest.fixture
def sender(writer: Writer) -> Sender:
    return Sender(writer)


def says(writer: Writer, cast: Cast, chat: int | None = None, **changes: Any) -> int:
    """Something to say; its row's id."""
    added = writer.submit(lambda unit: unit.outbox.add(**cast.message(unit.now, chat, **changes))).result(10)
    assert added is not None
    return added


def row(writer: Writer, outbox_id: int) -> OutboxRow:
    """The row as it stands."""
    return writer.read_now(lambda unit: unit.outbox.get(outbox_id))


def many_chats(writer: Writer, count: int, channel: str = "memory") -> list[int]:
    """That many private chats."""

    def act(unit: UnitOfWork) -> list[int]:
        return [
            unit.chats.add(Chat(channel=channel, address=f"private {i}", role=ChatRole.PRIVATE)).id
            for i in range(count)
        ]

    return writer.submit(act).result(10)


def test_an_emergency_goes_before_a_backlog_of_three_hundred(writer: Writer, cast: Cast, sender: Sender) -> None:
    for _ in range(300):
        says(writer, cast)
    emergency = says(writer, cast, lane=Lane.EMERGENCY)
    assert [due.id for due in sender.claims()] == [emergency]


def test_one_chat_hears_its_lane_in_the_order_it_was_said(writer: Writer, cast: Cast, sender: Sender) -> None:
    said = [says(writer, cast) for _ in range(5)]
    heard = [outbox_id for _ in range(5) for outbox_id in sender.sends()]
    assert heard == said
    assert sender.sends() == []


def test_a_chat_is_sent_one_thing_at_a_time(writer: Writer, cast: Cast, sender: Sender) -> None:
    says(writer, cast)
    says(writer, cast, lane=Lane.EMERGENCY)
    assert len(sender.claims()) == 1
    assert Sender(writer, "second").claims() == []


def test_width_chats_are_served_together_and_the_emergency_is_among_them(
    writer: Writer, cast: Cast, sender: Sender
) -> None:
    chats = many_chats(writer, 10)
    said = {chat: says(writer, cast, chat) for chat in chats}
    urgent = says(writer, cast, chats[9], lane=Lane.EMERGENCY)
    assert [due.id for due in sender.claims(4)] == [urgent, said[chats[0]], said[chats[1]], said[chats[2]]]


def test_a_row_that_must_wait_holds_back_its_own_line_and_nobody_elses(
    writer: Writer, cast: Cast, sender: Sender, clock: Clock
) -> None:
    late = says(writer, cast, due_at=clock() + timedelta(hours=1))
    behind = [says(writer, cast) for _ in range(600)]
    elsewhere = says(writer, cast, cast.room)
    other_lane = says(writer, cast, lane=Lane.EMERGENCY)
    assert sender.sends() == [other_lane, elsewhere]
    assert sender.sends() == []
    clock.passes(hours=1)
    assert sender.sends() == [late]
    assert sender.sends() == [behind[0]]


def test_a_resting_chat_is_left_alone_or_sent_only_its_emergency(writer: Writer, cast: Cast, sender: Sender) -> None:
    normal, urgent = says(writer, cast), says(writer, cast, lane=Lane.EMERGENCY)
    assert sender.claims(resting=[cast.duty]) == []
    assert sender.sends(bulk=[cast.duty]) == [urgent]
    assert sender.sends(bulk=[cast.duty]) == []
    assert sender.sends() == [normal]


def test_a_channel_that_is_not_open_here_is_left_to_those_who_have_it(
    writer: Writer, cast: Cast, sender: Sender
) -> None:
    (elsewhere,) = many_chats(writer, 1, channel="pigeon")
    says(writer, cast, elsewhere)
    assert sender.claims() == []
    assert len(sender.claims(channels=["memory", "pigeon"])) == 1


def test_what_a_storms_summary_speaks_for_is_not_sent_itself(writer: Writer, cast: Cast, sender: Sender) -> None:
    cards = [says(writer, cast) for _ in range(12)]
    summary = says(writer, cast, notification="Storm")
    writer.submit(lambda unit: unit.outbox.gather(cards, summary)).result(10)
    assert sender.sends() == [summary]
    writer.submit(lambda unit: unit.outbox.end_gathered(summary, OutboxState.SENT, "m1", None, unit.now)).result(10)
    assert {row(writer, card).state for card in cards} == {OutboxState.SENT}
    assert [card.id for card in writer.read_now(lambda unit: unit.outbox.list_gathered(summary))] == cards


def test_a_row_already_on_the_wire_is_not_gathered(writer: Writer, cast: Cast, sender: Sender) -> None:
    first, second = says(writer, cast), says(writer, cast)
    sender.claims()
    summary = says(writer, cast, notification="Storm")
    writer.submit(lambda unit: unit.outbox.gather([first, second], summary)).result(10)
    assert row(writer, first).gathered_into_id is None
    assert row(writer, second).gathered_into_id == summary


def test_a_later_try_counts_unless_the_platform_asked_for_it(
    writer: Writer, cast: Cast, sender: Sender, clock: Clock
) -> None:
    said = says(writer, cast)
    for counts, attempts in ((True, 1), (False, 1), (True, 2)):
        assert [due.id for due in sender.claims()] == [said]
        sender.ends(Ending(said, OutboxState.PENDING, due_at=clock() + timedelta(seconds=5), counts=counts))
        assert row(writer, said).attempts == attempts
        assert sender.claims() == []
        clock.passes(seconds=5)


def test_once_a_possible_repeat_always_a_possible_repeat(writer: Writer, cast: Cast, sender: Sender) -> None:
    said = says(writer, cast)
    sender.claims()
    sender.ends(Ending(said, OutboxState.PENDING, is_repeat=True))
    sender.claims()
    sender.ends(Ending(said, OutboxState.PENDING))
    assert [due.is_repeat for due in sender.claims()] == [True]


def test_a_lease_that_ran_out_is_seized_by_one_and_its_first_owner_writes_nothing_more(
    writer: Writer, cast: Cast, sender: Sender, clock: Clock
) -> None:
    said = says(writer, cast)
    sender.claims(lease=60)
    clock.passes(seconds=59)
    assert writer.read_now(lambda unit: unit.outbox.list_expired(unit.now)) == []
    clock.passes(seconds=1)
    assert [due.id for due in writer.read_now(lambda unit: unit.outbox.list_expired(unit.now))] == [said]
    until = clock() + timedelta(minutes=1)
    assert writer.submit(lambda unit: unit.outbox.seize(said, "second", unit.now, until)).result(10)
    assert not writer.submit(lambda unit: unit.outbox.seize(said, "third", unit.now, until)).result(10)
    sender.ends(Ending(said, OutboxState.SENT, receipt="late"))
    assert row(writer, said).state is OutboxState.SENDING
    Sender(writer, "second").ends(Ending(said, OutboxState.DEAD, reason="unknown"))
    assert (row(writer, said).state, row(writer, said).receipt) == (OutboxState.DEAD, None)


def test_a_tap_teaches_the_receipt_and_an_ignorant_ending_does_not_unlearn_it(
    writer: Writer, cast: Cast, sender: Sender
) -> None:
    said = says(writer, cast)
    sender.claims()
    writer.submit(lambda unit: unit.outbox.learn_receipt(said, "m77")).result(10)
    sender.ends(Ending(said, OutboxState.DEAD, reason="unknown"))
    found = writer.read_now(lambda unit: unit.outbox.find_by_receipt(cast.duty, "m77"))
    assert found is not None
    assert found.id == said


def test_a_clock_set_back_holds_up_nothing_that_was_to_go_at_once(
    writer: Writer, cast: Cast, sender: Sender, clock: Clock
) -> None:
    said = says(writer, cast)
    clock.passes(hours=-1)
    assert sender.sends() == [said]


def test_after_a_clock_was_set_back_no_pause_and_no_lease_is_longer_than_they_are(
    writer: Writer, cast: Cast, sender: Sender, clock: Clock
) -> None:
    tried, ordered, held = says(writer, cast), says(writer, cast, cast.room), says(writer, cast, *many_chats(writer, 1))
    sender.claims()
    sender.ends(Ending(tried, OutboxState.PENDING, reason="server trouble", due_at=clock() + timedelta(seconds=30)))
    sender.ends(Ending(ordered, OutboxState.PENDING, reason="slow", due_at=clock() + timedelta(seconds=30)))

    def keep_bounds(unit: UnitOfWork) -> None:
        minute, day = timedelta(minutes=1), timedelta(days=1)
        unit.outbox.keep_bounds(unit.now, pause=minute, order=day, orders=["slow"], lease=minute)

    writer.submit(keep_bounds).result(10)
    assert sender.claims() == []
    clock.passes(hours=-1)
    writer.submit(keep_bounds).result(10)
    assert sender.sends() == [tried]  # a platform's order stands
    clock.passes(minutes=1)
    assert [due.id for due in writer.read_now(lambda unit: unit.outbox.list_expired(unit.now))] == [held]
    clock.passes(days=-2)
    writer.submit(keep_bounds).result(10)
    assert sender.sends() == [ordered]  # but not for ever
