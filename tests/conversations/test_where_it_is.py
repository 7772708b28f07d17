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


def test_of_the_lobby_or_the_lift_only_the_building_is_asked_once_and_nothing_in_danger(world: World) -> None:
    ann, bob, cai = (world.person(name) for name in ("Ann", "Bob", "Cai"))
    ann.starts()
    ann.says("The lobby light is broken, please repair it")
    asked = ann.private.find("No. 1001: in which building is it?")
    assert [button.label for row in asked.speech.buttons for button in row] == ["3栋", "5栋", "Skip"]
    assert "Recorded" in ann.taps("5栋", ann.private)
    assert world.engineering.find("#1001", "📍 5栋")
    bob.starts()
    bob.says("The mirror in the lift is loose, please repair it")
    assert bob.private.hears("in which building is it?")
    bob.says("Block 3", bob.private)
    assert world.engineering.find("#1002", "📍 3栋")
    assert world.look(lambda unit: unit.people.get(world.ticket(1002).reporter_id).building_id) is None
    cai.starts()
    cai.says("Someone is trapped in the lift")
    cai.says("The stairs in Block 3 are dirty, please clean them")
    cai.says("The light in the lobby of Block 5 is broken")
    assert not cai.private.hears("in which building")
