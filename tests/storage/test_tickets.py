"""The ticket guards its own steps: every state and every step, and what random hands make of it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.models import OPEN_STATES, Ticket, WrongState
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import (
    Audience,
    CloseReason,
    EntryKind,
    Group,
    Kind,
    Side,
    TicketState,
    Trade,
    Urgency,
)
from storage.writer import Writer
from tests.conftest import Clock
from tests.storage.cast import Cast

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WANG, LI = 7, 8

STEPS: dict[str, Callable[[Ticket], None]] = {
    "assign": lambda ticket: ticket.assign(Group.ENGINEERING),
    "take": lambda ticket: ticket.take(WANG, NOON),
    "hand over": lambda ticket: ticket.hand_over(Group.SECURITY),
    "finish": lambda ticket: ticket.finish(LI, NOON),
    "close": lambda ticket: ticket.close(CloseReason.CONFIRMED, NOON),
    "cancel": lambda ticket: ticket.cancel(NOON),
    "reopen": lambda ticket: ticket.reopen(),
    "urge": lambda ticket: ticket.urge(),
}

S = TicketState
LEADS_TO: dict[TicketState, dict[str, TicketState]] = {
    S.RECEIVED: {"assign": S.ASSIGNED, "cancel": S.CANCELLED, "urge": S.RECEIVED},
    S.ASSIGNED: {
        "take": S.ACCEPTED,
        "hand over": S.ASSIGNED,
        "finish": S.DONE,
        "cancel": S.CANCELLED,
        "urge": S.ASSIGNED,
    },
    S.ACCEPTED: {"hand over": S.ASSIGNED, "finish": S.DONE, "cancel": S.CANCELLED, "urge": S.ACCEPTED},
    S.DONE: {"close": S.CLOSED, "reopen": S.ACCEPTED},
    S.CLOSED: {"reopen": S.ACCEPTED},
    S.CANCELLED: {},
}
REACHED_BY: dict[TicketState, list[str]] = {
    S.RECEIVED: [],
    S.ASSIGNED: ["assign"],
    S.ACCEPTED: ["assign", "take"],
    S.DONE: ["assign", "take", "finish"],
    S.CLOSED: ["assign", "take", "finish", "close"],
    S.CANCELLED: ["cancel"],
}


def ticket() -> Ticket:
    """Mei's kitchen tap drips; nobody has looked at it yet."""
    return Ticket(
        site_id=1,
        number=1001,
        kind=Kind.REPAIR,
        trade=Trade.PLUMBING,
        urgency=Urgency.NORMAL,
        words="厨房水龙头漏水",
        language="zh_CN",
        reporter_id=1,
        chat_id=1,
        message_id=None,
        opened_at=NOON,
    )


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", TicketState)
def test_every_step_from_every_state(state: TicketState, step: str) -> None:
    mended = ticket()
    for earlier in REACHED_BY[state]:
        STEPS[earlier](mended)
    assert mended.state is state
    if step in LEADS_TO[state]:
        STEPS[step](mended)
        assert mended.state is LEADS_TO[state][step]
    else:
        with pytest.raises(WrongState) as caught:
            STEPS[step](mended)
        assert (caught.value.state, caught.value.step, mended.state) == (state, step, state)


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=25))
@settings(max_examples=200, deadline=None)
def test_whatever_hands_do_a_ticket_stays_true_to_itself(steps: list[str]) -> None:
    mended, expected = ticket(), S.RECEIVED
    counts = dict.fromkeys(STEPS, 0)
    for step in steps:
        try:
            STEPS[step](mended)
        except WrongState:
            assert step not in LEADS_TO[expected]
        else:
            expected = LEADS_TO[expected][step]
            counts[step] += 1
        assert mended.state is expected
        assert mended.is_open is (mended.state in OPEN_STATES)
        assert (mended.state is not S.ACCEPTED) or mended.assignee_id is not None
        assert (mended.close_reason is not None) is (mended.state in (S.CLOSED, S.CANCELLED))
        assert (mended.closed_at is not None) is (mended.state in (S.CLOSED, S.CANCELLED))
        assert (mended.done_at is not None) is (mended.state in (S.DONE, S.CLOSED))
    assert (mended.urged, mended.reopened, mended.handed_over, mended.round) == (
        counts["urge"],
        counts["reopen"],
        counts["hand over"],
        counts["finish"],
    )


def test_whoever_finishes_an_untaken_ticket_has_taken_it() -> None:
    mended = ticket()
    mended.assign(Group.ENGINEERING)
    mended.finish(LI, NOON)
    assert (mended.assignee_id, mended.first_answer_at) == (LI, NOON)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Urgency.LOW, Urgency.URGENT),
        (Urgency.NORMAL, Urgency.URGENT),
        (Urgency.URGENT, Urgency.URGENT),
        (Urgency.EMERGENCY, Urgency.EMERGENCY),
    ],
)
def test_what_was_not_fixed_comes_back_more_urgent_to_the_same_hands(before: Urgency, after: Urgency) -> None:
    mended = ticket()
    mended.urgency = before
    for step in ("assign", "take", "finish", "reopen"):
        STEPS[step](mended)
    assert (mended.urgency, mended.assignee_id) == (after, WANG)


def test_two_who_tap_take_together_leave_one_owner_and_one_who_learns_it(writer: Writer, cast: Cast) -> None:
    def opened(unit: UnitOfWork) -> int:
        mended = unit.tickets.add(cast.ticket(unit.sites.take_number(cast.site), unit.now))
        mended.assign(Group.ENGINEERING)
        return mended.id

    ticket_id = writer.submit(opened).result(10)
    takes = [
        writer.submit(lambda unit, who=who: unit.tickets.get(ticket_id).take(who, unit.now))
        for who in (cast.wang, cast.mei) * 25
    ]
    errors = [take.exception(10) for take in takes]
    assert errors[0] is None
    assert all(isinstance(error, WrongState) and error.state is S.ACCEPTED for error in errors[1:])
    assert writer.read_now(lambda unit: unit.tickets.get(ticket_id)).assignee_id == cast.wang


def test_a_thread_reads_in_the_order_it_was_written(writer: Writer, cast: Cast, clock: Clock) -> None:
    def act(unit: UnitOfWork) -> int:
        opened = unit.tickets.add(cast.ticket(1001, unit.now))
        for text in ("漏水", "taken", "明天来"):
            unit.tickets.add_entry(opened.id, unit.now, EntryKind.WORDS, Side.TENANT, Audience.REPORTER, text)
        return opened.id

    ticket_id = writer.submit(act).result(10)
    entries = writer.read_now(lambda unit: unit.tickets.list_entries(ticket_id))
    assert [entry.text for entry in entries] == ["漏水", "taken", "明天来"]
    assert {entry.at for entry in entries} == {clock()}


def test_a_ticket_this_very_act_has_opened_again_is_open(writer: Writer, cast: Cast) -> None:
    def finishes(unit: UnitOfWork) -> int:
        ticket = unit.tickets.add(cast.ticket(1001, unit.now))
        ticket.assign(Group.ENGINEERING)
        ticket.finish(cast.wang, unit.now)
        return ticket.id

    def opens_again(unit: UnitOfWork) -> tuple[list[int], list[int]]:
        before = [ticket.id for ticket in unit.tickets.list_open_of(cast.mei)]
        unit.tickets.get(ticket_id).reopen()
        return before, [ticket.id for ticket in unit.tickets.list_open_of(cast.mei)]

    ticket_id = writer.submit(finishes).result(10)
    assert writer.submit(opens_again).result(10) == ([], [ticket_id])


def test_a_persons_tickets_open_and_lately_finished(writer: Writer, cast: Cast, clock: Clock) -> None:
    def act(unit: UnitOfWork) -> tuple[int, int]:
        still_open = unit.tickets.add(cast.ticket(1001, unit.now))
        finished = unit.tickets.add(cast.ticket(1002, unit.now))
        finished.assign(Group.ENGINEERING)
        finished.finish(cast.wang, unit.now)
        return still_open.id, finished.id

    still_open, finished = writer.submit(act).result(10)
    before, after = clock(), clock.passes(days=1)
    assert [t.id for t in writer.read_now(lambda unit: unit.tickets.list_open_of(cast.mei))] == [still_open]
    assert [t.id for t in writer.read_now(lambda unit: unit.tickets.list_open(cast.site))] == [still_open]
    found = writer.read_now(lambda unit: unit.tickets.find_last_finished_of(cast.mei, before))
    assert found is not None
    assert found.id == finished
    assert writer.read_now(lambda unit: unit.tickets.find_last_finished_of(cast.mei, after)) is None
    assert [t.number for t in writer.read_now(lambda unit: unit.tickets.list_of(cast.mei, before))] == [1002, 1001]
