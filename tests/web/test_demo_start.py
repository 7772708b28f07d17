"""The demo opens on a bare machine: no platform's library, no port to argue about, nothing left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo import serve
from tests.web.conftest import running

LOOK = """
import sys, bot.commands.demo, bot.demo
print([name for name in ('aiogram', 'telegram', 'wechatpy', 'alembic', 'mako', 'psycopg') if name in sys.modules])
"""
IMPORT = "import asyncio; from bot.demo import serve"


def test_no_platforms_library_is_imported_and_none_that_only_delays_the_page() -> None:
    found = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_a_busy_port_gives_way_to_the_next_and_the_reader_is_told() -> None:
    with running("en") as first:
        program = (
            f"import asyncio; from bot.demo import serve; asyncio.run(serve(port={first.port}, open_browser=False))"
        )
        with subprocess.Popen(
            [sys.executable, "-u", "-c", program], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
        ) as second:
            assert second.stdout is not None
            told = [second.stdout.readline(), second.stdout.readline()]
            second.terminate()
            assert second.wait(timeout=10) == 0
    assert f"Port {first.port} is busy" in told[0]
    assert "http://127.0.0.1:" in told[1]


def test_its_database_is_gone_when_it_ends(tmp_path: Path) -> None:
    with running("en", tmp_path) as demo:
        (ours,) = tmp_path.glob("lobby-demo-*")
        assert list(ours.glob("*.db"))
        assert demo.stop() == 0
    assert not list(tmp_path.iterdir())


async def test_a_database_that_exists_is_left_alone(tmp_path: Path) -> None:
    precious = tmp_path / "precious.db"
    precious.write_bytes(b"a year of tickets")
    with pytest.raises(FileExistsError, match=r"precious\.db"):
        await serve(port=0, open_browser=False, database=precious)
    assert precious.read_bytes() == b"a year of tickets"
