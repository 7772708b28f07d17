"""Tenants name their flats in every way there is; the desk knows which door to knock at."""

import pytest

from handlers.understanding.reading import read
from handlers.understanding.site_words import BuildingWords, SiteWords

SITE = SiteWords(
    (
        BuildingWords("3号楼", ("T3", "三栋")),
        BuildingWords("翠湖阁", ("Lakeview", "湖阁")),
        BuildingWords("B座"),
    )
)


@pytest.mark.parametrize(
    ("text", "building", "unit", "floor", "words"),
    [
        ("3栋1202厨房漏水", "3栋", "1202", "12", "3栋1202"),
        ("3-1202 水管漏了", "3栋", "1202", "12", "3-1202"),
        ("三号楼十二楼02室 漏水", "3栋", "1202", "12", "三号楼十二楼02室"),
        ("12/F Flat B has a leak", None, "12B", "12", "12/F Flat B"),
        ("T3 1202 tap leaking", "3栋", "1202", "12", "T3 1202"),
        ("tap leaking #12-02", None, "1202", "12", "#12-02"),
        ("B座大堂灯坏了", "B栋", None, None, "B座"),
        ("5座12樓A室漏水", "5栋", "12A", "12", "5座12樓A室"),
        ("3幢2单元501马桶堵了", "3栋", "2-501", "5", "3幢2单元501"),
        ("6-2-1404 阳台漏水", "6栋", "2-1404", "14", "6-2-1404"),
        ("Block 5 #12-02 choked sink", "5栋", "1202", "12", "Block 5 #12-02"),
        ("unit 1203 aircon leaking", None, "1203", "12", "unit 1203"),
        ("no hot water in Apt 4B", None, "4B", "4", "Apt 4B"),
        ("D-9-2 light broken", "D栋", "902", "9", "D-9-2"),
        ("１２栋１２０３ 漏水", "12栋", "1203", "12", "１２栋１２０３"),
        ("二十五樓C室冷氣壞咗", None, "25C", "25", "二十五樓C室"),
        ("12樓之2 馬桶不通", None, "12之2", "12", "12樓之2"),
        ("7F-3 燈不亮", None, "7之3", "7", "7F-3"),
        ("3号楼B单元1801门锁坏", "3栋", "B-1801", "18", "3号楼B单元1801"),
        ("热水器坏了 1705", None, "1705", "17", "1705"),
        ("冷氣唔凍 31D", None, "31D", "31", "31D"),
        ("9楼走廊灯不亮", None, None, "9", "9楼"),
        ("负二楼车库积水", None, None, "B2", "负二楼"),
        ("2座15樓A室漏水", "2栋", "15A", "15", "2座15樓A室"),
        ("Flat 5B Tower 2 leaking tap", "2栋", "5B", "5", "Flat 5B Tower 2"),
        ("A-1203 漏水", "A栋", "1203", "12", "A-1203"),
        ("no heat in apt 7F", None, "7F", "7", "apt 7F"),
        ("下水堵了 9#1204", "9栋", "1204", "12", "9#1204"),
        ("C3栋1单元302 灯不亮", "C3栋", "1-302", "3", "C3栋1单元302"),
        ("我是七幢三单元四零一 漏水", "7栋", "3-401", "4", "七幢三单元四零一"),
        ("北区4-1-903 门铃坏了", "4栋", "1-903", "9", "北区4-1-903"),
        ("二期5栋1202漏水", "5栋", "1202", "12", "二期5栋1202"),
        ("Washer is dead. 6-04", None, "604", "6", "6-04"),
        ("热水器不着火 麻烦看看 2003", None, "2003", "20", "2003"),
    ],
)
def test_a_tenant_names_a_place(
    text: str, building: str | None, unit: str | None, floor: str | None, words: str
) -> None:
    place = read(text).place
    assert (place.building, place.unit, place.floor, place.words) == (building, unit, floor, words)


@pytest.mark.parametrize(
    ("text", "building"),
    [
        ("T3 1202 漏水", "3号楼"),
        ("三栋1202漏水", "3号楼"),
        ("3幢1202漏水", "3号楼"),
        ("Tower 3 lobby light out", "3号楼"),
        ("翠湖閣1503漏水", "翠湖阁"),
        ("leak in lakeview 1503", "翠湖阁"),
        ("b座电梯坏了", "B座"),
        ("9栋1202漏水", None),
    ],
)
def test_a_building_comes_back_under_the_name_the_site_uses(text: str, building: str | None) -> None:
    assert read(text, SITE).place.building == building


def test_a_tenant_flooded_from_above_is_visited_in_her_own_flat() -> None:
    assert read("楼上1303漏水 漏到我家1203了").place.unit == "1203"


@pytest.mark.parametrize(
    "text",
    [
        "物业费多收了1203元",
        "2024年物业费怎么算",
        "坐905路公交到小区门口",
        "16栋1号电梯坏了，3号电梯也坏了",
        "煤气表读数1203",
        "tap leaking, paid $350 last time",
        "flat a mess after the flood",
        "有一层灰没打扫",
        "快打119",
        "since 2003 the roof leaks",
        "我们小区2003年的房子 外墙掉砖",
        "南区的保安态度不好",
    ],
)
def test_a_number_that_is_no_flat_is_left_alone(text: str) -> None:
    assert read(text).place.unit is None
