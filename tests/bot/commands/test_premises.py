"""An operator adds, changes, lists and removes sites and buildings; what cannot be says why and what to do."""

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from handlers.pushes import daily_digest
from storage.models import Building, Chat, Push, Site, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, CloseReason, Kind, TicketState, Trade, Urgency
from tests.bot.commands.operator import Operator

GARDEN = "阳光花园"
SAME = "ambulance 999, police 999, fire 999"


def someone_reports(unit: UnitOfWork, number: int = 1001, *, is_closed: bool = False) -> None:
    """A ticket at the first building of the first site."""
    site = unit.sites.list_all()[0]
    building = unit.sites.list_buildings(site.id)[0]
    person = unit.people.add("memory", f"mei-{number}", "Mei")
    chat = unit.chats.add(Chat(channel="memory", address=f"room-{number}", role=ChatRole.PRIVATE, person_id=person.id))
    ticket = Ticket(
        site_id=site.id,
        number=number,
        kind=Kind.REPAIR,
        trade=Trade.PLUMBING,
        urgency=Urgency.NORMAL,
        words="水管漏水",
        language="zh_CN",
        reporter_id=person.id,
        chat_id=chat.id,
        message_id=None,
        opened_at=unit.now,
        building_id=building.id,
    )
    if is_closed:
        ticket.state, ticket.close_reason = TicketState.CLOSED, CloseReason.CONFIRMED
    unit.session.add(ticket)
    unit.flush()


def everything_is_closed(unit: UnitOfWork) -> None:
    for ticket in unit.session.scalars(select(Ticket)):
        ticket.state, ticket.close_reason = TicketState.CLOSED, CloseReason.CONFIRMED


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["  "], "at least one letter or digit"),
        (["园" * 65], "at most 64 characters, this one has 65"),
        ([GARDEN, "--emergency-number", "call us"], "cannot be dialled; give digits"),
        ([GARDEN, "--desk-phone", "n/a"], "is no phone"),
        ([GARDEN, "--timezone", "Asia/Shangai"], "did you mean Asia/Shanghai"),
        ([GARDEN, "--timezone", "Honkong"], "Asia/Hong_Kong"),
        ([GARDEN, "--timezone", "Mars/Base"], "give one like Asia/Shanghai"),
        ([GARDEN, "--timezone", "%%%"], "give one like Asia/Shanghai"),
        ([GARDEN, "--language", "zh-HK"], "did you mean zh_TW?"),
        ([GARDEN, "--language", "Klingon"], "it speaks zh_CN (简体中文), zh_TW (繁體中文), en (English)"),
        ([GARDEN, "--digest-at", "25:00"], "is no time of day; give one like 18:00"),
    ],
)
def test_a_site_that_makes_no_sense_is_refused_with_what_would(newcomer: Operator, words: list[str], why: str) -> None:
    assert why in newcomer.is_refused("site", "add", *words)


def test_a_site_is_added_as_it_was_meant(operator: Operator) -> None:
    said = operator.gets(
        "site", "add", f" {GARDEN} ", "--timezone", "asia/hong kong", "--language", "繁體中文",
        "--emergency-number", "９９９", "--desk-phone", "2888 1234 ext 5", "--digest-at", "9:30",
    )  # fmt: skip
    assert f"Site {GARDEN} added" in said
    (line,) = operator.gets("site", "list").splitlines()
    assert line == (
        f"{GARDEN}  (Asia/Hong_Kong, zh_TW, emergency 999, {SAME}, desk 2888 1234 ext 5, "
        "digest 09:30, quiet 21:00 to 09:00)"
    )
    assert f"there is a site {GARDEN} already" in operator.is_refused("site", "add", GARDEN)


def test_an_empty_desk_says_what_to_do_first(operator: Operator) -> None:
    assert "lobby site add NAME" in operator.gets("site", "list")
    assert "lobby site add NAME" in operator.is_refused("building", "list")
    assert "lobby site add NAME" in operator.is_refused("link", "room")


def test_two_buildings_never_go_by_one_name(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    operator.gets("building", "add", GARDEN, "3栋", "--alias", "T3", "--alias", "Block 3")
    assert "it is building 3栋" in operator.is_refused("building", "add", GARDEN, "5栋", "--alias", "block3")
    assert "it is building 3栋" in operator.is_refused("building", "add", GARDEN, "Ｔ３")
    assert "given twice" in operator.is_refused("building", "add", GARDEN, "5栋", "--alias", "T5", "--alias", "t5")
    operator.gets("building", "add", GARDEN, "5栋", "--alias", "T5")
    assert operator.gets("building", "list").splitlines() == ["3栋  T3, Block 3", "5栋  T5"]
    assert f"there is no site 月亮湾; there is: {GARDEN}" in operator.is_refused("building", "add", "月亮湾", "1栋")


def test_a_building_is_renamed_and_keeps_its_other_names(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    assert "lobby building add" in operator.gets("building", "list")
    operator.gets("building", "add", GARDEN, "3栋", "--alias", "T3")
    operator.gets("building", "add", GARDEN, "5栋")
    said = operator.gets("building", "edit", GARDEN, "t3", "--name", "三号楼", "--alias", "3栋", "--drop-alias", "T3")
    assert said.strip() == "三号楼  3栋"
    assert "it is building 5栋" in operator.is_refused("building", "edit", GARDEN, "三号楼", "--alias", "5栋")
    assert "has no alias T9; it has: 3栋" in operator.is_refused(
        "building", "edit", GARDEN, "3栋", "--drop-alias", "T9"
    )
    assert "say what to change" in operator.is_refused("building", "edit", GARDEN, "3栋")


def test_a_building_with_open_tickets_stays_and_its_past_keeps_its_name(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    operator.gets("building", "add", GARDEN, "3栋")
    operator.acts(someone_reports)
    assert "3栋 has 1 ticket open" in operator.is_refused("building", "remove", GARDEN, "3栋")
    operator.acts(everything_is_closed)
    assert f"Building 3栋 removed from {GARDEN}" in operator.gets("building", "remove", GARDEN, "3栋")
    assert operator.looks(lambda unit: list(unit.session.scalars(select(Building)))) == []
    assert operator.looks(lambda unit: unit.session.scalars(select(Ticket.place)).one()) == "3栋"


def test_a_building_with_a_room_of_its_own_stays(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    operator.gets("building", "add", GARDEN, "3栋")

    def a_room_is_linked(unit: UnitOfWork) -> None:
        site = unit.sites.list_all()[0]
        (building,) = unit.sites.list_buildings(site.id)
        chat = Chat(channel="memory", address="1", role=ChatRole.ROOM, title="3栋业主群")
        chat.site_id, chat.building_id = site.id, building.id
        unit.chats.add(chat)

    operator.acts(a_room_is_linked)
    assert "has the room 3栋业主群" in operator.is_refused("building", "remove", GARDEN, "3栋")


def test_a_site_with_a_history_stays_and_one_added_by_mistake_goes(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    operator.gets("building", "add", GARDEN, "3栋")
    operator.gets("link", "duty", "--group", "engineering")
    operator.acts(_link_managers)
    operator.gets("site", "add", "月亮湾")
    operator.gets("site", "remove", "月亮湾")
    operator.acts(someone_reports)
    assert "1 ticket open" in operator.is_refused("site", "remove", GARDEN)
    operator.acts(everything_is_closed)
    assert "1 ticket in its history" in operator.is_refused("site", "remove", GARDEN)
    operator.acts(lambda unit: [unit.session.delete(ticket) for ticket in unit.session.scalars(select(Ticket))])
    assert "removed" in operator.gets("site", "remove", GARDEN)
    assert operator.gets("site", "list").startswith("No site yet")
    chat = operator.looks(lambda unit: unit.chats.find("memory", "managers"))
    assert chat is not None
    assert (chat.role, chat.site_id) == (ChatRole.UNLINKED, None)
    states = operator.looks(lambda unit: list(unit.session.scalars(select(Push.state))))
    assert states == ["cancelled"]


def _link_managers(unit: UnitOfWork) -> None:
    site = unit.sites.list_all()[0]
    chat = Chat(channel="memory", address="managers", role=ChatRole.MANAGER, title="管理处", language=site.language)
    chat.site_id = site.id
    unit.chats.add(chat)
    daily_digest.plan_next(unit, chat, site, unit.now)


def test_a_changed_site_moves_its_planned_digest_and_its_chats_follow_its_language(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    operator.acts(_link_managers)
    said = operator.gets(
        "site", "edit", GARDEN, "--digest-at", "7:15", "--timezone", "Europe/London", "--language", "en",
        "--quiet-from", "22:00", "--name", "Sunny Gardens", "--staff-names", "role",
    )  # fmt: skip
    assert said.startswith(
        f"Sunny Gardens  (Europe/London, en, emergency 999, {SAME}, digest 07:15, quiet 22:00 to 09:00, "
        "staff names role)"
    )
    due: datetime = operator.looks(lambda unit: unit.session.scalars(select(Push.due_at)).one())
    assert due.astimezone(ZoneInfo("Europe/London")).time() == time(7, 15)
    chat = operator.looks(lambda unit: unit.chats.find("memory", "managers"))
    assert chat is not None
    assert chat.language == "en"
    assert "say what to change" in operator.is_refused("site", "edit", "Sunny Gardens")
    operator.gets("site", "add", GARDEN)
    assert "already" in operator.is_refused("site", "edit", GARDEN, "--name", "sunny gardens")


def test_a_code_is_for_the_chat_it_was_asked_for(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    operator.gets("building", "add", GARDEN, "3栋", "--alias", "T3")
    assert "give --group" in operator.is_refused("link", "duty")
    assert "leave it out" in operator.is_refused("link", "room", "--group", "engineering")
    assert "leave it out" in operator.is_refused("link", "manager", "--building", "3栋")
    assert "has no building 9栋; there is: 3栋" in operator.is_refused("link", "room", "--building", "9栋")
    said = operator.gets("link", "room", "--building", "T3", "--language", "en")
    assert "/link " in said
    assert "tenants' bot" in said
    operator.gets("site", "add", "月亮湾")
    assert "say which site" in operator.is_refused("link", "manager")
    assert "duty bot" in operator.gets("link", "manager", "--site", "月亮湾")


def test_what_was_kept_is_what_was_typed(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    site: Site = operator.looks(lambda unit: unit.sites.list_all()[0])
    assert (site.timezone, site.language, site.emergency_number, site.digest_at) == (
        "Asia/Shanghai",
        "zh_CN",
        "119",
        time(18, 0),
    )


def test_each_service_has_a_number_by_the_country_or_its_own(operator: Operator) -> None:
    operator.gets("site", "add", GARDEN)
    assert "emergency 119, ambulance 120, police 110, fire 119" in operator.gets("site", "list")
    changed = operator.gets("site", "edit", GARDEN, "--ambulance-number", "999", "--gas-number", "96777")
    assert "ambulance 999, police 110, fire 119, gas 96777" in changed
    assert "ambulance 120" in operator.gets("site", "edit", GARDEN, "--ambulance-number", "")
    assert "cannot be dialled" in operator.is_refused("site", "edit", GARDEN, "--police-number", "the police")
    operator.gets("site", "add", "Harbour", "--timezone", "Asia/Hong_Kong")
    assert "emergency 999, ambulance 999, police 999" in operator.gets("site", "list")


def test_looking_leaves_no_database_behind(tmp_path: Path) -> None:
    newcomer = Operator(f"sqlite:///{tmp_path / 'lobby.db'}")
    assert "No site yet" in newcomer.gets("site", "list")
    assert list(tmp_path.glob("lobby.db*")) == []


def test_a_command_that_fails_leaves_no_database_behind(newcomer: Operator, tmp_path: Path) -> None:
    assert "there is no site yet" in newcomer.is_refused("link", "room")
    assert list(tmp_path.iterdir()) == []
