"""Danger skips every question: the tenant hears what to do, everybody who must come is paged at once."""

import pytest

from storage.vocabulary import ChatRole, Group, Urgency
from tests.world import World


@pytest.mark.parametrize(
    "cry",
    [
        "3栋电梯困人了,快来人",
        "厨房有很浓的煤气味",
        "5栋着火了!",
        "有人触电了",
        "Someone is trapped in the lift in Block 3",
        "𨋢困咗人 快啲嚟",
    ],
)
def test_a_cry_for_help_pages_everybody_at_once(world: World, cry: str) -> None:
    security = world.link(ChatRole.DUTY, "security", Group.SECURITY)
    world.person("Mei").says(cry)
    assert world.ticket().urgency is Urgency.EMERGENCY
    assert world.room.hears("119")
    assert security.hears("#1001")
    assert world.managers.hears("1001")


def test_a_second_cry_joins_the_first(world: World) -> None:
    mei = world.person("Mei")
    mei.says("3栋电梯困人了,快来人")
    mei.says("快点啊!人还困在电梯里!")
    assert world.look(lambda unit: unit.tickets.find_by_number(world.site_id, 1002)) is None


@pytest.mark.parametrize(
    "talk", ["下午三点消防演习,大家不要惊慌", "fire drill at 3 today?", "昨天新闻说隔壁小区着火了"]
)
def test_talk_of_danger_is_no_danger(world: World, talk: str) -> None:
    world.person("Mei").says(talk)
    assert not world.managers.screen
    assert not world.engineering.screen
