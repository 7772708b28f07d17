"""Danger to life: everybody at once, the safety line first, and no question."""

import pytest

from bot.channels.channel import SendFailed
from storage.models import Site
from storage.vocabulary import AttachmentKind, Disposition, Trade, Urgency
from tests.world import World, site

CRIES = [
    ("lift 3 trapped people inside help", "press the alarm button"),
    ("有人被困电梯", "按"),
    ("smell of gas in the corridor", "Open the windows"),
    ("fire on the 5th floor!", "Leave by the stairs"),
    ("水管爆了,家里全淹了", "阀"),
    ("厨房有很浓的煤气味", "119"),
    ("有人触电了", "120"),
    ("𨋢困咗人 快啲嚟", "119"),
]


@pytest.mark.parametrize(("cry", "safety"), CRIES)
def test_a_cry_pages_everybody_at_once(world: World, cry: str, safety: str) -> None:
    world.person("Ann").says(cry)
    ticket = world.ticket()
    assert ticket.urgency is Urgency.EMERGENCY
    assert safety in world.room.last.speech.plain
    assert any(number in world.room.last.speech.plain for number in ("119", "120"))
    assert "010-5555 0100" in world.room.last.speech.plain
    for chat in (world.engineering, world.security):
        assert chat.find("🚨", "#1001").speech.buttons
    assert world.managers.hears("🚨", "#1001")
    assert len(world.room.screen) == 1
    assert world.disposition(world.inbox[-1].message_id or "").disposition is Disposition.OPENED


def test_an_emergency_in_private_is_answered_in_private(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says("smell of gas in my kitchen!", ann.private)
    assert ann.private.hears("Open the windows", "119")
    assert not ann.private.hears("which building")
    assert world.room.wordings == []


def test_nobody_is_named_who_was_not_paged(world: World) -> None:
    world.shut_out_of(world.security)
    world.shut_out_of(world.managers)
    world.person("Ann").says("smell of gas in the corridor")
    assert "Engineering" in world.room.last.speech.plain
    assert "Security" not in world.room.last.speech.plain
    assert "manager" not in world.room.last.speech.plain
    world.shut_out_of(world.engineering)
    world.shut_out_of(world.desk_chat)
    world.person("Bob").says("fire on the 5th floor!")
    assert "could not reach" in world.room.last.speech.plain


@pytest.mark.parametrize(
    "talk", ["fire drill at 3?", "消防演习是几点?", "下午三点消防演习,大家不要惊慌", "昨天新闻说隔壁小区着火了"]
)
def test_a_false_alarm_pages_nobody(world: World, talk: str) -> None:
    world.person("Ann").says(talk)
    assert not world.managers.hears("🚨")
    assert world.security.wordings == []
    assert all(ticket.urgency is not Urgency.EMERGENCY for ticket in world.tickets)


def test_the_second_cry_joins_the_first(world: World) -> None:
    ann = world.person("Ann")
    ann.says("smell of gas in the corridor")
    ann.says("strong smell of gas, please hurry!!")
    assert len(world.tickets) == 1
    assert world.engineering.hears("💬 #1001", "hurry")
    assert sum("🚨" in text for text in world.managers.wordings) == 1


def test_another_danger_is_another_page(world: World) -> None:
    ann = world.person("Ann")
    ann.says("smell of gas in the corridor")
    ann.says("fire on the 5th floor!")
    assert [ticket.trade for ticket in world.tickets] == [Trade.GAS, Trade.FIRE_SAFETY]
    assert sum("🚨" in text for text in world.managers.wordings) == 2


def test_both_duty_chats_may_take_it_and_one_has_it(world: World) -> None:
    li, guard = world.person("Li"), world.person("Guard")
    world.person("Ann").says("fire on the 5th floor!")
    assert "yours" in guard.taps("Take", world.security)
    assert "Guard" in world.engineering.find("#1001").speech.text
    assert not any("Take" in label for label in world.engineering.labels)
    assert "with Guard" in li.taps_stale("take", world.engineering)


def test_nobody_takes_it_and_soon_everybody_hears_so(world: World) -> None:
    world.person("Ann").says("fire on the 5th floor!")
    world.passes(minutes=7)
    assert world.security.hears("#1001 has waited 3 min")
    assert world.managers.hears("has not taken #1001", "6 min")


def test_it_is_heard_even_when_said_to_a_neighbour(world: World) -> None:
    world.person("Ann").says("there is fire on the 5th floor!", is_to_another=True)
    assert world.ticket().urgency is Urgency.EMERGENCY


def test_an_old_cry_is_paged_with_its_time(world: World) -> None:
    from datetime import timedelta

    world.person("Ann").says("fire on the 5th floor!", sent_at=world.clock.now() - timedelta(hours=3))
    assert world.managers.hears("🕓 Written", "06:30")
    assert world.engineering.hears("#1001", "🕓 Written")


def test_the_managers_read_the_words_and_later_the_place(world: World) -> None:
    ann = world.person("Ann")
    ann.says("there is fire, help!!")
    assert world.room.last.speech.plain.count("Where exactly?") == 1
    assert "room, please" not in world.room.last.speech.plain
    assert world.managers.hears("🚨", "there is fire, help!!")
    assert world.engineering.hears("#1001", "there is fire, help!!")
    world.passes(minutes=5)
    ann.says("Block 3, 12th floor")
    assert len(world.tickets) == 1
    assert world.managers.hears("🚨", "📍 3栋")
    assert world.engineering.hears("💬 #1001", "12th floor")
    assert world.engineering.hears("🚨 #1001", "📍 3栋")


def test_who_says_where_it_is_is_not_asked(world: World) -> None:
    world.person("Ann").says("fire in Block 3, 12th floor!!")
    assert not world.room.hears("Where exactly?")


def strangers(world: World, cry: str = "煤气泄漏了!") -> None:
    """Two sites, and somebody no room has told us about."""
    world.second_site()
    eve = world.person("Eve")
    eve.says(cry, eve.private)


def test_a_stranger_hears_the_safety_line_at_once_and_is_asked_where(world: World) -> None:
    strangers(world)
    eve = world.person("Eve")
    assert eve.private.hears("开窗", "119", "📍")
    assert world.tickets == []
    eve.says("Sunshine Garden, Block 3", eve.private)
    assert world.ticket().urgency is Urgency.EMERGENCY
    assert world.managers.hears("🚨", "煤气泄漏了", "📍 3栋")
    assert world.security.hears("🚨 #1001", "煤气泄漏了")
    assert {row.disposition for row in world.inbox[-2:]} == {Disposition.OPENED, Disposition.ADDED}


def test_sites_with_different_numbers_leave_the_stranger_the_general_one(world: World) -> None:
    world.act(lambda unit: unit.sites.add(replace_number("Moonlight Court")))
    eve = world.person("Eve")
    eve.says("smell of gas, help!", eve.private)
    assert eve.private.hears("Open the windows", "your local emergency number")


def replace_number(name: str) -> Site:
    other = site(name)
    other.emergency_number = "112"
    return other


def test_a_cry_that_waited_is_paged_when_the_building_is_known_by_a_link(world: World) -> None:
    strangers(world, "smell of gas, help!")
    world.person("Eve").starts(code_of_room(world))
    assert world.managers.hears("🚨", "smell of gas, help!")
    world.person("Eve").starts(code_of_room(world))
    assert len(world.tickets) == 1


def code_of_room(world: World) -> str:
    found = world.look(lambda unit: unit.chats.find("memory", world.room.address))
    assert found is not None
    assert found.code is not None
    return found.code


def test_a_cry_in_a_group_nobody_has_linked(world: World) -> None:
    world.second_site()
    group, eve = world.chat("group-new", is_private=False, title="new"), world.person("Eve")
    eve.says("good morning", group)
    assert group.wordings == []
    eve.says("there is fire, help!!", group)
    assert group.hears("Leave by the stairs", "119")
    eve.says("we are at Sunshine Garden Block 5", group)
    assert world.managers.hears("🚨", "there is fire, help!!", "5栋")
    ann = world.person("Ann")
    ann.says("good morning")
    ann.says("fire in Block 3, 12th floor!!", group)
    assert len(world.tickets) == 2


@pytest.mark.parametrize("reason", ["kicked", "chat not found"])
def test_a_duty_chat_that_is_gone_is_replaced_and_the_tenant_told_the_truth(world: World, reason: str) -> None:
    world.engineering.refuses(SendFailed(reason, permanent=True, closes_chat=True))
    world.person("Ann").says("fire on the 5th floor!")
    assert world.desk_chat.find("🚨", "#1001").speech.buttons
    assert world.managers.hears("#1001", "Engineering", "did not reach")
    receipt = world.room.find("Emergency received").speech.plain
    assert "Engineering" not in receipt
    assert "Security" in receipt
    assert "Customer desk" in receipt


def test_nobody_can_be_reached_after_all_and_the_tenant_hears_so(world: World) -> None:
    for chat in (world.engineering, world.security, world.desk_chat, world.managers):
        chat.refuses(SendFailed("kicked", permanent=True, closes_chat=True))
    world.person("Ann").says("fire on the 5th floor!")
    assert "could not reach anybody" in world.room.last.speech.plain
    assert not world.room.hears("Alerted just now")


def test_an_emergency_is_promised_now_and_not_in_hours(world: World) -> None:
    world.person("Ann").says("fire on the 5th floor!")
    card = world.engineering.find("#1001").speech.text
    assert card.splitlines()[-1].endswith("now")


def test_an_emergency_nobody_takes_is_never_left_alone(world: World) -> None:
    world.person("Ann").says("fire on the 5th floor!")
    world.passes(hours=5)
    pages = [text for text in world.managers.wordings if "has not taken #1001" in text]
    assert 5 <= len(pages) <= 10
    assert not world.managers.hears("Not taken yet", "#1001")
    world.person("Guard").taps("Take", world.security)
    world.passes(hours=6)
    assert len([text for text in world.managers.wordings if "has not taken #1001" in text]) == len(pages)


def test_a_duty_chat_closed_before_anybody_took_it_hands_the_emergency_to_the_desk(world: World) -> None:
    world.person("Ann").says("fire on the 5th floor!")
    world.shut_out_of(world.engineering)
    assert world.desk_chat.find("🚨", "#1001").speech.buttons
    assert world.managers.hears("no longer write", "#1001")


@pytest.mark.parametrize(
    "cry", ["/help fire in Block 3, smoke everywhere", "/emergency gas leak in Block 3", "/fire Block 3", "/着火了 3栋"]
)
def test_a_cry_typed_as_a_command_is_a_cry(world: World, cry: str) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says(cry)
    assert world.ticket().urgency is Urgency.EMERGENCY
    assert world.managers.hears("🚨", "3栋", "#1001")
    bob.says(cry, bob.private)
    assert bob.private.hears("🚨", "119")


def test_a_stranger_may_cry_by_a_command_too(world: World) -> None:
    world.second_site()
    for number, cry in enumerate(("/help fire, smoke everywhere", "/fire"), 1001):
        sam = world.person(f"Sam {number}")
        sam.says(cry, sam.private)
        assert sam.private.hears("🚨", "119")
        sam.says("Sunshine Garden, Block 3", sam.private)
        assert world.ticket(number).urgency is Urgency.EMERGENCY
        assert world.managers.hears("🚨", f"#{number}")


def test_the_photo_of_a_strangers_cry_reaches_whoever_runs_there(world: World) -> None:
    world.second_site()
    sam = world.person("Sam")
    sam.sends(AttachmentKind.PHOTO, "", sam.private)
    sam.sends(AttachmentKind.PHOTO, "Fire! smoke everywhere, help", sam.private)
    sam.says("Sunshine Garden, Block 3", sam.private)
    assert sum(shown.media is not None for shown in world.security.screen) == 2
    assert world.security.hears("🚨 #1001", "2 files")
