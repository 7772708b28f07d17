"""A leak staff have answered, and the card that tells what became of the answer."""

from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking, phone 13800138000"


def card(world: World) -> str:
    return world.engineering.find("#1001", "leaking").speech.text
