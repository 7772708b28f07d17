"""Somebody complains without a name: nobody finds out who it was, and the answers reach them all the same."""

from sqlalchemy import select, text

from storage.models import Account, Base, Chat, Person
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind, Group, Kind
from tests.world import World

STORY = "/anonymous I am Ann from Block 3 room 1202, 13800138000. The cleaner Mei sleeps on duty and was rude to me"


def everything(world: World, *, but: set[str]) -> str:
    """All that the database holds, table by table."""

    def look(unit: UnitOfWork) -> str:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in but]
        rows = [repr(dict(row)) for table in tables for row in unit.session.execute(select(table)).mappings()]
        return "\n".join(rows)

    return world.look(look)


def test_nobody_learns_who_it_was_and_the_answers_arrive(world: World) -> None:
    ann, may, boss = world.person("Ann"), world.person("May"), world.person("Boss")
    ann.starts()
    ann.says(STORY, ann.private)
    assert ann.private.hears("Received without your name, no. 1001", "I left out")
    card = world.managers.find("#1001", "🕶 Anonymous", "cleaner Mei")
    assert "1202" not in card.speech.plain
    assert "138" not in card.speech.plain
    assert "Ann" not in card.speech.text.replace("🕶 Anonymous", "")
    assert not any(chat.hears("1001") for chat in (world.room, world.desk_chat, world.engineering))
    boss.taps("Take", world.managers, card)
    boss.replies(world.managers.find("#1001"), "Thank you for telling us. Which day was it?", world.managers)
    assert ann.private.hears("Which day was it?")
    ann.replies(ann.private.find("Which day"), "Tuesday, call me on 13800138000", ann.private)
    assert world.managers.hears("🕶", "Tuesday")
    assert not world.managers.hears("13800138000")
    boss.taps("Confirm with", world.managers)
    boss.says("You told us that our cleaner sleeps on duty and was rude.", world.managers)
    ann.taps("Yes", ann.private)
    assert world.managers.hears("yes, that is right")
    ann.says("And she laughed at me", ann.private)
    assert world.managers.hears("🕶", "laughed at me")
    boss.says("/t 1001", world.managers)
    boss.says("/find Ann", world.managers)
    may.says("/find rude", world.desk_chat)
    assert not any("Ann" in said.replace("🕶 Anonymous", "").replace("“Ann”", "") for said in world.managers.wordings)
    ticket = world.ticket()
    assert (ticket.kind, ticket.unit, ticket.phone, ticket.message_id) == (Kind.COMPLAINT, None, None, None)


def test_no_row_leads_from_the_ticket_to_the_author(world: World) -> None:
    """Apart from the tables of accounts and chats, where everybody stands who ever spoke, nothing names the author."""
    ann = world.person("Ann Lee")
    ann.starts()
    started = {row.id for row in world.inbox}
    ann.says("/anonymous The guard stole from my mother", ann.private)
    said = ann.sends(AttachmentKind.PHOTO, "He shouts at everybody", ann.private)
    ann.edits(said, "He shouts at everybody, each night", ann.private)
    world.passes(days=3)

    def look(unit: UnitOfWork) -> tuple[int, int, str]:
        account = unit.session.scalars(select(Account).where(Account.name == "Ann Lee")).one()
        chat = unit.session.scalars(select(Chat).where(Chat.person_id == account.person_id)).one()
        return account.person_id, chat.id, chat.address

    person_id, chat_id, address = world.look(look)
    new = [row for row in world.inbox if row.id not in started]
    assert new
    assert all(row.raw == "{}" and row.text is None for row in new)
    assert all((row.person_id, row.chat_id) != (person_id, chat_id) and row.person_id != person_id for row in new)
    ticket = world.ticket()
    assert person_id != ticket.reporter_id
    assert chat_id != ticket.chat_id
    about = [row for row in world.outbox if row.ticket_id == ticket.id]
    assert all(row.chat_id != chat_id and row.person_id != person_id for row in about)
    told = everything(world, but={"account", "person", "chat", "inbox"})
    assert "Ann Lee" not in told
    assert address not in told
    assert ann.private.hears("no. 1001")
    assert world.managers.hears("each night")
    stood_for = world.look(
        lambda unit: unit.session.scalars(select(Person).where(Person.id == ticket.reporter_id)).one()
    )
    assert stood_for.name == "🕶"


def test_the_author_may_let_the_room_be_shown(world: World) -> None:
    ann = world.person("王芳")
    ann.starts()
    ann.says("请匿名：我是3栋1202的王芳，楼上天天半夜吵，物业不管", ann.private)
    assert world.desk_chat.hears("🕶")
    assert not world.desk_chat.hears("1202")
    ann.taps("可以", ann.private)
    assert world.desk_chat.hears("🕶", "1202")
    assert ann.private.hears("仍然没有您的名字")
    world.person("May").says("/t 1001", world.desk_chat)
    assert "1202" in world.desk_chat.last.speech.plain, "the thread has them as well"
    assert world.ticket().group is Group.DESK


def test_a_wish_in_the_group_is_told_the_way(world: World) -> None:
    """Nothing is opened under a name that everybody has read; an empty wish is asked for its words; a poll is talk."""
    ann = world.person("Ann")
    ann.says("/anonymous the manager is lazy")
    ann.says("我要匿名投诉保安态度恶劣")
    ann.says("大家匿名投票选业委会吧")
    assert world.tickets == []
    assert len(world.room.texts) == 2
    assert world.room.hears("/anonymous")
    ann.starts()
    ann.says("/anonymous", ann.private)
    assert ann.private.hears("先写“匿名”两个字")
    ann.says("my kitchen tap is leaking, Block 3 room 1202", ann.private)
    assert world.ticket().kind is Kind.REPAIR
    assert world.ticket().unit == "1202"


def test_other_requests_keep_their_name_and_a_flood_stays_together(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    for words in ("the pool is dirty", "the gym is closed", "the garden is a mess", "the lobby smells"):
        ann.says(f"/anonymous {words}", ann.private)
        world.passes(minutes=40)
    assert len(world.tickets) == 3
    ann.says("The kitchen pipe is leaking, Block 3 room 1202", ann.private)
    assert world.tickets[-1].kind is Kind.REPAIR
    world.restarts()
    may = world.person("May")
    may.replies(world.desk_chat.find("#1002", "gym"), "It opens tomorrow", world.desk_chat)
    assert ann.private.hears("It opens tomorrow")
    assert world.look(lambda unit: unit.session.scalar(text("select count(*) from person where name = '🕶'"))) == 3
