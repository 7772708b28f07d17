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


def test_a_group_that_moved_is_found_at_every_address_it_had(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> None:
        assert unit.chats.move("memory", "duty of Harbour Court", "-1001")
        assert unit.chats.move("memory", "-1001", "-1002")
        assert not unit.chats.move("memory", "duty of Harbour Court", "-1001")  # old news

    writer.submit(act).result(10)
    assert chat(writer, cast.duty).address == "-1002"
    for address in ("duty of Harbour Court", "-1001", "-1002"):
        found = writer.read_now(lambda unit, at=address: unit.chats.find("memory", at))
        assert found is not None
        assert found.id == cast.duty


def test_a_linked_group_is_never_folded_into_one_nobody_linked(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> int:
        late = unit.chats.add(Chat(channel="memory", address="old id", role=ChatRole.UNLINKED))
        unit.outbox.add(**cast.message(unit.now, chat=late.id))
        assert unit.chats.move("memory", "old id", "duty of Harbour Court")
        return late.id

    late = writer.submit(act).result(10)
    assert (chat(writer, cast.duty).address, chat(writer, cast.duty).is_open) == ("duty of Harbour Court", True)
    assert chat(writer, late).address == f"duty of Harbour Court#folded-into-{cast.duty}"
    found = writer.read_now(lambda unit: unit.chats.find("memory", "old id"))
    assert found is not None
    assert found.id == cast.duty
    assert len(writer.read_now(lambda unit: unit.outbox.list_waiting(cast.duty, "NewTicket", Lane.NORMAL))) == 1


def test_a_group_linked_again_where_it_moved_to_keeps_its_row_and_its_newest_link(writer: Writer, cast: Cast) -> None:
    def act(unit: UnitOfWork) -> None:
        new = Chat(channel="memory", address="-1001", role=ChatRole.DUTY, site_id=cast.site, group=Group.SECURITY)
        unit.chats.add(new)
        unit.outbox.add(**cast.message(unit.now, chat=new.id))
        unit.chats.get(cast.duty).close("gone", unit.now)
        assert unit.chats.move("memory", "duty of Harbour Court", "-1001")

    writer.submit(act).result(10)
    kept = chat(writer, cast.duty)
    assert (kept.address, kept.group, kept.is_open) == ("-1001", Group.SECURITY, True)
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
