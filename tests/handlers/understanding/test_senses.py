"""What a second message does to the talk that is already going on."""

import pytest

from handlers.understanding.reading import read
from handlers.understanding.understanding import Sense


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("还没来吗？", Sense.URGING),
        ("师傅什么时候来", Sense.URGING),
        ("催一下", Sense.URGING),
        ("師傅幾時嚟呀", Sense.URGING),
        ("any news?", Sense.URGING),
        ("still waiting for the plumber", Sense.URGING),
        ("好了谢谢", Sense.THANKS),
        ("搞掂喇 唔該晒", Sense.THANKS),
        ("fixed, thanks", Sense.THANKS),
        ("all good now", Sense.THANKS),
        ("还是漏", Sense.STILL_BROKEN),
        ("又坏了", Sense.STILL_BROKEN),
        ("仲係漏水", Sense.STILL_BROKEN),
        ("still leaking", Sense.STILL_BROKEN),
        ("still not fixed", Sense.STILL_BROKEN),
        ("not fixed, thanks anyway", Sense.STILL_BROKEN),
        ("我家也是", Sense.SAME_HERE),
        ("我屋企都係", Sense.SAME_HERE),
        ("+1", Sense.SAME_HERE),
        ("same here", Sense.SAME_HERE),
        ("me too", Sense.SAME_HERE),
        ("不用来了", Sense.CANCEL),
        ("唔使嚟喇", Sense.CANCEL),
        ("cancel please", Sense.CANCEL),
        ("3栋1202厨房漏水", Sense.NEW),
        ("停车月卡怎么办", Sense.NEW),
        ("kitchen tap dripping", Sense.NEW),
    ],
)
def test_a_tenant_goes_on_talking(text: str, sense: Sense) -> None:
    assert read(text).sense is sense


def test_thanks_in_the_middle_of_a_new_request_is_manners() -> None:
    assert read("麻烦派师傅来看一下三楼走廊的灯 已经坏了好几天了 谢谢").sense is Sense.NEW
