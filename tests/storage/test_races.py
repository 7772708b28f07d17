"""Races: numbers without gaps, claims without doubles, between threads and between processes."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, make_url

from storage.engine import open_engine
from storage.models import Chat, LinkCode
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole
from storage.writer import Writer
from tests.claiming import claim
from tests.storage.cast import Cast, arrive
from tests.storage.racers import claims, now, numbers, race


def test_numbers_have_no_gaps_though_threads_race_and_acts_fail(writer: Writer, cast: Cast) -> None:
    taken: list[int] = []

    def take(unit: UnitOfWork) -> int:
        number = unit.sites.take_number(cast.site)
        if number % 5 == 0 and number not in taken:
            taken.append(number)  # once: the next to try gets the same number
            raise ValueError("changed my mind")
        return number

    def several(mine: list[int]) -> None:
        for future in [writer.submit(take) for _ in range(50)]:
            if future.exception(30) is None:
                mine.append(future.result())

    hands: list[list[int]] = [[] for _ in range(4)]
    threads = [threading.Thread(target=several, args=(hand,)) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers_given = sorted(number for hand in hands for number in hand)
    assert numbers_given == list(range(1001, 1001 + len(numbers_given)))


def test_numbers_have_no_gaps_though_processes_race_over_two_sites(database_url: str, writer: Writer) -> None:
    sites = [writer.submit(lambda unit, name=name: arrive(unit, name)).result(10).site for name in ("North", "South")]
    hands = race(numbers, database_url, 3, sites, 70)
    assert [len(hand) for hand in hands] == [60, 60, 60]
    last = writer.read_now(lambda unit: sum(unit.sites.get(site).last_number - 1000 for site in sites))
    assert last == 2 * 180


def test_four_processes_send_three_hundred_rows_and_none_twice(database_url: str, writer: Writer) -> None:
    cast = writer.submit(arrive).result(10)

    def storm(unit: UnitOfWork) -> None:
        chats = [
            unit.chats.add(Chat(channel="memory", address=f"private {i}", role=ChatRole.PRIVATE)).id for i in range(30)
        ]
        for i in range(300):
            unit.outbox.add(**cast.message(now(), chat=chats[i % 30]))

    writer.submit(storm).result(30)
    hands = race(claims, database_url, 4, 60)
    assert max(Counter(row for hand in hands for row in hand).values()) == 1
    assert sum(len(hand) for hand in hands) == 300
    assert writer.read_now(lambda unit: sum(unit.traffic.waiting().outbox.values())) == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_claim_is_compare_and_set_even_where_nobody_waits_for_their_turn(
    database_url: str, writer: Writer, cast: Cast
) -> None:
    """The writers' turn already keeps claims apart; this takes it away and lets two transactions meet on one row."""
    for _ in range(3):
        writer.submit(lambda unit: unit.outbox.add(**cast.message(unit.now))).result(10)
    unguarded = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    until = now() + timedelta(minutes=1)
    second_claims: list[int] = []

    def second() -> None:
        with unguarded.begin() as connection:
            unit = UnitOfWork(connection, now())
            second_claims.extend(due.id for due in claim(unit, "b", until, {"memory": 8}))
            unit.forget()

    with unguarded.begin() as connection:
        unit = UnitOfWork(connection, now())
        first_claims = [due.id for due in claim(unit, "a", until, {"memory": 8})]
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.5)
        unit.forget()
    thread.join(10)
    unguarded.dispose()
    assert len(first_claims) == 1
    assert second_claims == []
    assert writer.read_now(lambda unit: unit.outbox.get(first_claims[0])).leased_by == "a"


def test_a_code_is_used_up_by_one_of_many(writer: Writer, cast: Cast, database_url: str) -> None:
    def add(unit: UnitOfWork) -> None:
        unit.chats.add_code(
            LinkCode(digest="d1", role=ChatRole.DUTY, site_id=cast.site, expires_at=unit.now + timedelta(hours=1))
        )

    writer.submit(add).result(10)
    other = Writer(open_engine(database_url), writer._now)
    futures = [
        each.submit(lambda unit: unit.chats.claim_code("d1", cast.duty, unit.now)) for each in (writer, other) * 10
    ]
    assert sum(future.result(10) is not None for future in futures) == 1
    other.close()
