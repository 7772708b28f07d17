"""A roster for the stage: an office of five groups' people, as an operator would import it."""

from collections.abc import Sequence

from handlers.roster.importing import put_in_place
from handlers.roster.reading import read_plan
from handlers.roster.sheets import Row
from storage.unit_of_work import UnitOfWork
from tests.world import World

Lines = Sequence[tuple[str, ...]]
HEADINGS = {
    "Members": ("Name", "Group", "Role", "Phone"),
    "Shifts": ("Name", "Days", "From", "To"),
    "Absences": ("Name", "Date", "Substitute"),
    "Hours": ("Group", "Days", "From", "To"),
    "Special days": ("Date", "Group", "From", "To"),
}
OFFICE: Lines = (
    ("Li", "engineering", "member", "13800000001"),
    ("Wu", "engineering", "member", "13800000002"),
    ("Gao", "engineering", "lead", "13800000003"),
    ("Guan", "security", "member", "13800000004"),
    ("Dai", "desk", "lead", "13800000005"),
    ("Director Qin", "", "client director", ""),
    ("Manager Meng", "", "office manager", ""),
    ("Quality Xu", "", "quality", ""),
)
DAY_AND_NIGHT: Lines = (
    ("Li", "daily", "08:00", "20:00"),
    ("Wu", "daily", "20:00", "08:00"),
    ("Guan", "daily", "00:00", "24:00"),
)


def sheets(**given: Lines) -> dict[str, list[Row]]:
    """Sheets as they come from a file: `shifts=…`, `special_days=…`."""
    titles = {title.lower().replace(" ", "_"): title for title in HEADINGS}
    return {
        titles[name]: [Row(n, cells) for n, cells in enumerate((HEADINGS[titles[name]], *lines), 1)]
        for name, lines in given.items()
    }


def set_roster(world: World, **given: Lines) -> None:
    """The site's roster is this from now on; the office and its shifts where nothing else is given."""
    today = world.clock.now().date()
    plan = read_plan(sheets(**({"members": OFFICE, "shifts": DAY_AND_NIGHT} | given)), today)

    def act(unit: UnitOfWork) -> None:
        put_in_place(unit, unit.sites.get(world.site_id), plan, today)

    world.act(act)
