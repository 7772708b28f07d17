"""A wet finger taps twice; the second tap lands on a button that was not there when the finger came down."""

from datetime import timedelta

from storage.vocabulary import TicketState
from tests.world import World

BETWEEN = timedelta(milliseconds=450)


def test_a_double_tap_on_done_reports_no_repair(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says("The kitchen tap in Block 3 1202 is leaking")
    li.taps("Take", world.engineering)
    world.clock.time += timedelta(seconds=5)

    li.taps("Done", world.engineering)
    world.clock.time += BETWEEN
    assert "One moment" in li.taps("Part replaced", world.engineering)
    assert world.ticket().state is TicketState.ACCEPTED
    assert not any("Part replaced" in text for text in ann.private.wordings)

    world.clock.time += timedelta(seconds=1)
    assert "is done" in li.taps("Part replaced", world.engineering)
    assert ann.private.hears("Part replaced")


def test_a_double_tap_on_hand_over_hands_nothing_over(world: World) -> None:
    world.person("Ann").says("The kitchen tap in Block 3 1202 is leaking")
    li = world.person("Li")
    li.taps("Hand over", world.engineering)
    world.clock.time += BETWEEN
    assert "One moment" in li.taps("Security", world.engineering)
    assert not world.security.hears("#1001")


def test_a_double_tap_on_fixed_gives_no_stars(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says("The kitchen tap in Block 3 1202 is leaking")
    for label in ("Take", "Done", "Part replaced"):
        li.taps(label, world.engineering)
    world.passes(hours=3)
    ann.taps("fixed", ann.private, ann.private.find("is it fixed"))
    world.clock.time += BETWEEN
    assert "One moment" in ann.taps("⭐", ann.private)


def test_somebody_else_or_the_same_button_is_no_slip(world: World) -> None:
    world.person("Ann").says("The kitchen tap in Block 3 1202 is leaking")
    li, may = world.person("Li"), world.person("May")
    li.taps("Done", world.engineering)
    world.clock.time += BETWEEN
    assert "is done" in may.taps("Part replaced", world.engineering)
    world.clock.time += BETWEEN
    assert "finished already" in may.taps_stale("done:part_replaced", world.engineering, world.engineering.find("👤"))
