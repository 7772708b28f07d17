"""Replicas at work: one leads, another takes over, webhooks are announced, and a stop waits for nobody's silence."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import update
from structlog.testing import capture_logs

import bot.outbox
import bot.serving
from bot.fetching import Fetcher
from bot.serving import CannotListen
from storage.engine import open_engine
from storage.leadership import Leadership
from storage.models import InboxRow, OutboxRow
from storage.repositories.inbox import Raw
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import OutboxState
from tests.wire.fake_telegram import faults
from tests.wire.replica import Replica, replica_of, until
from tests.wire.running_lobby import Stage

Staged = Callable[..., Replica]
LEAK = "3栋1202厨房水管漏水了,请派人来修"


@pytest_asyncio.fixture
async def starts(stage: Stage) -> AsyncIterator[Staged]:
    """Starts replicas; those still running at the end are stopped."""
    running: list[Replica] = []

    def start(**changes: Any) -> Replica:
        replica = replica_of(stage, **changes)
        replica.starts()
        running.append(replica)
        return replica

    yield start
    for replica in running:
        with contextlib.suppress(Exception):
            await replica.stops()


async def test_one_leads_and_the_other_takes_over_when_it_goes(stage: Stage, starts: Staged) -> None:
    mei = stage.fake.user("Mei")
    first = starts()
    await until(first.leads, "the first to lead")
    second = starts()
    await until(second.health, "the second to answer")
    mei.says(stage.room, LEAK)
    await until(lambda: stage.engineering.messages.shows("#1001"), "the card")
    led, stood_by = await first.health(), await second.health()
    assert (led["leader"], led["answer"]) == (True, 200)
    assert [intake["source"] for intake in led["intakes"]] == ["telegram_rooms", "telegram_duty"]
    assert (stood_by["leader"], stood_by["status"], stood_by["intakes"]) == (False, "well", [])

    await first.stops()
    assert await first.health() == {}
    await until(second.leads, "the second to lead")
    mei.says(stage.room, "5栋大堂的灯也坏了")
    await until(lambda: stage.engineering.messages.shows("#1002"), "the next card")
    assert len([message for message in stage.engineering.messages if "#1001" in message.text]) == 1


def take_away_the_seat(stage: Stage) -> Leadership:
    """Somebody deletes the lock file under the leader's hands; who is returned may try for the new one."""
    Path(f"{stage.database.removeprefix('sqlite:///')}.leader").unlink()
    return Leadership(open_engine(stage.database))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_loses_the_seat_stops_listening_and_its_page_says_so(stage: Stage, starts: Staged) -> None:
    first = starts()
    await until(first.leads, "the first to lead")
    other = take_away_the_seat(stage)
    await until(lambda: other.try_lead(), "somebody else to sit down")
    stage.fake.breaks("getUpdates", faults.other_poller())

    async def stands_by() -> bool:
        told = await first.health()
        return told.get("leader") is False and told["intakes"] == []

    await until(stands_by, "the first to stand by")
    assert (await first.health())["answer"] == 200
    before = len(stage.fake.calls.of("getUpdates"))
    await asyncio.sleep(0.5)
    assert len(stage.fake.calls.of("getUpdates")) == before
    other.resign()
    await until(first.leads, "the first to lead again")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_webhooks_are_announced_until_telegram_has_heard(
    stage: Stage, starts: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.serving, "WEBHOOK_SECONDS", 0.2)
    stage.fake.breaks("setWebhook", faults.server_error(), times=3)
    desk = starts(intake="webhook")

    async def is_in_trouble() -> bool:
        told = await desk.health()
        return any("webhook not set" in (intake["trouble"] or "") for intake in told.get("intakes", []))

    await until(is_in_trouble, "the page to name the trouble")
    await until(lambda: stage.rooms.webhook and stage.duty.webhook, "both webhooks to be set")
    stage.fake.user("Mei").says(stage.room, LEAK)
    await until(lambda: stage.engineering.messages.shows("#1001"), "the card")
    take = stage.fake.user("Li").presses(stage.engineering.messages[-1], "接单")
    await until(lambda: take.toast is not None, "the answer to the tap")
    told = await desk.health()
    assert (told["answer"], told["leader"]) == (200, True)
    assert all(intake["stored"] >= 1 for intake in told["intakes"])
    assert stage.fake.calls.of("getUpdates") == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_stop_waits_for_no_silent_telegram_and_loses_no_row(
    stage: Stage, starts: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.outbox, "GOODBYE_SECONDS", 0.5)
    first = starts()
    await until(first.leads, "the first to lead")
    silence = stage.fake.breaks("sendMessage", faults.silence())
    stage.fake.user("Mei").says(stage.room, LEAK)
    await until(lambda: len(stage.fake.calls.of("sendMessage")) >= 2, "answers on the wire")
    began = time.monotonic()
    await first.stops()
    assert time.monotonic() - began < bot.serving.GOODBYE_SECONDS
    hanging = stage.look(lambda unit: unit.session.query(OutboxRow).filter_by(state=OutboxState.SENDING).count())
    assert hanging >= 1
    stage.fake.mends(silence)
    starts()
    await until(lambda: stage.engineering.messages.shows("#1001"), "the card after all")
    await until(lambda: stage.room.messages.shows("1001"), "the line in the room after all")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_place_that_is_taken_is_told_in_words(stage: Stage, starts: Staged) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=f"port {port} .*set LOBBY_HOST and LOBBY_PORT"):
            await starts(port=port).ends()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_cannot_even_stand_for_election_says_so_and_ends(
    stage: Stage, starts: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has_no_seat(_: Leadership) -> bool:
        raise PermissionError("lobby.db.leader")

    monkeypatch.setattr(Leadership, "try_lead", has_no_seat)
    with pytest.raises(PermissionError):
        await starts().ends()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_absence_longer_than_telegram_remembers_is_told(stage: Stage, starts: Staged) -> None:
    def two_days_pass(unit: UnitOfWork) -> None:
        unit.inbox.store("telegram_rooms", [Raw("1", "{}")], unit.now)
        unit.session.execute(update(InboxRow).values(received_at=unit.now - timedelta(days=2)))

    stage.act(two_days_pass)
    with capture_logs() as logs:
        desk = starts()
        await until(desk.leads, "it to lead")
        await until(lambda: any(line["event"] == "updates_may_be_lost" for line in logs), "the alarm")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_loop_that_breaks_is_started_again(
    stage: Stage, starts: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, falls = Fetcher.run, [RuntimeError("nobody foresaw this")]

    async def stumbles_once(self: Fetcher) -> None:
        if falls:
            raise falls.pop()
        await run(self)

    monkeypatch.setattr(Fetcher, "run", stumbles_once)
    desk = starts()
    stage.fake.user("Mei").says(stage.room, LEAK)
    await until(lambda: stage.engineering.messages.shows("#1001"), "the card")
    assert falls == []
    assert await desk.leads()
