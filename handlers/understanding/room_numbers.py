"""Whether a bare number such as 1202 or 27C, with no word beside it, is a room and not a year, a price or a bus."""

import re

from handlers.understanding.place_parts import PlacePart

_NO_ROOM_BEFORE = re.compile(
    r"(?:[$¥￥£€]|\bno\.?|第|共|约|花了?|线|\bbus|\broute|尾号|车牌|编号|单号|订单|\bplate|\border|\bref|\bticket|交了?|扣了?|收了?|付了?"
    r"|费|\bprice|\bfee|\bpaid|\bpay|\babout|\bonly|\bover|\bsince|打|拨|\bcall|原价|现价|才|只要|卖|hotline|热线|\bx)\s*$"
)
_NO_ROOM_AFTER = re.compile(
    r"\s*(?:元|块|米|度|人|个|位|%|天|年|月|日|次|分|秒|小时|点|路|斤|平|kg|ml|am\b|pm\b|kw|字|万|多|条|张|份|台|蚊|文|楼|层|号|只|家"
    r"|st\b|street|ave|rd\b|road|blvd|lane|dr\b|dollars?|bucks|sq|km|people|units|times|hours|days|min|years|each|per\b|/)"
)
_LEADS_TO_ROOM = re.compile(
    r"(?:\bat|\bin|\bfrom|\bhere|我|我家|我是|我们是|我住|这里|这边|本人|住|住在|业主|屋企|家|度|喺|[阁苑轩庭居府湾厦廊])\s*$"
)
_ENDS_CLAUSE = re.compile(r"\s*(?:$|[,，.。;；!！?？、\n)）]|here\b|this is)")
_SIGNS = re.compile(r"[一-鿿][\s,，。!！?？、]+$")
"""A number after a Chinese sentence, with nothing behind it, is how people sign: even 2001 is a flat there."""
_SERVICE_NUMBERS = frozenset(
    {"100", "110", "112", "114", "119", "120", "122", "911", "995", "999", "4g", "5g", "3g", "2g", "3d", "2d"}
)


def is_room_alone(text: str, part: PlacePart) -> bool:
    """True when a bare number in a normal form can only be read as the writer's flat."""
    number = part.values[0]
    before, after = text[: part.start], text[part.end :]
    if number in _SERVICE_NUMBERS or not _is_plausible(
        number, is_signature=_SIGNS.search(before) is not None and not after.strip()
    ):
        return False
    if _NO_ROOM_BEFORE.search(before[-12:]) or _NO_ROOM_AFTER.match(after):
        return False
    if _LEADS_TO_ROOM.search(before[-8:]):
        return True
    is_cut_before = not before or before[-1] in " ,，.。;；!！?？、\n:：("
    is_cut_after = not after or after[0] in " ,，.。;；!！?？、\n)"
    if not (is_cut_before and is_cut_after):
        return not before and bool(after) and not after[0].isascii()
    is_latin_around = before.rstrip()[-1:].isascii() and after.lstrip()[:1].isascii()
    if is_latin_around and before.strip() and after.strip():
        return before.rstrip()[-1] in ",.;!?:\n" or bool(_ENDS_CLAUSE.match(after))
    return True


def _is_plausible(number: str, *, is_signature: bool) -> bool:
    digits = re.sub(r"\D", "", number)
    if len(digits) <= 2:
        return 1 <= int(digits) <= 80
    is_year = 1980 <= int(digits) <= 2035 and number.isdigit()
    floor, room = divmod(int(digits), 100)
    return (is_signature or not is_year) and 1 <= floor <= 80 and 1 <= room <= 60
