"""Chats: where they are, who they belong to, and how a code links them."""

from datetime import timedelta

from storage.models import Chat, LinkCode
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, Lane
from storage.writer import Writer
from tests.conftest import Clock
from tests.storage.cast import Cast


def chat(writer: Writer, chat_id: int) -> Chat:
    """The chat as it stands."""
    return writer.read_now(lambda unit: unit.chats.get(chat_id))


def test_a_group_that_became_a_supergroup_keeps_its_row(writer: Writer, cast: Cast) -> None:
    move = lambda unit: unit.chats.move("memory", "duty of Harbour Court", "-1001")  # noqa: E731
    assert writer.submit(move).result(10)
    assert chat(writer, cast.duty).address == "-1001"
    assert not writer.submit(move).result(10)  # the send error tells it again, after the service message


def test_a_newcomer_opened_at_the_new_address_is_folded_and_what_waits_for_it_is_sent_to_the_group(
    writer: Writer, cast: Cast
) -> None:
    def act(unit: UnitOfWork) -> int:
        newcomer = unit.chats.add(Chat(channel="memory", address="-1001", role=ChatRole.UNLINKED))
        unit.outbox.add(**cast.message(unit.now, chat=newcomer.id))
        assert unit.chats.move("memory", "duty of Harbour Court", "-1001")
        return newcomer.id

    newcomer = writer.submit(act).result(10)
    found = writer.read_now(lambda unit: unit.chats.find("memory", "-1001"))
    assert found is not None
    assert found.id == cast.duty
    assert not chat(writer, newcomer).is_open
    assert chat(writer, newcomer).address == f"-1001#folded-into-{cast.duty}"
    assert len(writer.read_now(lambda unit: unit.outbox.list_waiting(cast.duty, "NewTicket", Lane.NORMAL))) == 1


def test_a_chat_that_refuses_us_is_closed_until_somebody_speaks_there(writer: Writer, cast: Cast, clock: Clock) -> None:
    writer.submit(lambda unit: unit.chats.get(cast.duty).close("kicked", unit.now)).result(10)
    assert not chat(writer, cast.duty).is_open
    duty = lambda unit: [c.id for c in unit.chats.list_by_role(cast.site, ChatRole.DUTY, Group.ENGINEERING)]  # noqa: E731
    assert writer.read_now(duty) == []
    writer.submit(lambda unit: unit.chats.get(cast.duty).reopen()).result(10)
    assert writer.read_now(duty) == [cast.duty]


def test_mei_is_written_to_where_she_can_still_be_reached(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> int:
        opened = unit.chats.add(Chat(channel="a", address="mei", role=ChatRole.PRIVATE, person_id=cast.mei))
        blocked = unit.chats.add(Chat(channel="b", address="mei", role=ChatRole.PRIVATE, person_id=cast.mei))
        blocked.close("blocked", unit.now)
        return opened.id

    opened = writer.submit(act).result(10)
    found = writer.read_now(lambda unit: unit.chats.find_private(cast.mei))
    assert found is not None
    assert found.id == opened
    assert writer.read_now(lambda unit: unit.chats.find_private(cast.wang)) is None


def test_a_code_links_once_and_not_after_its_hour(writer: Writer, cast: Cast, clock: Clock) -> None:
    def add(unit: UnitOfWork) -> None:
        for digest in ("d1", "d2"):
            until = unit.now + timedelta(hours=1)
            unit.chats.add_code(LinkCode(digest=digest, role=ChatRole.ROOM, site_id=cast.site, expires_at=until))

    writer.submit(add).result(10)
    claim = lambda digest: writer.submit(  # noqa: E731
        lambda unit: unit.chats.claim_code(digest, cast.room, unit.now)
    ).result(10)
    first = claim("d1")
    assert first is not None
    assert (first.role, first.used_at, first.chat_id) == (ChatRole.ROOM, clock(), cast.room)
    assert claim("d1") is None
    assert claim("no such code") is None
    clock.passes(hours=1)
    assert claim("d2") is None


def test_one_account_is_one_person(writer: Writer, cast: Cast) -> None:
    found = writer.read_now(lambda unit: unit.people.find_by_account("memory", "mei of Harbour Court"))
    assert found is not None
    assert (found[0].id, found[1]) == (cast.mei, "Mei")
    assert writer.read_now(lambda unit: unit.people.find_by_account("pigeon", "mei of Harbour Court")) is None
