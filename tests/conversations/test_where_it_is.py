"""Where nothing of the place is known, it is asked once and in private: a flat, or a floor of what all share."""

import pytest

from tests.world import World


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("The neighbours upstairs are so noisy every night, I want to complain", "which building and room"),
        ("The corridor light is broken", "which building and floor"),
        ("楼道里的垃圾没人清理，请安排打扫", "哪一栋、哪一层"),
        ("樓道燈壞了", "哪一棟、哪一層"),
    ],
)
def test_it_is_asked_in_private_and_only_once(world: World, words: str, asked: str) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(words)
    ann.starts()
    assert sum(asked in text for text in ann.private.texts) == 1
    assert not world.room.hears(asked)


@pytest.mark.parametrize(
    "words",
    [
        "The corridor light on the 5th floor of Block 3 is broken",
        "There is rubbish on the stairs of Block 3, please clean it",
        "The neighbours above Block 3 1202 are so noisy every night, I want to complain",
        "There is rubbish all over the garage, please clean it",
    ],
)
def test_what_is_known_is_not_asked(world: World, words: str) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(words)
    assert all(row.notification != "WhichUnit" for row in world.outbox)


def test_the_floor_of_a_corridor_is_nobodys_flat(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says("The corridor light is broken")
    ann.says("Block 3, 5th floor", ann.private)
    assert world.engineering.hears("#1001", "Block 3" if world.engineering.hears("Block 3") else "3栋", "5")
    ann.says("The kitchen tap is leaking, please repair it")
    assert ann.private.hears("1002", "which building and room")
