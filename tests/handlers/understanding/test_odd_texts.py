"""Whatever a chat can carry is read without an error, and quickly."""

import pytest

from handlers.understanding.reading import read
from storage.vocabulary import Kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00",
        "漏水\x00厨房",
        "\ud800 漏水 \udfff",
        "\u202e水管漏了\u202c",
        "مرحبا المصعد معطل",
        "<b>leak</b> & <script>alert(1)</script> 3栋1202",
        "🔥🔥🔥",
        "+1",
        "3" * 300,
        "-" * 300,
        "一二三四五六七八九十" * 100,
        "%s {0} {text} \\d+ ((((",
        "ﷺ" * 500,
    ],
)
def test_nothing_a_person_can_send_breaks_the_desk(text: str) -> None:
    heard = read(text)
    assert 0 <= heard.confidence <= 1


def test_hidden_signs_and_full_width_do_not_hide_a_request() -> None:
    heard = read("水\u200b管\u200d漏\u200b水了 ３栋\u200e１２０２")
    assert heard.kind is Kind.REPAIR
    assert heard.place.unit == "1202"


def test_a_tenant_with_fast_thumbs_is_still_understood() -> None:
    assert read("tolet is cloged, plesae send plubmer, kitchne flodding").kind is Kind.REPAIR
    assert read("elevater not workng").kind is Kind.REPAIR


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "a " * 50_000,
        "漏" * 100_000,
        "1-" * 50_000,
        "1 " * 50_000,
        "明天" * 2_048,
        "after " * 20_000,
        "三号楼" * 2_000,
        "leak in unit 1203, " * 216,
    ],
)
def test_a_very_long_message_is_read_to_its_end(text: str) -> None:
    """A pattern that backtracks without end would never come back from these."""
    assert 0 <= read(text).confidence <= 1
