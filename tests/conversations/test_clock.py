"""The computer's clock is set back: what waits goes out all the same, emergencies first."""

from datetime import timedelta

from bot.channels.channel import Pace, SendFailed
from bot.channels.refusals import Refusal
from tests.world import World

FIRE = "Fire in Block 3! smoke everywhere, people trapped"


def test_an_emergency_that_waited_for_another_try_does_not_wait_for_the_clock(world: World) -> None:
    world.security.refuses(SendFailed(Refusal.SERVER_TROUBLE))
    world.person("Ann").says(FIRE)
    world.security.refuses(None)
    world.clock.time -= timedelta(hours=1)
    world.passes(minutes=1)
    assert world.security.hears("#1001")
    world.person("Bob").says("Gas leak in Block 5, strong smell of gas")
    assert world.security.hears("#1002")


def test_what_stood_in_line_when_the_clock_was_set_back_is_said(world: World) -> None:
    world.restarts(Pace(per_chat_seconds=3600, per_group_minute=10_000, per_second=10_000))
    for name in ("Ann", "Bob", "Eva"):
        world.person(name).says(f"Block 3 {len(name)}01 the kitchen tap of {name} is leaking")
    world.clock.time -= timedelta(hours=1)
    world.restarts(Pace(per_chat_seconds=0, per_group_minute=10_000, per_second=10_000))
    assert all(world.engineering.hears(f"#{number}") for number in (1001, 1002, 1003))
