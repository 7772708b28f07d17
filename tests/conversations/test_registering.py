"""A day at the front desk: tenants call, come by and write letters, and what they tell goes the way of any request."""

import pytest

from storage.registration_vocabulary import Source
from storage.vocabulary import (
    AttachmentKind,
    CallbackOutcome,
    CloseReason,
    Disposition,
    Kind,
    TicketState,
    Trade,
    Urgency,
)
from tests.world import World


def test_one_line_is_read_whole_and_goes_the_way_of_any_request(world: World) -> None:
    joan, li = world.person("Joan"), world.person("Li")
    joan.says("/new 3-1202 王女士 13800138000 厨房漏水 电话", world.desk_chat)
    ticket = world.ticket()
    assert (ticket.kind, ticket.trade, ticket.words) == (Kind.REPAIR, Trade.PLUMBING, "厨房漏水")
    assert (ticket.unit, ticket.phone, ticket.source) == ("1202", "13800138000", Source.PHONE)
    card = world.engineering.find("#1001", "厨房漏水", "👤 王女士", "13800138000", "3栋 1202")
    assert "🧾 By phone, registered by Joan" in card.speech.text
    assert world.desk_chat.hears("Registered as #1001", "Engineering", "no chat with us")
    assert world.room.texts == []
    li.taps("Take", world.engineering)
    li.replies(world.engineering.find("#1001", "“"), "Is ten o'clock fine?", world.engineering)
    assert world.engineering.hears("📵 #1001", "王女士", "call 13800138000")
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    for chat in (world.desk_chat, world.room):
        assert not any("No. 1001 is done" in text for text in chat.wordings), chat.title
    world.passes(hours=3)
    assert world.desk_chat.hears("📞 Please call back: #1001", "王女士", "13800138000")
    joan.replies(world.desk_chat.last, "I called twice, she is out", world.desk_chat)
    assert world.inbox[-1].reason == "a note among staff"
    joan.taps("Nobody answers", world.desk_chat)
    assert world.ticket().state is TicketState.DONE
    joan.taps("not fixed", world.desk_chat)
    assert world.ticket().state is TicketState.ACCEPTED
    assert world.ticket().urgency is Urgency.URGENT
    assert world.engineering.hears("#1001", "not fixed")
    li.taps("Done", world.engineering, world.engineering.find("#1001", "“", "👤"))
    li.taps("Repaired", world.engineering)
    world.passes(hours=3)
    joan.taps("fixed", world.desk_chat, world.desk_chat.last)
    assert world.ticket().close_reason is CloseReason.CONFIRMED
    outcomes = world.look(lambda unit: [unit.afterwards.find_callback(world.ticket().id, n) for n in (1, 2)])
    assert [one.outcome for one in outcomes if one] == [CallbackOutcome.NOT_FIXED, CallbackOutcome.FIXED]


def test_a_tenant_the_desk_knows_is_told_in_their_own_chat_and_asked_there(world: World) -> None:
    ann, joan, li = world.person("Ann"), world.person("Joan"), world.person("Li")
    ann.says("The kitchen tap in Block 3 1202 is leaking, my phone is 13800138000")
    ann.starts()
    world.act(lambda unit: setattr(unit.people.get(world.ticket().reporter_id), "phone", "13800138000"))
    world.room.screen.clear()
    joan.says("/new 3-1202 Mrs Wong 13800138000 the bedroom socket is dead, phone", world.desk_chat)
    assert world.ticket(1002).reporter_id == world.ticket(1001).reporter_id
    assert ann.private.hears("1002")
    assert world.desk_chat.hears("Registered as #1002", "told in their own chat")
    assert world.room.texts == []
    li.taps("Take", world.engineering, world.engineering.find("#1002", "“"))
    assert ann.private.hears("1002", "Li")
    li.taps("Done", world.engineering, world.engineering.find("#1002", "“"))
    li.taps("Repaired", world.engineering)
    world.passes(hours=4)
    assert ann.private.hears("1002", "fixed?") or any("1002" in text for text in ann.private.texts)
    assert not world.desk_chat.hears("Please call back")


def test_question_by_question_through_a_restart(world: World) -> None:
    joan = world.person("Joan")
    joan.says("/new", world.desk_chat)
    assert world.desk_chat.hears("Who is it?")
    joan.says("张阿姨", world.desk_chat)
    world.restarts()
    assert world.desk_chat.hears("张阿姨", "Which building and room")
    joan.says("五栋 803", world.desk_chat)
    joan.says("don't know", world.desk_chat)
    assert world.desk_chat.hears("does not look like a phone number")
    joan.taps("Skip", world.desk_chat)
    world.person("Zhou").says("Who has the key to the store room?", world.desk_chat)
    assert world.inbox[-1].disposition is Disposition.IGNORED, "a colleague's talk fills in nobody's form"
    joan.says("卫生间下水道堵了", world.desk_chat)
    joan.sends(AttachmentKind.PHOTO, chat=world.desk_chat)
    assert world.desk_chat.hears("How did it reach you?", "1 file")
    assert "for somebody else" in world.person("Zhou").taps("At the front desk", world.desk_chat)
    joan.taps("At the front desk", world.desk_chat)
    ticket = world.ticket()
    assert (ticket.unit, ticket.source, ticket.words) == ("803", Source.FRONT_DESK, "卫生间下水道堵了")
    assert world.engineering.find("#1001", "👤 张阿姨", "At the front desk, registered by Joan")
    assert world.engineering.find("📎 No. 1001").media is not None
    joan.taps("By letter", world.desk_chat)
    assert world.ticket().source is Source.LETTER
    assert world.engineering.hears("#1001", "By letter, registered by Joan")


def test_what_is_told_beside_a_place_or_a_phone_is_kept(world: World) -> None:
    joan = world.person("Joan")
    joan.says("/new", world.desk_chat)
    joan.taps("Skip", world.desk_chat)
    joan.says("3-1202 王女士", world.desk_chat)
    joan.says("13800138000 厨房漏水", world.desk_chat)
    assert world.desk_chat.hears("王女士", "3-1202", "13800138000", "厨房漏水", "How did it reach you?")
    joan.taps("By phone", world.desk_chat)
    ticket = world.ticket()
    assert (ticket.unit, ticket.phone, ticket.words) == ("1202", "13800138000", "厨房漏水")
    assert world.engineering.find("#1001", "👤 王女士")


def test_a_form_is_cancelled_or_left_lying_and_opens_nothing(world: World) -> None:
    joan = world.person("Joan")
    joan.says("/new 3-1202 王女士", world.desk_chat)
    assert world.desk_chat.hears("王女士", "3-1202", "Which phone number")
    joan.taps("Cancel", world.desk_chat)
    assert world.desk_chat.hears("Cancelled; nothing was opened")
    joan.says("the kitchen is leaking", world.desk_chat)
    joan.says("/new", world.desk_chat)
    world.passes(minutes=31)
    joan.says("Mr Wong", world.desk_chat)
    assert "already" in joan.taps("Skip", world.desk_chat)
    assert world.desk_chat.hears("/new begins another")
    assert world.tickets == []


def test_words_for_a_newer_question_fill_in_no_form(world: World) -> None:
    world.person("Ann").says("The kitchen tap in Block 3 1202 is leaking")
    li = world.person("Li")
    li.says("/new", world.engineering)
    world.passes(minutes=1)
    li.taps("Done", world.engineering, world.engineering.find("#1001", "“"))
    li.taps("own", world.engineering)
    li.says("New washer, dry again", world.engineering)
    assert world.ticket().done_words == "New washer, dry again"
    assert world.engineering.hears("Who is it?")


def test_danger_told_by_phone_pages_everybody_at_once(world: World) -> None:
    world.person("Joan").says(
        "/new Block 3 1202 Mr Wong 13800138000 strong smell of gas in the kitchen, phone", world.desk_chat
    )
    assert world.ticket().urgency is Urgency.EMERGENCY
    assert world.managers.hears("#1001")
    assert world.security.hears("#1001")
    assert not world.desk_chat.hears("119")


@pytest.mark.parametrize(
    ("line", "name", "place", "words", "source"),
    [
        ("巡查 3栋大堂灯不亮", None, None, "3栋大堂灯不亮", Source.PATROL),
        ("王伟 5栋803 卧室没电 前台", "王伟", "5栋803", "卧室没电", Source.FRONT_DESK),
        ("来信 李太太,3-1202,希望大堂加个雨伞架", "李太太", "3-1202", "希望大堂加个雨伞架", Source.LETTER),
        ("Mrs Wong Block 3 1202 the tap drips email", "Mrs Wong", "Block 3 1202", "the tap drips", Source.EMAIL),
        ("王女士說冷氣不冷 電話", None, None, "王女士說冷氣不冷", Source.PHONE),
    ],
)
def test_lines_as_staff_write_them(
    world: World, line: str, name: str | None, place: str | None, words: str, source: Source
) -> None:
    world.person("Joan").says(f"/new {line}", world.desk_chat)
    ticket = world.ticket()
    assert (ticket.words, ticket.source) == (words, source)
    tenant = world.look(lambda unit: unit.people.get(ticket.reporter_id).name)
    assert tenant == (name or place or "?")
