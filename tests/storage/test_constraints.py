"""What the database itself refuses, and what the column types keep true."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from storage.models import Account, Chat, Promise, Push, Survey, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Kind, TicketState, Trade, Urgency
from storage.writer import Writer
from tests.storage.cast import Cast, arrive


def callback(unit: UnitOfWork, cast: Cast, round_: int = 1, rating: int | None = None) -> None:
    """A check of ticket 1001, opened if it is not there yet."""
    opened = unit.tickets.find_by_number(cast.site, 1001) or unit.tickets.add(cast.ticket(1001, unit.now))
    check = unit.afterwards.add_callback(opened.id, round_, cast.mei)
    check.rating = rating


def survey(unit: UnitOfWork, cast: Cast, score: int | None) -> None:
    """A survey answered with that score."""
    sent = Survey(
        site_id=cast.site,
        person_id=cast.mei,
        digest=f"d{score}",
        language="en",
        sent_at=unit.now,
        expires_at=unit.now,
        score=score,
    )
    unit.afterwards.add_survey(sent)


def accepted_by_nobody(unit: UnitOfWork, cast: Cast) -> None:
    """A state written past the model."""
    opened = unit.tickets.add(cast.ticket(1001, unit.now))
    unit.session.execute(update(Ticket).where(Ticket.id == opened.id).values(state=TicketState.ACCEPTED))


def closed_without_a_reason(unit: UnitOfWork, cast: Cast) -> None:
    """A state written past the model."""
    opened = unit.tickets.add(cast.ticket(1001, unit.now))
    unit.session.execute(update(Ticket).where(Ticket.id == opened.id).values(state=TicketState.CLOSED))


def promised_twice(unit: UnitOfWork, cast: Cast, trade: Trade | None) -> None:
    """The same thing of one site's, with two ends."""
    for finish in (60, 90):
        said = {"kind": Kind.REPAIR, "urgency": Urgency.LOW, "trade": trade}
        unit.session.execute(
            insert(Promise).values(site_id=cast.site, finish_minutes=finish, answer_minutes=30, **said)
        )


REFUSED: dict[str, Callable[[UnitOfWork, Cast], object]] = {
    "two tickets of one number": lambda unit, cast: [unit.tickets.add(cast.ticket(1001, unit.now)) for _ in range(2)],
    "a ticket accepted by nobody": accepted_by_nobody,
    "a ticket closed without a reason": closed_without_a_reason,
    "two promises of one trade": lambda unit, cast: promised_twice(unit, cast, Trade.LIFT),
    "two promises of every trade": lambda unit, cast: promised_twice(unit, cast, None),
    "two checks of one finish": lambda unit, cast: [callback(unit, cast) for _ in range(2)],
    "six stars": lambda unit, cast: callback(unit, cast, rating=6),
    "no star": lambda unit, cast: callback(unit, cast, rating=0),
    "a survey score of six": lambda unit, cast: survey(unit, cast, 6),
    "two chats at one address": lambda unit, cast: unit.chats.add(
        Chat(channel="memory", address="room of Harbour Court", role=ChatRole.ROOM)
    ),
    "two people of one account": lambda unit, cast: unit.people.add("memory", "mei of Harbour Court", "Mei"),
    "a message to no chat": lambda unit, cast: unit.outbox.add(**cast.message(unit.now, chat=10**6)),
    "a building of no site": lambda unit, cast: unit.sites.add_building(10**6, "A"),
    "two buildings of one name": lambda unit, cast: [unit.sites.add_building(cast.site, "A") for _ in range(2)],
    "an account of nobody": lambda unit, cast: unit.session.add(
        Account(person_id=10**6, channel="memory", address="ghost", name="Ghost")
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(writer: Writer, cast: Cast, what: str) -> None:
    with pytest.raises(IntegrityError):
        writer.submit(lambda unit: REFUSED[what](unit, cast)).result(10)


@pytest.mark.parametrize("stars", [None, 1, 5])
def test_no_answer_and_one_to_five_stars_are_fine(writer: Writer, cast: Cast, stars: int | None) -> None:
    writer.submit(lambda unit: callback(unit, cast, rating=stars)).result(10)
    writer.submit(lambda unit: survey(unit, cast, stars)).result(10)


def test_one_number_may_be_used_at_two_sites(writer: Writer, cast: Cast) -> None:
    other = writer.submit(lambda unit: arrive(unit, "South")).result(10)
    writer.submit(lambda unit: [unit.tickets.add(each.ticket(1001, unit.now)) for each in (cast, other)]).result(10)


def test_a_time_without_a_zone_is_refused(writer: Writer, cast: Cast) -> None:
    noon = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 -- this is the mistake
    with pytest.raises(StatementError, match="naive"):
        writer.submit(lambda unit: unit.pushes.plan("digest", "k", noon)).result(10)
    with pytest.raises(StatementError, match="naive"):
        writer.read_now(lambda unit: unit.pushes.list_due(noon, 1))


def test_a_time_comes_back_in_utc_whatever_zone_it_came_in(writer: Writer, cast: Cast) -> None:
    shanghai = datetime(2026, 3, 2, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    writer.submit(lambda unit: unit.pushes.plan("digest", "k", shanghai)).result(10)
    found = writer.read_now(lambda unit: unit.pushes.find_next_due())
    assert found == shanghai
    assert found is not None
    assert found.tzinfo is UTC


def test_a_word_outside_its_set_is_refused(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> None:
        unit.chats.get(cast.room).role = "landlord"  # type: ignore[assignment]

    with pytest.raises(StatementError, match="landlord"):
        writer.submit(act).result(10)


def test_a_count_larger_than_32_bits_is_kept(writer: Writer, cast: Cast) -> None:
    writer.submit(lambda unit: unit.pushes.plan("digest", "k", unit.now, subject_id=2**40)).result(10)
    assert writer.read_now(lambda unit: unit.session.scalars(select(Push.subject_id)).one()) == 2**40


def test_long_words_are_kept_whole(writer: Writer, cast: Cast) -> None:
    words = "水" * 100_000
    writer.submit(lambda unit: unit.tickets.add(cast.ticket(1001, unit.now, words=words, unit="1" * 500))).result(10)
    found = writer.read_now(lambda unit: unit.tickets.find_by_number(cast.site, 1001))
    assert found is not None
    assert (found.words, found.unit) == (words, "1" * 500)
