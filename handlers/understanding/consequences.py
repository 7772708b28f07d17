"""What follows from what: a burst pipe wets the ceiling and puts out the lamp, and it is still one trouble.

`problems` asks before it takes a piece of a message for another trouble. Patterns run on the normal form.
"""

import re

from handlers.understanding.normal_form import normal_form
from handlers.understanding.spots import is_other_spot, is_shared_place
from storage.vocabulary import Trade

_ALWAYS = {
    Trade.PLUMBING: frozenset({Trade.CLEANING}),
    Trade.ELECTRICAL: frozenset({Trade.NETWORK, Trade.HVAC, Trade.APPLIANCE, Trade.FIRE_SAFETY}),
    Trade.LIFT: frozenset({Trade.DOOR_ACCESS, Trade.ELECTRICAL, Trade.NOISE}),
    Trade.HVAC: frozenset({Trade.DOOR_ACCESS, Trade.ELECTRICAL}),
    Trade.STRUCTURE: frozenset({Trade.PLUMBING, Trade.CLEANING, Trade.PEST}),
    Trade.CLEANING: frozenset({Trade.PEST, Trade.PARKING}),
    Trade.APPLIANCE: frozenset({Trade.DOOR_ACCESS, Trade.ELECTRICAL, Trade.GAS, Trade.HVAC}),
    Trade.NETWORK: frozenset({Trade.ELECTRICAL}),
    Trade.FACILITIES: frozenset({Trade.DOOR_ACCESS, Trade.ELECTRICAL}),
    Trade.FIRE_SAFETY: frozenset({Trade.DOOR_ACCESS, Trade.ELECTRICAL, Trade.LIFT}),
    Trade.GAS: frozenset({Trade.PLUMBING}),
    Trade.GREEN: frozenset({Trade.STRUCTURE, Trade.PARKING, Trade.PEST, Trade.CLEANING}),
    Trade.NOISE: frozenset({Trade.STRUCTURE, Trade.PLUMBING}),
    Trade.NEIGHBOUR: frozenset({Trade.STRUCTURE, Trade.PLUMBING, Trade.CLEANING, Trade.PEST}),
    Trade.PARKING: frozenset({Trade.DOOR_ACCESS, Trade.ELECTRICAL, Trade.STRUCTURE, Trade.FIRE_SAFETY}),
    Trade.SECURITY: frozenset(
        {Trade.DOOR_ACCESS, Trade.ELECTRICAL, Trade.PARKING, Trade.STAFF, Trade.STRUCTURE, Trade.FACILITIES}
    ),
}
"""What a trouble of a trade can bring with it, in whichever order the two are told."""
_WETTED = frozenset(
    {Trade.STRUCTURE, Trade.ELECTRICAL, Trade.CLEANING, Trade.APPLIANCE, Trade.NEIGHBOUR, Trade.PLUMBING, Trade.HVAC}
)
_FLOODED = _WETTED | {Trade.DOOR_ACCESS, Trade.LIFT, Trade.PARKING, Trade.FACILITIES, Trade.FIRE_SAFETY, Trade.NETWORK}
_POWERED = frozenset(
    {
        Trade.ELECTRICAL,
        Trade.LIFT,
        Trade.NETWORK,
        Trade.HVAC,
        Trade.APPLIANCE,
        Trade.DOOR_ACCESS,
        Trade.PLUMBING,
        Trade.FIRE_SAFETY,
        Trade.PARKING,
        Trade.SECURITY,
        Trade.FACILITIES,
    }
)
_WATER = re.compile(
    r"leak|drip|seep|soak|burst|flood|overflow|\bwet\b|water (?:is |was |keeps )?(?:com|runn|pour|through|every|all)"
    r"|[漏滴渗爆溢淹湿泡浸漫]|破裂|冒水|灌(?!木)|积水|进水|脏水|喷水"
)
_FLOOD = re.compile(
    r"burst|flood|overflow|water (?:is )?(?:everywhere|into|all over)"
    r"|[爆溢淹浸漫]|(?:全是|都是|好多)水|进水|破裂|水一?直?往"
)
_POWER = re.compile(
    r"停电|[没无冇]有?电(?![梯话视])|断电|跳闸|跳电|电闸|短路|漏电|闸[合推]|[合推]不?[上到]?闸"
    r"|blackout|outage|breaker|\bfuse|short circuit|electricity|\btripp?(?:s|ed|ing)\b|no power"
    r"|power (?:is |was |has |went |goes |keeps |supply )?(?:cut|out|off|down|fail|gone|going)"
)
_SHAKEN = re.compile(r"装修|施工|[震撞]|renovat|drilling|construction|\bhit\b")
_LAMP = re.compile(r"\b(?:lights?|lamps?|bulbs?|street ?(?:light|lamp)s?)\b|灯")
_RUBBISH = re.compile(r"\b(?:trash|rubbish|garbage|bins?|litter|dumpsters?)\b|垃圾|狗屎")
_OWN_DOOR = re.compile(
    r"lock|\bkeys?\b|card|\bfobs?\b|intercom|buzzer|doorbell|windows?\b|\bgates?\b"
    r"|(?:main|front|entrance|lobby|garage|fire|glass|my|our|flat|room|building) door"
    r"|门禁|锁|钥匙|对讲|窗|大[门闸]|单元门|铁[门闸]|房门|玻璃门|家门|小区门|楼下门"
)
_OWN_LAMP = re.compile(
    r"street|ceiling|outside|\b(?:kitchen|bath|bed|living|toilet|balcony|room|desk|porch|hall)"
    r"|[路街]灯|天花|吊灯|[厨厕房厅]|阳台|卫生间|洗手间|浴室|门口|门廊|屋企|家里"
)
"""A lamp or socket by its place; a bare "the light" after a lift or a router is a part of it, as a bare door is."""
_RESULT = re.compile(
    r"差[点啲]|[害绊摔跌]|所以|因此|因为|只能|只好|唯有|导致|搞[到得]|弄得"
    r"|[里入]面|进来|入嚟|[走跑飞爬钻].?出[来嚟]|轮椅|婴儿车"
    r"|\binside\b|wheelchair|stroller|\b(?:com|walk|gett|fly)ing (?:in|out)\b"
    r"|almost|nearly|\b(?:have|had) to\b|because|due to"
    r"|\btripped (?:there|over|on)|tripped$|\bfell\b|\bits?\b|[它佢]|\bso (?:i|we|my|our|that|now|nobody|people|they)\b"
)


def is_result(words: str) -> bool:
    """Whether the words themselves say what came of something: "so we have to", 差点摔跤, "it smells"."""
    return _RESULT.search(normal_form(words).text) is not None


def can_follow(words: str, trade: Trade, told: str, earlier: Trade) -> bool:
    """Whether `words`, a trouble of `trade`, can come of what was `told`, a trouble of `earlier`, or cause it."""
    new, old = normal_form(words).text, normal_form(told).text
    if (_POWER.search(old) and trade in _POWERED) or (_POWER.search(new) and earlier in _POWERED):
        return not (_LAMP.search(old) and _LAMP.search(new))
    if _is_far(words, told) and not (_FLOOD.search(old) or _FLOOD.search(new)):
        return False
    if trade is Trade.CLEANING and _RUBBISH.search(new) and earlier is not Trade.NEIGHBOUR:
        return False  # water makes dirt, and nothing that breaks keeps the bins from being emptied
    return trade in _effects(earlier, old, new) or earlier in _effects(trade, new, old)


def _effects(trade: Trade, cause: str, effect: str) -> frozenset[Trade]:
    found = _ALWAYS.get(trade, frozenset())
    if trade is Trade.ELECTRICAL and _LAMP.search(cause):
        found = frozenset()  # a lamp that is out puts out nothing else
    if _OWN_LAMP.search(effect) or is_shared_place(effect):
        found -= {Trade.ELECTRICAL}
    if _OWN_DOOR.search(effect):
        found -= {Trade.DOOR_ACCESS}
    if _SHAKEN.search(cause):
        found |= {Trade.STRUCTURE, Trade.PLUMBING}
    if _WATER.search(cause) and trade is not Trade.CLEANING:  # a bin that overflows wets nothing
        found |= _FLOODED if _FLOOD.search(cause) else _WETTED
    return found


def _is_far(words: str, told: str) -> bool:
    """One in somebody's flat, the other where all walk: water from a kitchen tap puts out no lamp on the stairs."""
    return is_other_spot(words, told) and is_shared_place(words) != is_shared_place(told)
