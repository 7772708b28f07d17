"""The inbox: an update is a row once, and ends with exactly one disposition."""

import threading

import pytest

from storage.engine import open_engine
from storage.prepared import NothingChanged
from storage.repositories.inbox import Heard, Raw
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, InboxState, Lane
from storage.writer import Writer
from tests.conftest import Clock
from tests.storage.cast import Cast

ROOMS = ["memory"]


def comes(writer: Writer, *keys: str, source: str = "memory") -> None:
    """A batch of updates arrives."""
    batch = [Raw(key, f'{{"update_id": "{key}"}}') for key in keys]
    writer.submit(lambda unit: unit.inbox.store(source, batch, unit.now)).result(10)


def waiting(writer: Writer) -> list[int]:
    """Ids of what waits for its act."""
    return [row[0] for row in writer.read_now(lambda unit: unit.inbox.list_received(500, ROOMS))]


def finishes(unit: UnitOfWork, inbox_id: int, cast: Cast, disposition: Disposition = Disposition.CHATTER) -> None:
    """The act of one row, of words Mei said in the room."""
    heard = Heard(
        "MessageReceived", chat_id=cast.room, person_id=cast.mei, message_id=f"m{inbox_id}", text="谢谢", album=None
    )
    unit.inbox.finish(inbox_id, heard, disposition, unit.now)


def test_a_repeat_stops_at_the_door(writer: Writer) -> None:
    comes(writer, "1", "2")
    comes(writer, "2", "3", "3")
    comes(writer, "2", source="duty")
    rows = writer.read_now(lambda unit: unit.inbox.list_received(10, ["memory", "duty"]))
    assert [(source, raw) for _, source, raw, _ in rows] == [
        ("memory", '{"update_id": "1"}'),
        ("memory", '{"update_id": "2"}'),
        ("memory", '{"update_id": "3"}'),
        ("duty", '{"update_id": "2"}'),
    ]


def test_the_same_update_from_many_threads_and_two_processes_is_one_row(
    writer: Writer, database_url: str, clock: Clock
) -> None:
    other = Writer(open_engine(database_url), clock)
    threads = [threading.Thread(target=comes, args=(each, "1", "2", "3")) for each in (writer, other) * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert len(waiting(writer)) == 3


def test_an_old_repeat_stops_after_thirty_days_too(writer: Writer, cast: Cast, clock: Clock) -> None:
    comes(writer, "1")
    (row,) = waiting(writer)
    writer.submit(lambda unit: finishes(unit, row, cast)).result(10)
    clock.passes(days=30)
    comes(writer, "1")
    assert waiting(writer) == []


def test_the_oldest_waits_first_and_a_closed_channel_waits_for_its_token(writer: Writer) -> None:
    comes(writer, "a1", source="duty")
    comes(writer, *(f"{i}" for i in range(5)))
    assert len(waiting(writer)) == 5
    assert waiting(writer) == sorted(waiting(writer))


def test_the_disposition_is_set_once_and_the_second_act_learns_it(writer: Writer, cast: Cast) -> None:
    comes(writer, "1")
    (row,) = waiting(writer)
    writer.submit(lambda unit: finishes(unit, row, cast, Disposition.OPENED)).result(10)
    with pytest.raises(NothingChanged):
        writer.submit(lambda unit: finishes(unit, row, cast)).result(10)
    assert writer.read_now(lambda unit: unit.inbox.get(row)).disposition is Disposition.OPENED
    assert waiting(writer) == []


def test_of_two_acts_in_one_batch_the_second_finds_the_message_answered_and_leaves_nothing(
    writer: Writer, cast: Cast
) -> None:
    comes(writer, "1", "2")
    one, other = waiting(writer)

    def answers(unit: UnitOfWork, row: int) -> None:
        unit.outbox.say(**cast.message(unit.now, key=None))
        finishes(unit, row, cast)

    entered, leave = threading.Event(), threading.Event()
    writer.submit(lambda unit: (entered.set(), leave.wait(10)))
    entered.wait(10)
    acts = [writer.submit(lambda unit, row=row: answers(unit, row)) for row in (one, one, other)]
    leave.set()
    assert [type(act.exception(10)) for act in acts] == [type(None), NothingChanged, type(None)]
    assert len(writer.read_now(lambda unit: unit.outbox.list_waiting(cast.duty, "NewTicket", Lane.NORMAL))) == 2


def test_a_row_that_fails_is_tried_again_and_then_kept_for_a_person(writer: Writer, cast: Cast) -> None:
    comes(writer, "1")
    (row,) = waiting(writer)
    writer.submit(lambda unit: unit.inbox.fail(row, "KeyError", unit.now, for_good=False)).result(10)
    assert writer.read_now(lambda unit: unit.inbox.list_received(1, ROOMS))[0][3] == 1
    writer.submit(lambda unit: unit.inbox.fail(row, "KeyError", unit.now, for_good=True)).result(10)
    failed = writer.read_now(lambda unit: unit.inbox.list_failed(10))
    assert [(f.id, f.state, f.disposition, f.raw) for f in failed] == [
        (row, InboxState.FAILED, Disposition.FAILED, '{"update_id": "1"}')
    ]
    with pytest.raises(NothingChanged):
        writer.submit(lambda unit: finishes(unit, row, cast)).result(10)
    assert writer.submit(lambda unit: unit.inbox.retry_failed(row)).result(10)
    writer.submit(lambda unit: finishes(unit, row, cast)).result(10)
    assert not writer.submit(lambda unit: unit.inbox.retry_failed(row)).result(10)


def test_pictures_without_a_word_are_found_until_they_belong_to_a_ticket(
    writer: Writer, cast: Cast, clock: Clock
) -> None:
    def sends(unit: UnitOfWork, row: int, text: str) -> None:
        heard = Heard("MessageReceived", chat_id=cast.room, person_id=cast.mei, message_id=f"m{row}", text=text)
        unit.inbox.finish(row, heard, Disposition.CHATTER, unit.now)

    comes(writer, "old")
    (old,) = waiting(writer)
    writer.submit(lambda unit: sends(unit, old, "")).result(10)
    since = clock.passes(minutes=10)
    comes(writer, "1", "2", "3")
    first, words, last = waiting(writer)
    writer.submit(lambda unit: [sends(unit, row, text) for row, text in ((first, ""), (words, "漏水"), (last, ""))])
    wordless = lambda person: writer.read_now(  # noqa: E731
        lambda unit: list(unit.inbox.list_wordless(cast.room, person, since))
    )
    assert writer.submit(lambda unit: None).result(10) is None
    assert wordless(cast.mei) == [first, last]
    assert wordless(cast.wang) == []

    def opens(unit: UnitOfWork) -> None:
        opened = unit.tickets.add(cast.ticket(1001, unit.now))
        unit.inbox.redispose(first, Disposition.OPENED, opened.id)

    writer.submit(opens).result(10)
    assert wordless(cast.mei) == [last]


def test_an_edit_is_found_by_the_next_act_of_the_same_batch(writer: Writer, cast: Cast) -> None:
    comes(writer, "edit")
    (row,) = waiting(writer)
    edit = Heard("MessageEdited", chat_id=cast.room, person_id=cast.mei, message_id="m1", text="水管漏水")
    ends, asks = writer.submit_all(
        [
            lambda unit: unit.inbox.finish(row, edit, Disposition.CHATTER, unit.now),
            lambda unit: (unit.inbox.find_edit(cast.room, "m1"), unit.inbox.find_edit(cast.room, "m2")),
        ]
    )
    ends.result(10)
    assert asks.result(10) == ((row, None), None)


def test_the_newest_row_of_a_message_is_its_last_edit(writer: Writer, cast: Cast) -> None:
    comes(writer, "1", "2")
    said, edited = waiting(writer)

    def act(unit: UnitOfWork) -> None:
        for row, event in ((said, "MessageReceived"), (edited, "MessageEdited")):
            unit.inbox.finish(row, Heard(event, chat_id=cast.room, message_id="m1"), Disposition.CHATTER, unit.now)

    writer.submit(act).result(10)
    found = writer.read_now(lambda unit: unit.inbox.find_by_message(cast.room, "m1"))
    assert found is not None
    assert found.id == edited


@pytest.mark.parametrize("count", [0, 1, 100])
def test_every_message_of_a_tenant_is_in_the_ledger(writer: Writer, cast: Cast, clock: Clock, count: int) -> None:
    since = clock()
    comes(writer, *(f"{i}" for i in range(count)))
    rows = waiting(writer)

    def act(unit: UnitOfWork) -> None:
        for i, row in enumerate(rows):
            finishes(unit, row, cast, list(Disposition)[i % len(Disposition)])

    writer.submit(act).result(10)
    until = clock.passes(hours=1)
    ledger = writer.read_now(lambda unit: unit.figures.ledger(cast.site, since, until))
    assert sum(ledger.values()) == count
    assert writer.read_now(lambda unit: unit.figures.count_heard(cast.site, since, until)) == count
