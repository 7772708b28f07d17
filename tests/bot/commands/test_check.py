"""`lobby check` tells what is wrong and how to mend it, and changes nothing."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from storage.engine import open_engine
from storage.models import Chat
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group
from tests.bot.commands.operator import Operator
from tests.wire.fake_telegram import BotAccount, FakeTelegram

ROOMS, DUTY = "111:rooms-token-of-the-tests", "222:duty-token-of-the-tests"


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """The far end, with both bots."""
    with FakeTelegram() as fake:
        fake.bot(ROOMS, "rooms_bot")
        fake.bot(DUTY, "duty_bot", reads_all=False)
        yield fake
        assert fake.violations == []


@pytest.fixture
def careful(telegram: FakeTelegram, newcomer: Operator) -> Operator:
    """An operator whose settings are all right, with no site yet."""
    newcomer.settings = {
        "LOBBY_ROOMS_TOKEN": ROOMS,
        "LOBBY_DUTY_TOKEN": DUTY,
        "LOBBY_ROOMS_API": telegram.url,
        "LOBBY_DUTY_API": telegram.url,
        "LOBBY_PUBLIC_URL": "https://lobby.example",
    }
    return newcomer


def everything_is_linked(unit: UnitOfWork, telegram: FakeTelegram) -> None:
    site = unit.sites.list_all()[0]
    for channel, role, group in (
        ("telegram_rooms", ChatRole.ROOM, None),
        ("telegram_duty", ChatRole.DUTY, Group.ENGINEERING),
        ("telegram_duty", ChatRole.MANAGER, None),
    ):
        at_telegram = telegram.group(f"{role}")
        chat = Chat(channel=channel, address=str(at_telegram.id), role=role, title=at_telegram.title)
        chat.site_id, chat.group = site.id, group
        unit.chats.add(chat)


def test_a_desk_that_is_well_set_up_is_well(careful: Operator, telegram: FakeTelegram) -> None:
    careful.gets("site", "add", "阳光花园")
    careful.acts(lambda unit: everything_is_linked(unit, telegram))
    assert careful.gets("check") == "All is well.\n"


def test_a_desk_without_chats_is_told_each_command_that_mends_it(careful: Operator) -> None:
    careful.gets("migrate")
    assert "lobby site add NAME" in careful.is_refused("check")
    careful.gets("site", "add", "阳光花园")
    said = careful.is_refused("check")
    for mend in ("lobby link duty --group engineering", "lobby link room", "lobby link manager"):
        assert mend in said


def test_nothing_is_made_where_there_is_no_database(careful: Operator, tmp_path: Path) -> None:
    said = careful.is_refused("check")
    assert "There is no database at" in said
    assert "lobby migrate" in said
    assert list(tmp_path.iterdir()) == []
    assert "up to date now" in careful.gets("migrate")
    assert "up to date already" in careful.gets("migrate")


def test_a_database_that_is_behind_is_told_and_left_as_it_is(careful: Operator, tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    said = careful.types("check")
    assert said.exit_code == 0
    assert "behind on migrations" in said.stdout
    assert "lobby migrate" in said.stdout
    engine = open_engine(careful.database)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_database_of_a_newer_lobby_is_left_alone_by_every_command(careful: Operator) -> None:
    careful.gets("migrate")
    engine = open_engine(careful.database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert "written by a newer Lobby" in careful.is_refused("check")
    assert "run the newer version" in careful.is_refused("migrate")
    assert "run the newer version" in careful.is_refused("site", "list")


def test_a_database_that_cannot_be_opened_is_told_without_a_trace(careful: Operator) -> None:
    for address in ("postgresql://nobody:secret@127.0.0.1:1/none", "mysql://somewhere", "sqlite:////nowhere/at/all.db"):
        careful.database = address
        for words in (["check"], ["site", "list"]):
            said = careful.is_refused(*words)
            assert "secret" not in said
            if words != ["check"] or not address.startswith("sqlite"):
                assert "LOBBY_DATABASE cannot be opened" in said


@pytest.mark.parametrize(
    ("name", "token", "told"),
    [
        ("LOBBY_ROOMS_TOKEN", "", "or let tenants write in WeChat"),
        ("LOBBY_WECHAT_KF_SECRET", "a-secret", "LOBBY_WECHAT_KF_CORP is not, so this part of WeChat is off"),
        ("LOBBY_DUTY_TOKEN", "", "No token for the duty bot"),
        ("LOBBY_DUTY_TOKEN", ROOMS, "are the same bot"),
        ("LOBBY_ROOMS_TOKEN", "999:unknown-token-of-nobody", "refuse"),
        ("LOBBY_ROOMS_TOKEN", "no token at all", "@BotFather"),
    ],
)
def test_a_token_that_is_wrong_is_told_with_where_to_get_one(
    careful: Operator, name: str, token: str, told: str
) -> None:
    careful.gets("site", "add", "阳光花园")
    careful.settings[name] = token
    said = careful.is_refused("check")
    assert told in said
    assert "999:unknown" not in said


def test_an_api_that_is_away_is_told_for_each_bot(careful: Operator) -> None:
    careful.gets("site", "add", "阳光花园")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        careful.settings["LOBBY_DUTY_API"] = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert "could not connect" in careful.is_refused("check")


def test_a_group_the_bot_was_thrown_out_of_is_named(careful: Operator, telegram: FakeTelegram) -> None:
    careful.gets("site", "add", "阳光花园")
    careful.acts(lambda unit: everything_is_linked(unit, telegram))
    room = careful.looks(lambda unit: unit.chats.list_linked()[0])
    rooms_bot: BotAccount = telegram.bots[ROOMS]
    telegram.chats[int(room.address)].kicks(rooms_bot)  # type: ignore[attr-defined]
    assert "@rooms_bot is not in room" in careful.types("check").stdout


def test_survey_links_need_an_address(careful: Operator) -> None:
    careful.settings["LOBBY_PUBLIC_URL"] = ""
    assert "tenants cannot open survey links" in careful.types("check").stdout


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"LOBBY_PORT": "http"}, "LOBBY_PORT"),
        ({"LOBBY_INTAKE": "webhook"}, "needs public_url and webhook_secret: set both, or use intake=polling"),
        ({"LOBBY_LOG_LEVEL": "LOUD"}, "LOBBY_LOG_LEVEL"),
        ({"LOBBY_PUBLIC_URL": "not an address"}, "LOBBY_PUBLIC_URL"),
    ],
)
def test_a_bad_setting_is_named_with_how_to_mend_it(newcomer: Operator, settings: dict[str, str], told: str) -> None:
    newcomer.settings = settings
    for command in ("check", "run"):
        said = newcomer.is_refused(command)
        assert "these settings cannot be used" in said
        assert told in said
        assert ".env.example" in said


def test_run_says_which_tokens_it_misses(newcomer: Operator) -> None:
    assert "set LOBBY_ROOMS_TOKEN and LOBBY_DUTY_TOKEN" in newcomer.is_refused("run")
    newcomer.settings = {"LOBBY_ROOMS_TOKEN": "no token at all"}
    assert "token" in newcomer.is_refused("run")


def test_a_service_nobody_knows_the_number_of_is_said(careful: Operator, telegram: FakeTelegram) -> None:
    careful.gets("site", "add", "Station", "--timezone", "UTC", "--fire-number", "112")
    careful.acts(lambda unit: everything_is_linked(unit, telegram))
    said = careful.gets("check")
    assert "! Station has no number for the ambulance: we know none for UTC." in said
    assert "lobby site edit NAME --police-number N" in said
    assert "fire brigade" not in said
