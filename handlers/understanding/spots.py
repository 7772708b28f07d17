"""Which spot words are about: a room of somebody's flat, or a place all share. Patterns run on the normal form."""

import re
from functools import lru_cache

from handlers.understanding.normal_form import normal_form

_SHARED = {
    "corridor": r"走廊|楼道|过道|corridor|hallway|\blandings?\b",
    "stairs": r"楼梯|\bstairs\b|staircase|stairwell",
    "lobby": r"大堂|门厅|lobby|entrance hall",
    "garage": r"车库|地库|停车场|地下室|garage|car ?park|basement",
    "roof": r"天台|屋顶|楼顶|屋面|\broof(?:top)?\b",
    "lift": r"电梯|升降机|[𨋢䢂]|\blifts?\b|\belevators?\b",
    "yard": r"花园|庭院|小区门口|大门口|courtyard|main gate|footpath",
    "rubbish room": r"垃圾房|垃圾站|bin room|refuse room",
    "public toilet": r"公厕|公共厕所|公共卫生间|公共洗手间|public (?:toilet|restroom)",
    "club": r"会所|泳池|健身房|club ?house|\bgym\b|\bpool\b",
}
_OWN = {
    "kitchen": r"厨房|kitchen",
    "bathroom": r"浴室|(?<!公共)(?:卫生间|洗手间)|(?<!公共)厕所|冲凉房|bathroom|(?<!public )\btoilet\b|\bshower\b",
    "bedroom": r"卧室|主卧|次卧|睡房|bedroom",
    "living room": r"客厅|饭厅|living room|dining room|sitting room",
    "balcony": r"阳台|balcony",
    "study": r"书房|\bstudy\b",
    "home": r"我家|家里|家中|屋企|\b(?:my|our) (?:flat|home|apartment|unit|place|room)\b",
}
_SPOTS = {name: re.compile(pattern) for name, pattern in (_SHARED | _OWN).items()}
_ON_EACH_FLOOR = {"corridor", "stairs"}
_IN_EACH_BUILDING = {"lobby", "lift", "stairs", "roof"}
_SPREADS = re.compile(
    r"\b(?:into|onto|through|down to|now|spread\w*)\b|现在|而家|已经|[流漏滴渗][到进入下]|蔓延|一直到|浸到"
)
"""One trouble that has come further, and no other trouble somewhere else."""


def is_shared_place(words: str) -> bool:
    """Whether this is about what all share and no flat, so that nobody's room number helps."""
    spots = _spots_in(words)
    return bool(spots) and not spots & _OWN.keys()


def may_be_anywhere(words: str) -> bool:
    """Whether nothing but a building and a floor would say where this is: no spot, or one that each floor has."""
    return _spots_in(words) <= _ON_EACH_FLOOR


def is_of_a_building(words: str) -> bool:
    """Whether it is in what every building has for all of its people, so that the building alone would say where."""
    spots = _spots_in(words)
    return bool(spots & _IN_EACH_BUILDING) and not spots & _OWN.keys()


def is_other_spot(words: str, before: str) -> bool:
    """Whether words name other spots than those before; what leaks on into the next room is no other."""
    new, old = _spots_in(words) - {"home"}, _spots_in(before) - {"home"}
    return bool(new and old) and not new & old and _SPREADS.search(normal_form(words).text) is None


@lru_cache(maxsize=1024)
def _spots_in(words: str) -> frozenset[str]:
    text = normal_form(words).text
    return frozenset(name for name, pattern in _SPOTS.items() if pattern.search(text))
