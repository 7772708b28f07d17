"""Whose flat: the writer's own is hurt, a neighbour's is suspected."""

import pytest

from handlers.understanding.suspects import Side, Suspect, suspect_of


@pytest.mark.parametrize(
    ("words", "unit", "suspect"),
    [
        ("楼上漏水漏到我家了,3栋1202", "1202", Suspect(Side.ABOVE, "1302")),
        ("3栋1202天花板在滴水,应该是楼上厨房漏的", "1202", Suspect(Side.ABOVE, "1302")),
        ("樓上成日漏水落嚟,12樓B座", "12B", Suspect(Side.ABOVE, "13B")),
        ("The flat above leaks into my ceiling, T3 902", "902", Suspect(Side.ABOVE, "1002")),
        ("Water comes from upstairs, 2-1202", "2-1202", Suspect(Side.ABOVE, "2-1302")),
        ("隔壁漏水渗到我家墙上", "1202", Suspect(Side.BESIDE)),
        ("楼上漏水到我家", None, Suspect(Side.ABOVE)),
        ("My kitchen pipe leaks, Block 3 1202", "1202", None),
        ("水漏到楼下去了,我是1202", "1202", None),
    ],
)
def test_the_flat_it_comes_from(words: str, unit: str | None, suspect: Suspect | None) -> None:
    assert suspect_of(words, unit) == suspect
