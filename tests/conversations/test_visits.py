"""Agreeing on a visit: staff or tenant name an hour, the other side agrees, and both are reminded of it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine, select

from bot.channels.channel import Abilities, SendFailed
from storage.models import Visit
from storage.visit_vocabulary import VisitState
from storage.vocabulary import TicketState
from tests.rosters import set_roster
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"
LEAK_ZH = "3栋1202厨房水管漏水，请来修"
PLAIN = Abilities(buttons=False, edits=False, reactions=False, writes_first=False, groups=True, text_limit=2048)


@pytest.fixture
def plain(engine: Engine) -> Iterator[World]:
    """The same site on a channel like WeChat's."""
    stage = World(engine, abilities=PLAIN)
    yield stage
    stage.ends()


def visits(world: World) -> list[Visit]:
    """Every hour that was ever proposed, the oldest first."""
    return world.look(lambda unit: list(unit.session.scalars(select(Visit).order_by(Visit.id))))


def taken(world: World, words: str = LEAK) -> None:
    """Ann, who can be written to, has told of it, and Li has it."""
    world.person("Ann").starts()
    world.person("Ann").says(words)
    world.person("Li").taps("Take", world.engineering)


def speak_chinese(world: World) -> None:
    world.act(lambda unit: setattr(unit.chats.find("memory", world.engineering.address), "language", "zh_CN"))


def test_a_visit_from_the_first_hour_to_the_callback(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(f"{LEAK}, I am home after 6pm tonight")
    assert "📅 Visit" not in world.engineering.labels, "nobody agrees on a visit before somebody has taken it"
    li.taps("Take", world.engineering)
    li.taps("📅 Visit", world.engineering)
    hours = [label for label in world.engineering.labels if "Mar" in label]
    assert hours[0] == "🙋 Mon, Mar 2, 18:00–20:00", "what the tenant has asked for comes first"
    assert hours[1] == "Mon, Mar 2, 10:00–12:00", "no hour that has gone by, nor one in which nobody can be there"
    assert len(hours) <= 6
    assert "Asking the tenant" in li.taps("Tue, Mar 3, 14:00", world.engineering)
    assert world.engineering.hears("#1001", "waits for the tenant: Tue, Mar 3, 14:00–18:00")
    assert ann.private.last.speech.text.startswith("📅 No. 1001: Li could come on Tue, Mar 3, 14:00–18:00")
    ann.taps("That suits me", ann.private)
    assert "Agreed for no. 1001: Li comes on Tue, Mar 3" in ann.private.last.speech.text
    assert world.engineering.hears("#1001", "Visit agreed: Tue, Mar 3, 14:00–18:00")
    assert world.engineering.hears("the visit is agreed", "📍 3栋 1202")
    assert "1202" not in " ".join(world.room.wordings)
    ann.says("/my", ann.private)
    assert ann.private.hears("Your requests", "No. 1001: somebody comes on Tue, Mar 3, 14:00–18:00")
    before = len(ann.private.texts)
    ann.says("ok", ann.private)
    assert len(visits(world)) == 1, "an ok to what is agreed is no news"
    world.passes(hours=9, minutes=20)  # 18:50, the evening before
    assert not any("A reminder" in text for text in ann.private.texts[before:])
    world.passes(minutes=15)
    assert ann.private.hears("A reminder: Li comes for no. 1001")
    assert world.engineering.hears("🔔 #1001", "👉 Li", "📍 3栋 1202")
    world.passes(hours=18)  # 13:05 on Tuesday
    assert not world.engineering.hears("the visit is soon")
    world.passes(minutes=30)
    assert world.engineering.hears("🚶 #1001", "the visit is soon")
    world.passes(hours=4, minutes=20)
    assert not world.engineering.hears("were you there?"), "while the hours last nobody is asked"
    world.passes(minutes=40)
    assert world.engineering.hears("👉 Li", "#1001", "were you there?")
    li.taps("✅ Done", world.engineering, world.engineering.find("were you there?"))
    li.taps("Repaired", world.engineering)
    assert world.ticket().state is TicketState.DONE
    assert [visit.state for visit in visits(world)] == [VisitState.KEPT]
    steps = [entry.text.partition(":")[0] for entry in world.look(lambda u: u.tickets.list_entries(world.ticket().id))]
    assert [step for step in steps if step.startswith("visit")] == ["visit_proposed", "visit_agreed"]


def test_the_tenant_names_another_hour_and_staff_accept_it(world: World) -> None:
    speak_chinese(world)
    ann, li, wu = world.person("Ann"), world.person("Li"), world.person("Wu")
    ann.starts()
    ann.says(LEAK_ZH)
    li.taps("接单", world.engineering)
    promised = world.ticket().finish_due_at
    assert promised is not None
    card = world.engineering.find("#1001")
    li.replies(card, "明天下午3点可以上门吗", world.engineering)
    assert ann.private.hears("Li可以在 3月3日 星期二 15:00 上门，您方便吗？")
    ann.says("周六上午行吗", ann.private)
    assert ann.private.hears("3月7日 星期六 09:00–12:00", "已转告师傅")
    wanted = world.engineering.find("Ann提议 3月7日 星期六 09:00–12:00 上门", "原来是：3月3日 星期二 15:00")
    assert world.engineering.hears("住户提议：3月7日")
    ann.says("不好意思，改到周日下午吧", ann.private)
    assert "新进展" in li.taps("同意", world.engineering, wanted)
    assert visits(world)[-1].state is VisitState.PROPOSED, "an old proposal accepts no newer one"
    assert wu.taps("同意", world.engineering, world.engineering.find("提议 3月8日"))
    assert ann.private.hears("1001号工单约好了：Li 3月8日 星期日 14:00–18:00 上门")
    assert [visit.state for visit in visits(world)] == [VisitState.OFF, VisitState.OFF, VisitState.AGREED]
    assert world.ticket().finish_due_at == promised + (visits(world)[-1].starts_at - world.clock.now())
    ann.says("周日不行了，临时有事", ann.private)
    assert world.engineering.hears("Ann：3月8日", "不方便", "临时有事", "已请住户另选时间")
    assert world.ticket().finish_due_at == promised, "only an hour of the tenant's own moves the promise"
    ann.taps("3月3日 星期二 09:00", ann.private)
    assert world.engineering.hears("Ann提议 3月3日 星期二 09:00–12:00")
    li.taps("同意", world.engineering, world.engineering.find("Ann提议 3月3日"))
    world.passes(hours=12)
    reminders = [text for text in ann.private.texts if "提醒您" in text]
    assert reminders == ["🔔 提醒您：Li将在 3月3日 星期二 09:00–12:00 上门（1001号工单）。"], "none of those given up"
    ann.says("取消上门", ann.private)
    assert ann.private.hears("的上门已取消", "工单还在")
    world.passes(days=2)
    assert not world.engineering.hears("上门了吗")


def test_hours_in_words_of_many_kinds(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    taken(world)
    li.taps("📅 Visit", world.engineering)
    li.taps("Write a time", world.engineering)
    li.says("no idea yet, let me look", world.engineering)
    assert "couldn't read an hour" in world.engineering.last.speech.text
    li.says("tomorrow 3pm", world.engineering)
    asked = ann.private.find("Li could come on Tue, Mar 3, 15:00")
    assert not ann.private.hears("no idea yet")
    ann.says("3pm is fine, thanks", ann.private)
    assert ann.private.hears("Agreed for no. 1001")
    assert "answered already" in ann.taps("That suits me", ann.private, asked)
    li.replies(world.engineering.find("#1001", "👤"), "I bring a new tap along", world.engineering)
    assert ann.private.hears("I bring a new tap along"), "words that say more are the tenant's as ever"
    li.says("see you tomorrow 4pm at the canteen", world.engineering)
    assert len(visits(world)) == 1
    ann.says("Any chance of 5pm instead?", ann.private)
    ann.says("The bedroom light in Block 3 1202 is broken too, please repair it", ann.private)
    assert len(world.tickets) == 2


def test_nobody_home_is_told_kindly_and_waits_for_the_tenant(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    taken(world)
    li.replies(world.engineering.find("#1001"), "today 2pm", world.engineering)
    ann.taps("That suits me", ann.private)
    world.passes(hours=2, minutes=40)  # 12:10
    assert ann.private.hears("A reminder"), "two hours before, as the evening before has gone by"
    world.passes(hours=4)
    li.taps("Not yet", world.engineering)
    world.passes(hours=1, minutes=30)
    li.taps("Nobody home", world.engineering, world.engineering.find("were you there?"))
    assert ann.private.hears("we came (Mon, Mar 2, 14:00) and missed you. No harm done!")
    assert world.engineering.hears("#1001", "Waits for the tenant")
    ann.says("sorry! tomorrow morning?", ann.private)
    assert world.engineering.hears("Ann proposes Tue, Mar 3, 09:00–12:00")
    assert not world.engineering.hears("Waits for the tenant")
    li.taps("Accept", world.engineering)
    ann.says("cancel no. 1001 please, I fixed it myself", ann.private)
    assert world.ticket().state is TicketState.CANCELLED
    texts = len(world.engineering.texts)
    world.passes(days=2)
    assert len(world.engineering.texts) == texts, "a ticket that is over reminds nobody"


def test_whoever_cannot_be_written_to_is_called(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says(f"{LEAK}, phone 13800138000")
    world.shut_out_of(world.room)
    li.taps("Take", world.engineering)
    li.taps("📅 Visit", world.engineering)
    li.taps("Write a time", world.engineering)
    li.says("tomorrow 3pm", world.engineering)
    assert world.engineering.hears("cannot write to the tenant", "13800138000")
    li.taps("📅 Visit", world.engineering)
    li.taps("Agreed by phone", world.engineering)
    assert world.engineering.hears("Visit agreed: Tue, Mar 3, 15:00")
    assert world.engineering.hears("has not been told in writing", "13800138000")
    told = len(world.engineering.texts)
    li.taps("📅 Visit", world.engineering)
    li.taps("No visit", world.engineering)
    assert not world.engineering.hears("Visit agreed: Tue")
    assert any("has not been told in writing" in text for text in world.engineering.texts[told:])
    bob = world.person("Bob")
    bob.starts()
    bob.says("The bathroom drain in Block 5 301 is blocked", bob.private)
    bob.private.refuses(SendFailed("blocked", permanent=True))
    card = world.engineering.find("#1002", "👤 Bob")
    li.taps("Take", world.engineering, card)
    li.replies(card, "tomorrow 3pm", world.engineering)
    assert world.engineering.hears("#1002", "cannot write to the tenant about the visit"), "found out when it was sent"


def test_in_the_room_only_the_author_agrees_and_no_flat_is_named(world: World) -> None:
    ann, bob, li = world.person("Ann"), world.person("Bob"), world.person("Li")
    ann.says(LEAK)
    li.taps("Take", world.engineering)
    li.replies(world.engineering.find("#1001"), "tomorrow at 10:30", world.engineering)
    assert not any("10:30" in text for text in world.room.texts), "an answer waits in private, as ever"
    li.taps("📅 Visit", world.engineering)
    li.taps("Write a time", world.engineering)
    li.replies(world.engineering.last, "tomorrow at 10:30", world.engineering)
    asked = world.room.find("Li could come on Tue, Mar 3, 10:30")
    assert "somebody else" in bob.taps("That suits me", world.room, asked)
    bob.says("ok tomorrow then", world.room)
    assert visits(world)[0].state is VisitState.PROPOSED
    ann.replies(asked, "👍", world.room)
    assert visits(world)[0].state is VisitState.AGREED
    assert not any("1202" in text for text in world.room.wordings)
    agreed = world.room.find("No. 1001: the visit is agreed", "in our private chat")
    assert "10:30" not in agreed.speech.plain, "when a door will be opened is not for the neighbours"
    world.passes(hours=10)
    reminder = world.room.find("No. 1001: a reminder of the visit")
    assert "10:30" not in reminder.speech.plain
    ann.starts()
    assert ann.private.hears("Li comes on Tue, Mar 3, 10:30")
    ann.starts()
    assert sum("Li comes on Tue" in text for text in ann.private.texts) == 1
    bob.says("The bathroom drain in Block 5 301 is blocked")
    for tap in ("Take", "📅 Visit", "Mar 3, 14:00"):
        li.taps(tap, world.engineering, world.engineering.find("#1002", "👤 Bob"))
    bob.taps("Another time", world.room, world.room.find("No. 1002"))
    bob.taps("Wed, Mar 4, 09:00", world.room)
    assert world.room.last.speech.plain == "📅 No. 1002: I've asked the team and will tell you."


def test_working_hours_are_kept_and_two_visits_at_once_are_told(world: World) -> None:
    set_roster(world, hours=[("", "workdays", "08:30", "17:30")])
    ann, bob, li = world.person("Ann"), world.person("Bob"), world.person("Li")
    taken(world)
    li.taps("📅 Visit", world.engineering)
    hours = [label for label in world.engineering.labels if "Mar" in label]
    assert hours[1:3] == ["Mon, Mar 2, 14:00–17:30", "Tue, Mar 3, 09:00–12:00"], "no evening in which nobody works"
    li.taps("Tue, Mar 3, 09:00", world.engineering)
    ann.taps("That suits me", ann.private)
    bob.starts()
    bob.says("The bathroom drain in Block 5 301 is blocked")
    li.taps("Take", world.engineering, world.engineering.find("#1002"))
    li.replies(world.engineering.find("#1002", "👤"), "tomorrow 10am", world.engineering)
    bob.says("yes that works", bob.private)
    assert world.engineering.hears("#1002", "the visit is agreed", "⚠️ Li, you also have #1001 then")
    world.clock.time = datetime(2026, 3, 6, 9, 0, tzinfo=world.clock.time.tzinfo)  # 17:00 on Friday
    li.taps("📅 Visit", world.engineering, world.engineering.find("#1002", "👤"))
    hours = [label for label in world.engineering.labels if "Mar" in label]
    assert hours[0].startswith("Mon, Mar 9"), "nor a Saturday"


def test_where_there_are_no_buttons_hours_are_numbered(plain: World) -> None:
    ann, li = plain.person("Ann"), plain.person("Li")
    ann.starts()
    ann.says(LEAK)
    for number in ("1", "2", "1"):  # take; visit; the first hour
        li.replies(plain.engineering.last, number, plain.engineering)
    assert ann.private.hears("Does that suit you?", "1. 👍 That suits me", "2. 🕐 Another time")
    ann.says("2", ann.private)
    assert ann.private.hears("when would suit you?", "4. Tue, Mar 3, 09:00–12:00")
    ann.says("4", ann.private)
    wanted = plain.engineering.find("Ann proposes Tue, Mar 3, 09:00–12:00", "1. 👍 Accept")
    li.replies(wanted, "1", plain.engineering)
    assert ann.private.hears("Agreed for no. 1001: Li comes on Tue, Mar 3, 09:00–12:00")


def test_a_visit_outlives_the_merging_of_its_ticket(world: World) -> None:
    """The tenant stays at home for it, whatever card stands for their trouble now."""
    ann, li = world.person("Ann"), world.person("Li")
    taken(world)
    world.person("Bob").says("The bathroom tap in Block 3 1102 is leaking")
    li.taps("Take", world.engineering, world.engineering.find("#1002", "👤 Bob"))
    li.replies(world.engineering.find("#1001", "👤 Ann"), "tomorrow 3pm", world.engineering)
    ann.says("Wed morning please", ann.private)
    li.taps_more("Merge", world.engineering, world.engineering.find("#1001", "👤 Ann"))
    li.taps("#1002 ·", world.engineering)
    assert world.ticket().incident_id == world.ticket(1002).id
    assert "Recorded" in li.taps("Accept", world.engineering, world.engineering.find("Ann proposes Wed"))
    assert ann.private.hears("Agreed for no. 1001", "Wed, Mar 4")
    world.passes(hours=34)
    assert ann.private.hears("A reminder", "no. 1001")
    assert world.engineering.hears("🔔 #1001", "📍 3栋 1202")
    world.passes(hours=20)
    assert "Recorded" in li.taps("Nobody home", world.engineering)
    assert ann.private.hears("we came", "missed you")


def test_done_at_the_door_of_a_merged_ticket_finishes_it_there(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    taken(world)
    world.person("Bob").says("The bathroom tap in Block 3 1102 is leaking")
    li.taps("Take", world.engineering, world.engineering.find("#1002", "👤 Bob"))
    li.replies(world.engineering.find("#1001", "👤 Ann"), "today 2pm", world.engineering)
    ann.taps("That suits me", ann.private)
    li.taps_more("Merge", world.engineering, world.engineering.find("#1001", "👤 Ann"))
    li.taps("#1002 ·", world.engineering)
    world.passes(hours=6)
    li.taps("✅ Done", world.engineering, world.engineering.find("were you there?"))
    assert "done" in li.taps("Repaired", world.engineering, world.engineering.find("were you there?"))
    assert world.ticket().state is TicketState.DONE
    assert world.ticket(1002).state is TicketState.ACCEPTED
    assert ann.private.hears("No. 1001 is done")


def test_a_report_asked_for_before_the_merging_finishes_no_half_of_it(world: World) -> None:
    li, wu = world.person("Li"), world.person("Wu")
    taken(world)
    card = world.engineering.find("#1001", "👤 Ann")
    world.person("Bob").says("The bathroom tap in Block 3 1102 is leaking")
    li.taps_stale("done:own", world.engineering, card)
    wu.taps_stale("merge:1002", world.engineering, card)
    li.says("New washer", world.engineering)
    assert world.engineering.hears("#1001 has moved on")
    assert {world.ticket(1001).state, world.ticket(1002).state}.isdisjoint({TicketState.DONE})
    assert not world.person("Ann").private.hears("New washer")
