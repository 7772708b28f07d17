"""kill -9 at every point a power cut could choose: nothing lost, nothing doubled, nobody unanswered."""

import re
import time
from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from handlers.pushes import daily_digest
from storage.models import InboxRow, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import InboxState, OutboxState
from tests.wire.crashing import POINTS
from tests.wire.running_lobby import LEASE, WIDTH, Stage

EACH = 12
REPORTS = 300
WITHIN_A_BATCH = {"mid commit", "after the offset, before the send", "after the send, before its mark"}
"""Points passed many times in a run; the others once a batch."""
MARK = re.compile(r"m(\d{4})")


def everybody_reports(stage: Stage, numbers: range) -> None:
    """Each of these tenants reports something, while nobody listens."""
    for number in numbers:
        stage.fake.user(f"住户{number}").says(stage.room, f"3栋{1000 + number}厨房水管漏水了,请派人来修 m{number:04}")


def waits_until_settled(stage: Stage, count: int) -> int:
    """Until every message has its disposition, every row its end, and nothing is due; the newest row's id then.

    What falls due later, while the test looks on or Lobby stops, is another story.
    """
    newest: list[int] = []

    def look(unit: UnitOfWork) -> bool:
        session = unit.session
        done = session.scalar(select(func.count()).select_from(InboxRow).where(InboxRow.state == InboxState.DONE))
        states = (OutboxState.PENDING, OutboxState.SENDING)
        waiting = session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.state.in_(states)))
        newest[:] = [session.scalar(select(func.max(OutboxRow.id))) or 0]
        return (done or 0) >= count and not waiting and not unit.pushes.list_due(unit.now, 1)

    stage.waits_until(lambda: stage.look(look), "everybody to be answered")
    return newest[0]


def check_that_nothing_is_lost(stage: Stage, kills: int, count: int, newest: int) -> None:
    """One ticket each, numbered without gaps; one acknowledgement and one card at least, and few repeats."""

    def look(unit: UnitOfWork) -> tuple[list[Ticket], list[OutboxRow]]:
        session = unit.session
        settled = select(OutboxRow).where(OutboxRow.id <= newest)
        return list(session.scalars(select(Ticket))), list(session.scalars(settled))

    tickets, rows = stage.look(look)
    told = Counter(int(MARK.search(ticket.words)[1]) for ticket in tickets)  # type: ignore[index]
    assert told == Counter(range(count))
    assert sorted(ticket.number for ticket in tickets) == list(range(1001, 1001 + count))
    assert {row.state for row in rows} <= {OutboxState.SENT}
    acknowledged = Counter(
        int(re.search(r"(\d{4,}) 号|(\d{4,})", call.values["text"])[0].strip(" 号"))  # type: ignore[index]
        for call in stage.fake.calls.of("sendMessage", chat_id=stage.room.id)
        if call.was_done
    )
    assert acknowledged.keys() == {ticket.number for ticket in tickets}
    cards = Counter(
        int(MARK.search(call.values["text"])[1])  # type: ignore[index]
        for call in stage.fake.calls.of("sendMessage", chat_id=stage.engineering.id)
        if call.was_done and MARK.search(call.values["text"])
    )
    assert cards.keys() == set(range(count))
    repeats = sum((acknowledged - Counter(acknowledged.keys())).values()) + sum(
        (cards - Counter(cards.keys())).values()
    )
    assert repeats <= kills * WIDTH


def test_power_cuts_at_every_point_lose_nothing(stage: Stage) -> None:
    """One bad night: each time Lobby comes back it dies at another point, while people go on reporting."""
    told = 0
    for point in POINTS:
        if point == "mid digest":
            stage.act(lambda unit: _plan_digest(unit, stage))
        everybody_reports(stage, range(told, told + EACH))
        told += EACH
        stage.starts_quickly(crash_at=point, after=3 if point in WITHIN_A_BATCH else 1)
        stage.waits_for_death()
    time.sleep(LEASE)
    stage.starts_quickly()
    newest = waits_until_settled(stage, told)
    assert stage.stops() == 0
    check_that_nothing_is_lost(stage, kills=len(POINTS), count=told, newest=newest)
    digests = [
        call for call in stage.fake.calls.of("sendMessage", chat_id=stage.managers.id) if "📊" in call.values["text"]
    ]
    assert len(digests) == 1


def _plan_digest(unit: UnitOfWork, stage: Stage) -> None:
    """The managers' digest fell due a minute ago."""
    chat = unit.chats.find("telegram_duty", str(stage.managers.id))
    assert chat is not None
    due = unit.now - timedelta(minutes=1)
    unit.pushes.plan(daily_digest.KIND, f"digest:{chat.id}:{due.date()}", due, chat_id=chat.id)


def test_kills_at_random_moments_lose_nothing(stage: Stage) -> None:
    everybody_reports(stage, range(REPORTS))
    for pause in (0.15, 0.4):
        stage.starts_quickly()
        stage.waits_until(lambda: bool(stage.fake.calls.of("getUpdates")), "Lobby to listen")
        sent = len(stage.fake.calls.of("sendMessage"))
        stage.waits_until(lambda sent=sent: len(stage.fake.calls.of("sendMessage")) > sent, "the first answer")  # type: ignore[misc]
        time.sleep(pause)
        stage.kills()
    time.sleep(LEASE)
    stage.starts_quickly()
    newest = waits_until_settled(stage, REPORTS)
    check_that_nothing_is_lost(stage, kills=2, count=REPORTS, newest=newest)
