"""The doors of the house: who may import whom, where guests may stay, and how large a room may grow."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "storage", "locales")
MAY_IMPORT = {
    "bot": {"bot", "handlers", "storage", "locales"},
    "handlers": {"handlers", "storage", "locales"},
    "storage": {"storage"},
    "locales": {"locales"},
}
GUESTS = {
    "aiogram": ("bot/channels/telegram_rooms",),
    "telegram": ("bot/channels/telegram_duty",),
    "wechatpy": ("bot/channels/wechat", "bot/channels/seals"),
    "requests": ("bot/channels/wechat",),
    "xmltodict": ("bot/channels/wechat",),
    "apscheduler": ("bot/ticker",),
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "psycopg": ("storage",),
    "filelock": ("storage",),
    "rapidfuzz": ("handlers/understanding",),
    "numpy": ("handlers/understanding",),
    "aiohttp": ("bot",),
    "click": ("bot",),
    "babel": ("locales",),
    "chinese_calendar": ("handlers/working_time",),
    "holidays": ("handlers/working_time",),
    "openpyxl": ("bot/sheets",),
    "cryptography": ("handlers/complaints/sealing",),
    "PIL": ("bot/pictures",),
    "reportlab": ("bot/posters", "bot/reports/paper"),
}
VAGUE = {"utils", "util", "misc", "helpers", "common"}
LONGEST = 300


def files(*rooms: str) -> list[Path]:
    """Every Python file under these folders of the project."""
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def place(path: Path) -> str:
    """Where a file stands, as `bot/clock.py`."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """What a file holds, parsed once for all the questions here."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> list[str]:
    """Dotted names a file imports, whole: `from bot.channels import memory` gives `bot.channels.memory`."""
    package = ".".join(path.relative_to(ROOT).parts[:-1])
    found: list[str] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            found += [f"{module}.{alias.name}" for alias in node.names]
    return found


def is_in(path: Path, rooms: tuple[str, ...]) -> bool:
    """Whether a file is one of these rooms or stands in one."""
    return any(place(path) == f"{room}.py" or place(path).startswith(f"{room}/") for room in rooms)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_door_leads_only_inwards(package: str) -> None:
    ours = {*PACKAGES, "tests", "benchmarks"}
    wrong = [
        f"{place(path)} imports {name}"
        for path in files(package)
        for name in imports(path)
        if name.split(".")[0] in ours - MAY_IMPORT[package]
    ]
    assert wrong == []


def test_channels_do_not_know_each_other() -> None:
    folders = {path.parent.name for path in files("bot/channels") if path.name == "__init__.py"} - {"channels"}
    shared = {"bot_api"}  # both Telegram channels read the same updates; it belongs to neither
    wrong = []
    for path in files("bot/channels"):
        own = path.relative_to(ROOT / "bot/channels").parts[0]
        if own not in folders:
            continue
        for name in imports(path):
            parts = name.split(".")
            if parts[:2] == ["bot", "channels"] and len(parts) > 2 and parts[2] in folders - shared - {own}:
                wrong.append(f"{place(path)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("room", ["handlers/understanding", "handlers/kinds"])
def test_what_only_thinks_knows_no_repository(room: str) -> None:
    wrong = [
        f"{place(path)} imports {name}"
        for path in files(room)
        for name in imports(path)
        if name.startswith(("storage.repositories", "storage.unit_of_work", "storage.writer", "storage.engine"))
    ]
    assert wrong == []


@pytest.mark.parametrize("guest", GUESTS)
def test_a_guest_library_stays_in_its_room(guest: str) -> None:
    wrong = [
        f"{place(path)} imports {name}"
        for path in files(*PACKAGES)
        for name in imports(path)
        if name.split(".")[0] == guest and not is_in(path, GUESTS[guest])
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ["handlers", "storage", "locales"])
def test_nothing_inside_is_async_but_the_writers_two_doors(package: str) -> None:
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    wrong = [
        place(path)
        for path in files(package)
        if place(path) not in ("storage/writer.py", "storage/homecoming.py")
        and any(isinstance(node, waiting) for node in ast.walk(tree(path)))
    ]
    assert wrong == []


def test_no_room_is_named_after_nothing() -> None:
    wrong = [place(path) for path in files(*PACKAGES, "tests", "benchmarks") if VAGUE & {path.stem, path.parent.name}]
    assert wrong == []


def test_no_room_outgrows_its_reader() -> None:
    wrong = [
        f"{place(path)}: {lines} lines"
        for path in files(*PACKAGES)
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
        and not is_in(path, ("storage/migrations/versions",))  # written by alembic, read once
    ]
    assert wrong == []


def test_every_module_says_what_it_is() -> None:
    wrong = [place(path) for path in files(*PACKAGES) if not ast.get_docstring(tree(path))]
    assert wrong == []


def test_nothing_names_a_place_outside_the_project() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    outside = re.compile(r"/(?:work|home|root|opt|Users)/\w|\.\./shared")
    wrong = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path == Path(__file__) or not path.is_file() or path.suffix in {".png", ".mo", ".ico", ".woff2", ".npz"}:
            continue
        lines = path.read_text("utf-8", errors="replace").splitlines()
        wrong += [
            f"{name}:{number}: {line.strip()[:90]}" for number, line in enumerate(lines, 1) if outside.search(line)
        ]
    assert wrong == []
