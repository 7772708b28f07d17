"""`lobby qr` prints what hangs in the lobby."""

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.commands.operator import Operator
from tests.wire.fake_telegram import FakeTelegram

TENANTS = "111:rooms-token-of-the-tests"


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    """The far end, with the tenants' bot."""
    with FakeTelegram() as fake:
        fake.bot(TENANTS, "rooms_bot")
        yield fake


def pages(pdf: bytes) -> list[bytes]:
    """What is drawn on each page."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return [zlib.decompress(a85decode(stream.strip().removesuffix(b"~>"))) for stream in streams]


def test_a_poster_for_a_flat_says_in_three_languages_where_to_write(
    newcomer: Operator, telegram: FakeTelegram, tmp_path: Path
) -> None:
    newcomer.settings = {"LOBBY_ROOMS_TOKEN": TENANTS, "LOBBY_ROOMS_API": telegram.url}
    newcomer.gets("site", "add", "阳光花园")
    newcomer.gets("building", "add", "阳光花园", "3栋")
    poster = tmp_path / "poster.pdf"
    said = newcomer.gets("qr", "--building", "3栋", "--unit", "1202", "--to", str(poster))
    assert said == f"{poster}: Telegram, for 阳光花园 3栋 1202\n"
    first = poster.read_bytes()
    assert first.startswith(b"%PDF")
    (page,) = pages(first)
    assert b"Something broken? Scan and tell us" in page
    assert page.count(b"Tj") == 10  # the place, and three things in three languages
    newcomer.gets("qr", "--building", "3栋", "--unit", "1202", "--to", str(poster))
    assert poster.read_bytes() == first  # the code is the same for as long as it hangs
    newcomer.gets("qr", "--to", str(poster))
    assert poster.read_bytes() != first


def test_a_poster_that_would_lead_nowhere_is_not_printed(newcomer: Operator, telegram: FakeTelegram) -> None:
    newcomer.gets("site", "add", "阳光花园")
    assert "no app for tenants" in newcomer.is_refused("qr")
    newcomer.settings = {"LOBBY_ROOMS_TOKEN": TENANTS, "LOBBY_ROOMS_API": telegram.url}
    assert "give --building too" in newcomer.types("qr", "--unit", "1202").stderr
    assert "no building" in newcomer.is_refused("qr", "--building", "9栋")
