"""One message, several troubles: each gets a reading of its own, and what only describes one trouble splits nothing."""

from pathlib import Path

import pytest

from handlers.understanding.problems import read_all
from handlers.understanding.site_words import BuildingWords, SiteWords
from storage.vocabulary import Kind, Trade, Urgency

_LINES = (Path(__file__).parent / "several.txt").read_text(encoding="utf-8").splitlines()
TOLD = [tuple(line.split(" | ", 1)) for line in _LINES if line and not line.startswith("#")]
"""What each message tells of, and the message."""


def trades_told(text: str) -> list[str]:
    return [problem.reading.trade.value if problem.reading.trade else "-" for problem in read_all(text)]


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("厨房水管漏水，还有楼道灯坏了", ["plumbing", "electrical"]),
        ("lift stuck and also no hot water in 12B", ["lift", "plumbing"]),
        ("3栋1202马桶堵了，另外门禁卡也刷不开", ["plumbing", "door_access"]),
        ("1. 厨房水龙头漏水 2. 走廊灯不亮 3. 电梯按钮失灵", ["plumbing", "electrical", "lift"]),
        ("The gym treadmill is broken. Also the lobby light is out.", ["facilities", "electrical"]),
        ("冷氣漏水，同埋大門鎖壞咗", ["hvac", "door_access"]),
        ("toilet blocked, wifi down", ["plumbing", "network"]),
        ("前台态度差，还有楼道灯坏了三天", ["staff", "electrical"]),
        ("厨房水管漏水，顺便问一下停车月卡怎么办", ["plumbing", "parking"]),
        ("3栋电梯坏了，5栋电梯也坏了", ["lift", "lift"]),
        ("廁所塞咗 燈又唔着", ["plumbing", "electrical"]),
        ("浴缸去水慢 燈又唔著", ["plumbing", "electrical"]),
    ],
)
def test_a_tenant_tells_several_troubles_at_once(text: str, trades: list[str]) -> None:
    assert trades_told(text) == trades


def is_told_apart(expected: str, text: str) -> bool:
    told = trades_told(text)
    trades = expected.removeprefix("~").split()
    if trades == ["1"]:
        return len(told) == 1
    return len(told) == len(trades) and all(one in each.split("/") for one, each in zip(told, trades, strict=True))


def test_two_troubles_in_a_plain_pair_are_two_and_one_told_at_length_is_one() -> None:
    assert [text for expected, text in TOLD if is_told_apart(expected, text) == expected.startswith("~")] == []


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        (
            "my light in the corridor is flickering and the trash has not been collected for three days",
            ["electrical", "cleaning"],
        ),
        ("走廊灯不亮，垃圾三天没人收", ["electrical", "cleaning"]),
        ("The lift is stuck between floors but empty, and the rubbish room stinks, Block 5", ["lift", "cleaning"]),
    ],
)
def test_a_stranger_tells_two_troubles_of_two_teams_in_one_breath(text: str, trades: list[str]) -> None:
    assert trades_told(text) == trades


@pytest.mark.parametrize(("expected", "text"), TOLD)
def test_no_word_is_lost_between_the_troubles(expected: str, text: str) -> None:
    problems = read_all(text)
    rest = text
    for problem in problems:
        before, found, rest = rest.partition(problem.words)
        assert found
        assert before.strip(" ,.，。；").casefold() in ("", "and", "also", "and also")
    assert rest.strip(" .。!") == ""


def test_what_stands_beyond_the_part_that_is_read_stays_with_the_last_trouble() -> None:
    text = "toilet blocked, wifi down, " + "please come soon " * 130 + "ring the bell of 12B"
    assert [problem.words for problem in read_all(text)][-1].endswith("ring the bell of 12B")


@pytest.mark.parametrize(
    "text",
    [
        "水管从昨天开始漏水，越来越严重了",
        "kitchen tap leaking since yesterday, and it's getting worse",
        "楼上漏水，天花板都泡了，墙也发霉了",
        "water pipe burst, floor is flooded and water is going into the sockets",
        "停电了，电梯也停了",
        "电梯坏了三天，打电话也没人接，物业到底管不管",
        "the upstairs neighbour is so loud, and the guard does nothing",
        "厨房漏水，几点能来修？维修要收费吗",
        "保安态度差，还有保安睡觉",
        "please fix the sink, the kitchen one, and call me on 91234567",
        "厨房灯和客厅灯都坏了",
        "门坏了关不上，窗户也关不上",
        "3栋1202漏水，麻烦尽快来修，电话13800138000，明早九点后在家",
        "楼上1302漏水，漏到我家1202了",
        "谢谢你们，修好了",
        "今天天气真好，还有谁去打球",
        "",
        "，，，",
    ],
)
def test_a_trouble_with_its_details_stays_one(text: str) -> None:
    assert len(read_all(text)) == 1


def test_a_flat_and_a_phone_told_once_hold_for_every_trouble() -> None:
    tap, card = read_all("3栋1202马桶堵了，另外门禁卡也刷不开，电话13800138000，晚上七点后在家")
    assert tap.reading.place.unit == card.reading.place.unit == "1202"
    assert tap.reading.phone == card.reading.phone == "13800138000"
    assert tap.reading.visit_time == card.reading.visit_time == "晚上七点后"
    assert tap.words == "3栋1202马桶堵了"


def test_a_lift_is_in_the_building_of_the_writer_and_not_in_the_flat() -> None:
    lift, tap = read_all("电梯按钮坏了，还有我家3栋1202水管漏水")
    assert (lift.reading.place.building, lift.reading.place.unit) == ("3栋", None)
    assert tap.reading.place.unit == "1202"


def test_each_trouble_in_a_place_of_its_own_keeps_it() -> None:
    site = SiteWords((BuildingWords("3座"), BuildingWords("5座")))
    third, fifth = read_all("3座电梯坏了，5座电梯也坏了", site)
    assert (third.reading.place.building, fifth.reading.place.building) == ("3座", "5座")


def test_an_emergency_told_with_a_dim_lamp_stays_an_emergency() -> None:
    gas, lamp = read_all("There's a gas smell in the hallway and also my kitchen light is flickering")
    assert gas.reading.urgency is Urgency.EMERGENCY
    assert (lamp.reading.kind, lamp.reading.trade, lamp.reading.urgency) == (
        Kind.REPAIR,
        Trade.ELECTRICAL,
        Urgency.NORMAL,
    )


def test_a_list_without_end_becomes_no_more_than_five() -> None:
    troubles = ["水龙头漏水", "走廊灯不亮", "电梯按钮失灵", "垃圾桶满了没人收", "宽带断网", "门禁刷不开", "空调不制冷"]
    told = read_all(" ".join(f"{number}. {trouble}" for number, trouble in enumerate(troubles, start=1)))
    assert 2 <= len(told) <= 5
    assert "空调不制冷" in told[-1].words
