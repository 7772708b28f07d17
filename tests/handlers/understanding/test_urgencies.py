"""In danger nobody fills in a form; at a drill nobody is woken."""

import pytest

from handlers.understanding.reading import read
from storage.vocabulary import Kind, Trade, Urgency


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
        "楼道里有烟味",
        "楼道有烧焦味",
        "something is burning on our floor",
        "smoke in the corridor",
        "走廊有陣燶味，唔知邊度嚟",
        "電梯卡住了，我在裡面",
        "我和孩子在电梯里，门打不开",
        "elevator stuck, 3 of us in here",
        "部𨋢停咗，我喺入面",
        "someone collapsed in the lobby",
        "有人喺大堂暈低咗",
        "有人晕倒在楼下了",
        "my toddler is locked in the bathroom alone",
        "小朋友反鎖咗喺房入面，喊緊",
        "孩子一个人反锁在家里，灶上还开着火",
        "since last night there is a strong gas smell",
        "昨晚开始楼道一直有煤气味",
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
        "楼上抽烟烟味大",
        "楼道里天天都是烟味，谁家抽这么多",
        "neighbours' cigarette smoke drifts in every evening",
        "我煮燶咗飯，好大陣燶味",
        "烧糊了饭，厨房一股糊味",
        "yesterday I was stuck in the lift for ten minutes",
        "上周电梯困人，物业到现在没给说法",
        "上周电梯困人",
        "琴日有人困𨋢，救咗出嚟",
        "the lift is stuck on floor 3, nobody inside",
        "电梯卡在三楼了，里面没人",
        "got a shock when I saw the bill",
        "I collapsed on the sofa after work",
        "孩子上网课锁在房间里不出来",
        "Raccoon dead on Broadway near the gas station",
        "no smoking sign please in the corridor",
        "小心触电",
        "電箱貼住小心觸電，個仔問係咩嚟",
        "熱到我差啲暈低",
        "people smoke in the stairwell every lunch hour",
        "I'm stuck in a queue at the bank, start without me",
        "my legs are on fire after that class",
        "做夢夢到電梯困人，嚇醒",
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
        "power's out in my flat",
        "全屋冇電",
        "家里一点水都没有",
        "客厅天花板要掉下来了",
        "socket is sparking",
        "厕所污水倒灌进家里",
        "toilet is overflowing and won't stop",
    ],
)
def test_a_tenant_who_cannot_wait_is_urgent(text: str) -> None:
    assert read(text).urgency is Urgency.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "the whole corridor ceiling has dropped on one side",
        "升降機停在中間 裡面的人在喊",
        "my kid has locked the bathroom and cannot open it",
        "個孫喺廁所入面 道門開唔返",
    ],
)
def test_a_tenant_needs_no_word_of_danger_to_be_urgent(text: str) -> None:
    assert read(text).urgency is not Urgency.NORMAL


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("there is fire in the bin room", Trade.FIRE_SAFETY),
        ("I smell gas by the back door", Trade.GAS),
        ("卡在电梯里了 2单元的 快点", Trade.LIFT),
        ("rotten egg smell in our hallway, something hisses", Trade.GAS),
    ],
)
def test_an_emergency_goes_to_those_who_end_it_and_not_to_those_of_the_place(text: str, trade: Trade) -> None:
    heard = read(text)
    assert heard.urgency is Urgency.EMERGENCY
    assert heard.trade is trade


@pytest.mark.parametrize(
    "text", ["水龙头有点滴水", "走廊灯不亮", "请问物业费怎么交", "bulb out on 3rd floor", "表扬保安", "聽日停唔停水"]
)
def test_a_tenant_who_can_wait_is_not_urgent(text: str) -> None:
    assert read(text).urgency is Urgency.NORMAL
