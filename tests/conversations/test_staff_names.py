"""Tenants read who of staff comes as the office has chosen: whole, the given name, the group, or nobody's."""

from handlers.premises import SiteChanges, change_site
from handlers.staff_names import told_name
from storage.models import Ticket
from storage.roster_vocabulary import StaffNames
from storage.unit_of_work import UnitOfWork
from tests.world import World

LEAK = "The kitchen pipe is leaking, Block 3 room 1202"


def choose(world: World, names: StaffNames) -> None:
    world.act(lambda unit: change_site(unit, "Sunshine Garden", SiteChanges(staff_names=names)))


def test_an_office_that_names_nobody_names_its_group_to_tenants_and_its_people_to_staff(world: World) -> None:
    choose(world, StaffNames.ROLE)
    mei, keung = world.person("Mei"), world.person("Keung Lam")
    mei.starts()
    mei.says(LEAK)
    keung.taps("Take", world.engineering)
    assert mei.private.hears("Engineering has taken it")
    keung.taps("Visit", world.engineering)
    keung.taps("14:00", world.engineering)
    assert mei.private.hears("Engineering could come")
    mei.taps("suits", mei.private)
    mei.says("Any news?", mei.private)
    keung.taps("Done", world.engineering)
    keung.taps("Repaired", world.engineering)
    mei.says("It is still leaking", mei.private)
    told = [*mei.private.wordings, *world.room.wordings]
    assert len(told) > 5
    assert not any("Keung" in text or "Lam" in text for text in told)
    assert world.engineering.hears("#1001", "Keung Lam")


def test_given_names_are_said_as_one_speaks_to_people(world: World) -> None:
    world.person("Mei").says(LEAK)

    def told(unit: UnitOfWork, names: StaffNames, *people: str) -> list[str]:
        change_site(unit, "Sunshine Garden", SiteChanges(staff_names=names))
        ticket: Ticket = unit.tickets.get(world.ticket().id)
        ticket.language = "zh_CN"
        return [told_name(unit, ticket, unit.people.add("memory", f"s{name}", name).id) for name in people]

    everybody = ("王建国", "欧阳修文", "小李", "李工", "Keung Lam")
    assert world.act(lambda unit: told(unit, StaffNames.FIRST, *everybody)) == [
        "王师傅", "欧阳师傅", "小李", "李工", "Keung"
    ]  # fmt: skip
    assert world.act(lambda unit: told(unit, StaffNames.NONE, "老王")) == ["工作人员"]
    assert world.act(lambda unit: told(unit, StaffNames.FULL, "陈大文")) == ["陈大文"]
