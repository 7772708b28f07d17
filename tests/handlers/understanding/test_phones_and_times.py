"""Tenants leave a number and say when they are home; orders, plates and meters are not for calling."""

import pytest

from handlers.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("厨房漏水 电话138 0013 8000", "13800138000"),
        ("厨房漏水 打我手机13800138000", "13800138000"),
        ("冷氣壞咗 電話9123 4567", "91234567"),
        ("水龍頭漏水 0912-345-678", "0912345678"),
        ("sink blocked, call +852 9123 4567", "85291234567"),
        ("aircon leaking 1203 93332211", "93332211"),
        ("no heat, call me at (401) 555-0123", "4015550123"),
        ("漏水 １３８００１３８０００", "13800138000"),
        ("漏水 座机 0755-26001234", "075526001234"),
        ("dishwasher wont drain, call 555-0142", "5550142"),
    ],
)
def test_a_tenant_leaves_a_number(text: str, phone: str) -> None:
    assert read(text).phone == phone


@pytest.mark.parametrize(
    "text",
    [
        "快递柜坏了 订单号13800138000拿不出来",
        "门口被粤B12345堵住了",
        "水表编号12345678漏水",
        "3栋1202漏水",
        "20240512报修的水管还没修",
        "parcel locker broken, tracking no 91234567",
        "专业开锁 13800138000 随叫随到 价格优惠",
    ],
)
def test_a_number_that_nobody_asked_to_be_called_on_is_not_a_phone(text: str) -> None:
    assert read(text).phone is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("马桶堵了 明早九点后在家", "明早九点后"),
        ("水龙头漏水 下午三点以后有人", "下午三点以后"),
        ("麻烦周六上午来修一下空调", "周六上午"),
        ("冷氣壞咗 放工七點後得閒", "放工七點後"),
        ("熱水器壞了 週末都可以", "週末"),
        ("tap leaking, after 6pm Thu", "after 6pm Thu"),
        ("冷氣滴水 聽日下晝三點後", "聽日下晝三點後"),
        ("sink blocked, weekday mornings best", "weekday mornings"),
        ("aircon down, free Sat morning", "Sat morning"),
        ("please come between 2pm and 4pm tomorrow, toilet choked", "between 2pm and 4pm tomorrow"),
    ],
)
def test_a_tenant_says_when_to_come(text: str, time: str) -> None:
    assert read(text).visit_time == time


@pytest.mark.parametrize("text", ["昨晚开始漏水", "楼上每天半夜拖椅子", "music at 2am every night", "晚上一起吃饭吗"])
def test_the_hour_of_a_trouble_is_not_an_hour_to_visit(text: str) -> None:
    assert read(text).visit_time is None
