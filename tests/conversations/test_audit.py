"""Who looked at what is written down, once, without phones; what they did stands in the ticket's thread alone."""

from handlers.notifications.to_duty.step_words import WORDINGS
from handlers.printing import NoSheet, sheet_of
from handlers.steps import Step
from storage.registration_vocabulary import Look
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking, my phone is 13800138000"


def test_every_look_is_a_line_and_every_act_is_none(world: World) -> None:
    world.person("Ann").says(LEAK)
    li, manager = world.person("Li"), world.person("Manager")
    li.says("/find 138 0013 8000", world.engineering)
    li.taps("#1001", world.engineering)
    li.taps("Take", world.engineering)
    manager.says("/t 1001", world.managers)
    manager.taps("Show the number", world.managers)
    manager.taps("Print", world.managers)
    link = world.managers.find("on one page").speech.buttons[0][0].url
    assert link is not None
    token = link.rpartition("/")[2]
    sheet = world.act(lambda unit: sheet_of(unit, world.desk, token))
    assert sheet.card.phone == "13800138000"
    assert [line.text for line in sheet.thread] == ["taken"]
    lines = world.look(lambda unit: unit.audits.list_newest(world.site_id, 20))[::-1]
    assert [(line.person, line.look, line.number, line.about) for line in lines] == [
        ("Li", Look.LIST, None, "/find 138****8000"),
        ("Li", Look.TICKET, 1001, ""),
        ("Manager", Look.TICKET, 1001, ""),
        ("Manager", Look.PHONE, 1001, ""),
        ("Manager", Look.PRINT, 1001, ""),
        ("Manager", Look.PRINTED, 1001, ""),
    ]
    assert len(world.look(lambda unit: unit.audits.list_newest(world.site_id, 20, number=1001, name="Li"))) == 1


def test_a_link_to_paper_that_was_forged_or_lies_too_long_opens_nothing(world: World) -> None:
    for token in ("", "x", "WzEsMSwxXQ.aaaa.bbbb"):
        try:
            world.act(lambda unit, token=token: sheet_of(unit, world.desk, token))  # type: ignore[misc]
        except NoSheet:
            continue
        raise AssertionError(token)


def test_every_step_of_a_thread_is_worded() -> None:
    assert set(Step) <= set(WORDINGS), "staff would read a step's bare name"


def test_the_card_itself_leads_to_paper(world: World) -> None:
    world.person("Ann").says(LEAK)
    li = world.person("Li")
    li.taps("More", world.engineering)
    li.taps("Print", world.engineering)
    assert world.engineering.hears("#1001 on one page")
    (line,) = world.look(lambda unit: unit.audits.list_newest(world.site_id, 20))
    assert (line.person, line.look) == ("Li", Look.PRINT)


def test_who_is_only_called_to_an_emergency_takes_no_paper_of_it_away(world: World) -> None:
    """From the list as from the card: the flat's own group and the desk print it."""
    world.person("Ann").says("Fire in Block 3 1202! Call me on 13800138000")
    guard = world.person("Hu")
    guard.says("/t 1001", world.security)
    assert "for the group that has #1001" in guard.taps("Print", world.security)
    assert not world.security.hears("on one page")
