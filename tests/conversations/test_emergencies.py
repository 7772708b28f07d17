"""Danger to life: everybody at once, the safety line first, and no question."""

import pytest

from storage.vocabulary import Disposition, Trade, Urgency
from tests.world import World

CRIES = [
    ("lift 3 trapped people inside help", "press the alarm button"),
    ("有人被困电梯", "按"),
    ("smell of gas in the corridor", "Open the windows"),
    ("fire on the 5th floor!", "Leave by the stairs"),
    ("水管爆了,家里全淹了", "阀"),
    ("厨房有很浓的煤气味", "119"),
    ("有人触电了", "119"),
    ("𨋢困咗人 快啲嚟", "119"),
]


@pytest.mark.parametrize(("cry", "safety"), CRIES)
def test_a_cry_pages_everybody_at_once(world: World, cry: str, safety: str) -> None:
    world.person("Ann").says(cry)
    ticket = world.ticket()
    assert ticket.urgency is Urgency.EMERGENCY
    assert safety in world.room.last.speech.plain
    assert "119" in world.room.last.speech.plain
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
    assert world.security.hears("#1001 has waited 3 minutes")
    assert world.managers.hears("has not taken #1001", "6 minutes")


def test_it_is_heard_even_when_said_to_a_neighbour(world: World) -> None:
    world.person("Ann").says("there is fire on the 5th floor!", is_to_another=True)
    assert world.ticket().urgency is Urgency.EMERGENCY


def test_an_old_cry_is_paged_with_its_time(world: World) -> None:
    from datetime import timedelta

    world.person("Ann").says("fire on the 5th floor!", sent_at=world.clock.now() - timedelta(hours=3))
    assert world.managers.hears("🕓 Written", "06:30")
    assert world.engineering.hears("#1001", "🕓 Written")
