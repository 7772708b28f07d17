"""Neighbours who tell of one stopped lift, each in their own words."""

from tests.world import ChatOnStage, World

LIFT = "The lift in Block 3 has stopped again"


TELLINGS = (
    "3栋电梯又停了",
    "Block 3 lift is not working",
    "3座𨋢壞咗呀",
    "3號樓電梯不動了,請派人來",
    "lift broken in T3, please fix",
    "电梯坏了,3栋的",
)


def cards(chat: ChatOnStage) -> list[str]:
    """Every card standing in a duty chat."""
    return [text for text in chat.texts if "👤" in text and "👥 All" not in text]


def stopped(world: World, *names: str, starts: bool = True) -> None:
    """Each of them tells of the lift, some minutes apart."""
    for index, name in enumerate(names):
        person = world.person(name)
        if starts:
            person.starts()
        person.says(LIFT if index == 0 else TELLINGS[index - 1])
        world.passes(minutes=2)


def done(world: World) -> None:
    li = world.person("Li")
    li.taps("Take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
