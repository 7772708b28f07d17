"""In danger nobody fills in a form; at a drill nobody is woken."""

import pytest

from handlers.understanding.reading import read
from storage.vocabulary import Kind, Urgency


@pytest.mark.parametrize(
    "text",
    [
        "闻到很浓的煤气味",
        "燃气泄漏了",
        "樓梯間聞到瓦斯味",
        "有大陣煤氣味",
        "I smell gas in the hallway",
        "厨房着火了",
        "隔籬單位火燭",
        "unit above is on fire",
        "我被困在电梯里",
        "婆婆困咗喺𨋢入面",
        "two kids trapped in the lift",
        "孩子触电了",
        "俾洗衣機電親",
        "I got an electric shock from the washer",
        "水管爆了 屋里全淹了",
        "爆水喉 成層水浸",
        "water main burst, basement flooding",
    ],
)
def test_a_tenant_in_danger_is_an_emergency(text: str) -> None:
    heard = read(text)
    assert heard.urgency is Urgency.EMERGENCY
    assert heard.kind is Kind.REPAIR
    assert heard.confidence >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "fire drill at 3?",
        "明天消防演习",
        "聽日有冇火警演習",
        "房屋火灾险怎么买",
        "if there is a fire which stairs do we use?",
        "新闻里说有个小区着火了",
        "灶台打不着火",
        "哈哈 作业多到把我淹了",
        "昨天着火那家 火已经扑灭了",
        "stuck in traffic, see you at 8",
    ],
)
def test_talk_of_danger_that_is_none_wakes_nobody(text: str) -> None:
    assert read(text).urgency is not Urgency.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "插座冒火花",
        "厕所粪水倒灌",
        "我被锁在门外了",
        "家里突然停电了",
        "外墙砖掉下来差点砸到人",
        "總掣一直跳 全屋冇電",
        "sewage coming up the shower drain",
        "no power in my unit 1203",
        "locked out of my flat",
        "broken glass all over the pool deck",
    ],
)
def test_a_tenant_who_cannot_wait_is_urgent(text: str) -> None:
    assert read(text).urgency is Urgency.URGENT


@pytest.mark.parametrize(
    "text", ["水龙头有点滴水", "走廊灯不亮", "请问物业费怎么交", "bulb out on 3rd floor", "表扬保安"]
)
def test_a_tenant_who_can_wait_is_not_urgent(text: str) -> None:
    assert read(text).urgency is Urgency.NORMAL
