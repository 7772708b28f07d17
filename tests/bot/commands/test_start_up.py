"""`lobby --help` waits for no database and no platform's library, and a slip of the finger is met kindly."""

import json
import subprocess
import sys
from importlib import import_module
from ipaddress import IPv4Address

import pytest

from bot.__main__ import COMMANDS, main
from bot.settings import reached_at
from tests.bot.commands.operator import Operator

LOADED = """
import json, sys
from click.testing import CliRunner
from bot.__main__ import main
CliRunner().invoke(main, sys.argv[1:], env={"LOBBY_ROOMS_TOKEN": "1:a", "LOBBY_DUTY_TOKEN": ""})
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def loaded_by(*words: str) -> set[str]:
    """Which libraries a command has loaded when it ends."""
    told = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    return set(json.loads(told.splitlines()[-1]))


@pytest.mark.parametrize("words", [("--help",), ("--version",), ()])
def test_help_loads_nothing_but_click(words: tuple[str, ...]) -> None:
    heavy = {"sqlalchemy", "alembic", "aiohttp", "aiogram", "telegram", "pydantic", "numpy", "babel", "apscheduler"}
    assert not loaded_by(*words) & heavy


def test_a_site_is_added_without_any_platforms_library() -> None:
    assert not loaded_by("site", "--help") & {"aiogram", "telegram", "aiohttp", "apscheduler"}


def test_check_loads_only_the_channel_that_is_configured(newcomer: Operator) -> None:
    loaded = loaded_by("check")
    assert "aiogram" in loaded
    assert "telegram" not in loaded


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_says_of_each_command_what_the_command_says_of_itself(name: str) -> None:
    module, _, attribute = COMMANDS[name][0].partition(":")
    command = getattr(import_module(module), attribute)
    assert command.name == name
    assert command.get_short_help_str(limit=200).rstrip(".") == COMMANDS[name][1].rstrip(".")


def test_every_command_explains_itself(newcomer: Operator) -> None:
    assert all(name in newcomer.gets("--help") for name in main.list_commands(None))  # type: ignore[arg-type]
    for name in COMMANDS:
        assert "Usage:" in newcomer.gets(name, "--help")


def test_a_slip_of_the_finger_is_told_what_is_near(newcomer: Operator) -> None:
    assert "did you mean check?" in newcomer.is_refused("chekc")
    assert "No such command" in newcomer.is_refused("umbrella")


def test_health_answers_a_container_without_the_database(newcomer: Operator) -> None:
    assert not loaded_by("health") & {"sqlalchemy", "alembic", "aiohttp", "aiogram", "telegram", "numpy", "apscheduler"}


@pytest.mark.parametrize(
    ("listens", "reached"),
    [
        (str(IPv4Address(0)), "127.0.0.1"),
        ("::", "127.0.0.1"),
        ("::1", "[::1]"),
        ("192.0.2.7", "192.0.2.7"),
        ("desk.local", "desk.local"),
    ],
)
def test_what_listens_everywhere_is_reached_here(listens: str, reached: str) -> None:
    assert reached_at(listens) == reached
