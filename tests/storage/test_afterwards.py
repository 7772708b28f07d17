"""After the work: checks, surveys, questions put to one person, and the files that came with words."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from storage.models import Asking, Attachment, Survey
from storage.repositories.inbox import Raw
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import (
    AskingKind,
    AskingState,
    AttachmentKind,
    AttachmentState,
    CallbackOutcome,
)
from storage.writer import Writer
from tests.conftest import Clock
from tests.storage.cast import Cast


def finished(unit: UnitOfWork, cast: Cast) -> int:
    """Mei's ticket, with a check sent."""
    opened = unit.tickets.add(cast.ticket(1001, unit.now))
    unit.afterwards.add_callback(opened.id, 1, cast.mei).sent_at = unit.now
    return opened.id


def test_a_check_waits_for_its_answer_and_then_for_its_rating(writer: Writer, cast: Cast, clock: Clock) -> None:
    ticket_id = writer.submit(lambda unit: finished(unit, cast)).result(10)
    assert writer.read_now(lambda unit: unit.afterwards.find_waiting_callback(cast.mei)) is not None
    assert writer.read_now(lambda unit: unit.afterwards.find_wordless_callback(cast.mei, clock())) is None

    def answers(unit: UnitOfWork) -> None:
        check = unit.afterwards.get_callback(ticket_id, 1)
        check.outcome, check.answered_at = CallbackOutcome.FIXED, unit.now

    writer.submit(answers).result(10)
    assert writer.read_now(lambda unit: unit.afterwards.find_waiting_callback(cast.mei)) is None
    assert writer.read_now(lambda unit: unit.afterwards.find_wordless_callback(cast.mei, clock())) is not None
    with pytest.raises(NoResultFound):
        writer.read_now(lambda unit: unit.afterwards.get_callback(ticket_id, 2))


def test_a_survey_is_answered_once_and_in_time(writer: Writer, cast: Cast, clock: Clock) -> None:
    def sends(unit: UnitOfWork, digest: str) -> int:
        sent = Survey(
            site_id=cast.site,
            person_id=cast.mei,
            digest=digest,
            language="zh_CN",
            sent_at=unit.now,
            expires_at=unit.now + timedelta(days=14),
        )
        return unit.afterwards.add_survey(sent).id

    first, second = (writer.submit(lambda unit, d=d: sends(unit, d)).result(10) for d in ("d1", "d2"))
    answers = [
        writer.submit(lambda unit, score=score: unit.afterwards.answer_survey(first, score, None, unit.now))
        for score in (5, 1, 1)
    ]
    assert [answer.result(10) for answer in answers] == [True, False, False]
    found = writer.read_now(lambda unit: unit.afterwards.find_survey("d1"))
    assert found is not None
    assert found.score == 5
    clock.passes(days=14)
    assert not writer.submit(lambda unit: unit.afterwards.answer_survey(second, 5, None, unit.now)).result(10)
    assert writer.read_now(lambda unit: unit.afterwards.has_survey_since(cast.mei, clock() - timedelta(days=30)))
    assert not writer.read_now(lambda unit: unit.afterwards.has_survey_since(cast.mei, clock() - timedelta(days=1)))


def test_only_the_newest_open_question_to_this_person_is_answered(writer: Writer, cast: Cast, clock: Clock) -> None:
    def asks(unit: UnitOfWork) -> tuple[int, int]:
        older, newer = (
            unit.askings.add(Asking(kind=kind, chat_id=cast.room, person_id=cast.mei, asked_at=unit.now))
            for kind in (AskingKind.WHICH_KIND, AskingKind.WHICH_UNIT)
        )
        return older.id, newer.id

    older, newer = writer.submit(asks).result(10)
    kinds = (AskingKind.WHICH_KIND, AskingKind.WHICH_UNIT)

    def open_one() -> int | None:
        found = writer.read_now(lambda unit: unit.askings.find_open(cast.mei, cast.room, *kinds))
        return None if found is None else found.id

    assert open_one() == newer
    writer.submit(lambda unit: unit.askings.get(newer).end(AskingState.ANSWERED, unit.now)).result(10)
    assert open_one() == older
    assert writer.read_now(lambda unit: unit.askings.find_open(cast.wang, cast.room, *kinds)) is None
    count = writer.read_now(lambda unit: unit.askings.count_in_chat_since(cast.room, AskingKind.WHICH_KIND, clock()))
    assert count == 1


def test_a_picture_is_fetched_once_it_belongs_to_a_ticket_and_kept_by_content(writer: Writer, cast: Cast) -> None:
    def comes(unit: UnitOfWork) -> tuple[int, int]:
        unit.inbox.store("memory", [Raw("1", "{}")], unit.now)
        ((inbox_id, *_),) = unit.inbox.list_received(1, ["memory"])
        picture = Attachment(inbox_id=inbox_id, channel="memory", kind=AttachmentKind.PHOTO, file_id="f1")
        return inbox_id, unit.attachments.add(picture).id

    inbox_id, picture = writer.submit(comes).result(10)
    named = lambda unit: [each.id for each in unit.attachments.list_named(10, ["memory"])]  # noqa: E731
    assert writer.read_now(named) == []

    def opens(unit: UnitOfWork) -> int:
        opened = unit.tickets.add(cast.ticket(1001, unit.now))
        unit.attachments.give_to_ticket(inbox_id, opened.id)
        return opened.id

    ticket_id = writer.submit(opens).result(10)
    assert writer.read_now(named) == [picture]
    content = bytes(range(256)) * 1000
    for _ in range(2):
        writer.submit(lambda unit: unit.attachments.keep(picture, content, "image/jpeg")).result(10)
    assert writer.read_now(named) == []
    assert writer.read_now(lambda unit: unit.attachments.content(picture)) == content
    (kept,) = writer.read_now(lambda unit: unit.attachments.list_by_ticket(ticket_id))
    assert (kept.state, kept.size, kept.media_type) == (AttachmentState.KEPT, 256_000, "image/jpeg")
