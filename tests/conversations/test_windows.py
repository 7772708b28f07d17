"""Where a platform counts our messages, staff are told the truth, and what waits is said when the tenant writes."""

from bot.channels.channel import SendFailed
from bot.channels.refusals import Refusal
from handlers import windows
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import TicketState
from tests.world import World

SHUT = SendFailed(Refusal.CANNOT_WRITE_FIRST, permanent=True)
LEAK = "The kitchen tap in Block 3 1202 is leaking"


def writes_again(world: World, words: str = "hello?") -> None:
    """Ann writes, which opens the window; the channel tells the desk before the words are heard."""
    ann = world.person("Ann")
    ann.private.refuses(None)
    world.act(lambda unit: windows.hear_again(unit, "memory", ann.private.address))
    ann.says(words, ann.private)


def test_staff_hear_that_the_window_is_shut_and_the_tenant_hears_what_waited(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(LEAK, ann.private)
    ann.private.refuses(SHUT)
    li, card = world.person("Li"), world.engineering.last
    li.replies(card, "We come at three", world.engineering)
    assert world.engineering.hears("Last reply: waits: the platform lets us answer only")
    assert world.engineering.hears("📭 #1001: waits: the platform lets us answer only")
    assert not ann.private.hears("We come at three")
    writes_again(world)
    assert ann.private.hears("We come at three")
    assert world.engineering.hears("Last reply: sent")


def test_the_question_about_finished_work_waits_unless_it_is_settled(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(LEAK, ann.private)
    li = world.person("Li")
    for label in ("Take", "Done", "Repaired"):
        li.taps(label, world.engineering)
    ann.private.refuses(SHUT)
    world.passes(hours=3)
    assert not ann.private.hears("is it fixed?")
    writes_again(world)
    assert ann.private.hears("is it fixed?")
    ann.taps("fixed", ann.private)
    assert world.ticket().state is TicketState.CLOSED
    writes_again(world)
    assert sum("is it fixed?" in text for text in ann.private.wordings) == 1


def test_a_poster_tells_the_flat(world: World) -> None:
    def post(unit: UnitOfWork) -> str:
        building = unit.sites.list_buildings(world.site_id)[0]
        return unit.place_codes.keep(world.site_id, building.id, "1202").code

    ann = world.person("Ann")
    ann.starts(world.act(post))
    ann.says("The kitchen tap is leaking", ann.private)
    assert (world.ticket().unit, world.ticket().building_id) == ("1202", 1)
    assert not ann.private.hears("room")
