"""The outbox as memory: said once, edited in place, refused for good."""

from storage.models import OutboxRow
from storage.repositories.outbox import Ending
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Lane, Operation, OutboxState
from storage.writer import Writer
from tests.claiming import claim
from tests.storage.cast import Cast


def all_rows(unit: UnitOfWork, cast: Cast) -> list[OutboxRow]:
    """What waits for the duty chat."""
    return list(unit.outbox.list_waiting(cast.duty, "NewTicket", Lane.NORMAL))


def test_the_same_key_is_said_only_once(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> list[int | None]:
        return [unit.outbox.add(**cast.message(unit.now, key="digest:2026-03-02")) for _ in range(3)]

    first, second, third = writer.submit(act).result(10)
    assert first is not None
    assert (second, third) == (None, None)
    assert len(writer.read_now(lambda unit: all_rows(unit, cast))) == 1


def test_words_without_a_key_may_be_said_twice(writer: Writer, cast: Cast) -> None:
    writer.submit(lambda unit: [unit.outbox.add(**cast.message(unit.now)) for _ in range(2)]).result(10)
    assert len(writer.read_now(lambda unit: all_rows(unit, cast))) == 2


def test_an_edit_that_still_waits_says_the_newest_thing(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> tuple[int, int]:
        card = unit.outbox.add(**cast.message(unit.now))
        claim(unit, "w", unit.now, {"memory": 1})
        unit.outbox.end([Ending(card or 0, OutboxState.SENT, receipt="m1")], "w", unit.now)
        edit = unit.outbox.add(**cast.message(unit.now, operation=Operation.EDIT, target_id=card))
        return card or 0, edit or 0

    card, edit = writer.submit(act).result(10)
    replace = writer.submit(lambda unit: unit.outbox.replace_waiting(card, "Taken", '{"by": "Wang"}', "zh_CN"))
    assert replace.result(10)
    assert writer.read_now(lambda unit: unit.outbox.get(edit)).payload == '{"by": "Wang"}'
    assert writer.read_now(lambda unit: unit.outbox.get(card)).notification == "NewTicket"


def test_a_message_already_sent_is_not_replaced(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> bool:
        card = unit.outbox.add(**cast.message(unit.now)) or 0
        claim(unit, "w", unit.now, {"memory": 1})
        return unit.outbox.replace_waiting(card, "Taken", "{}", "en")

    assert writer.submit(act).result(10) is False


def test_a_chat_that_refuses_us_refuses_everything_that_waits_for_it(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> None:
        for _ in range(3):
            unit.outbox.add(**cast.message(unit.now))
        unit.outbox.add(**cast.message(unit.now, chat=cast.room))
        unit.outbox.refuse_waiting(cast.duty, "kicked", unit.now)

    writer.submit(act).result(10)
    assert writer.read_now(lambda unit: all_rows(unit, cast)) == []
    assert len(writer.read_now(lambda unit: unit.outbox.list_waiting(cast.room, "NewTicket", Lane.NORMAL))) == 1


def test_a_secret_is_forgotten_once_it_was_said(writer: Writer, cast: Cast) -> None:
    said = writer.submit(lambda unit: unit.outbox.add(**cast.message(unit.now, payload='{"code": "K7"}'))).result(10)
    writer.submit(lambda unit: unit.outbox.wipe(said or 0, '{"code": ""}')).result(10)
    assert writer.read_now(lambda unit: unit.outbox.get(said or 0)).payload == '{"code": ""}'
