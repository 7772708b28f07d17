"""Whom a platform lets us write to, and the codes that tell where a stranger stands."""

from datetime import timedelta

from storage.repositories.upkeep import Upkeep
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.conftest import Clock
from tests.storage.cast import Cast

MEI = ("wechat", "openid-mei")
TWO_DAYS = timedelta(days=2)


def speaks(writer: Writer, allowed: int = 5, lasting: timedelta = TWO_DAYS) -> bool:
    """Mei speaks or taps; whether something waited for that."""
    return writer.submit(lambda unit: unit.windows.open(*MEI, allowed, unit.now + lasting, unit.now)).result(10)


def spends(writer: Writer, *, count: int = 1, keep: int = 0) -> bool:
    """Somebody wants to tell her something."""
    return writer.submit(lambda unit: unit.windows.spend(*MEI, unit.now, count=count, keep=keep)).result(10)


def test_five_messages_one_of_them_kept_for_the_last_word(writer: Writer, clock: Clock) -> None:
    assert not spends(writer)  # she has never written
    assert speaks(writer)
    assert [spends(writer, keep=1) for _ in range(5)] == [True] * 4 + [False]
    assert [spends(writer), spends(writer)] == [True, False]
    writer.submit(lambda unit: unit.windows.give_back(*MEI)).result(10)
    assert spends(writer)
    assert speaks(writer)  # the refused one has waited for this
    assert not speaks(writer)
    assert not spends(writer, count=6)
    assert spends(writer, count=5)


def test_the_window_shuts_by_itself_and_when_the_platform_says_so(writer: Writer, clock: Clock) -> None:
    speaks(writer)
    clock.passes(hours=48)
    assert not spends(writer)
    speaks(writer)
    writer.submit(lambda unit: unit.windows.shut(*MEI, unit.now)).result(10)
    assert not spends(writer)
    nudged = [writer.submit(lambda unit: unit.windows.nudge(*MEI, unit.now)).result(10) for _ in range(2)]
    assert nudged == [True, False]
    assert speaks(writer)


def test_a_tap_in_the_menu_takes_away_nothing_a_message_has_allowed(writer: Writer, clock: Clock) -> None:
    speaks(writer)
    spends(writer)
    speaks(writer, 3, timedelta(minutes=1))
    clock.passes(hours=24)
    assert [spends(writer) for _ in range(5)] == [True] * 4 + [False]
    speaks(writer, 3, timedelta(minutes=1))
    assert [spends(writer) for _ in range(4)] == [True] * 3 + [False]


def test_each_place_has_one_code_that_outlives_its_building(writer: Writer, cast: Cast) -> None:
    def print_posters(unit: UnitOfWork) -> tuple[str, str]:
        building = unit.sites.list_buildings(cast.site) or [unit.sites.add_building(cast.site, "3栋")]
        lobby = unit.place_codes.keep(cast.site).code
        return lobby, unit.place_codes.keep(cast.site, building[0].id, "1202").code

    first = writer.submit(print_posters).result(10)
    assert writer.submit(print_posters).result(10) == first
    assert len(set(first)) == 2

    def pull_down(unit: UnitOfWork) -> None:
        upkeep = Upkeep(unit.session, unit.signals)
        upkeep.remove_building(upkeep.get_building(unit.sites.list_buildings(cast.site)[0].id))

    writer.submit(pull_down).result(10)
    place = writer.read_now(lambda unit: unit.place_codes.find(first[1]))
    assert place is not None
    assert (place.site_id, place.building_id, place.unit) == (cast.site, None, None)
