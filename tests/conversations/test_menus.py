"""What staff may tap fits the request: nothing is asked that is known, nothing reported that cannot have been done."""

import pytest

from storage.vocabulary import ChatRole, Group
from tests.world import ChatOnStage, World


def menu(world: World, chat: ChatOnStage, name: str) -> list[str]:
    """The buttons behind Ask or Done on the newest card; a complaint's own step comes before them."""
    if not any(name in label for label in chat.labels):
        world.person("Li").taps("More", chat)
    world.person("Li").taps(name, chat)
    rows = chat.find("#1001", "👤").speech.buttons
    return [button.label for row in rows for button in row]


def test_the_room_is_not_asked_when_it_is_known(world: World) -> None:
    world.person("Ann").says("The kitchen tap in Block 3 1202 is leaking, phone 13800138000")
    labels = menu(world, world.engineering, "Ask")
    assert "Which building and room is it?" not in labels
    assert not any("number can we call" in label for label in labels)
    assert "Could you send a photo of it?" in labels


def test_the_room_is_asked_when_it_is_not_known(world: World) -> None:
    world.person("Ann").says("The kitchen tap is leaking, please repair it")
    assert "Which building and room is it?" in menu(world, world.engineering, "Ask")


def test_nobody_asks_for_a_photo_of_a_question(world: World) -> None:
    world.person("Ann").says("How do I renew the parking card for next month?")
    (chat,) = [chat for chat in (world.desk_chat, world.security, world.engineering) if chat.hears("#1001")]
    labels = menu(world, chat, "Ask")
    assert not any("photo" in label or "visit" in label for label in labels)
    assert "Could you tell us a little more?" in labels


@pytest.mark.parametrize(
    ("words", "fits", "does_not_fit"),
    [
        ("The kitchen tap in Block 3 1202 is leaking", "Made safe, part ordered", "Cleaned up"),
        ("How do I renew the parking card for next month?", "Explained and settled", "Part replaced"),
        ("There is rubbish all over the stairs of Block 3, please clean it", "Cleaned up", "Part replaced"),
    ],
)
def test_what_was_done_fits_the_request(world: World, words: str, fits: str, does_not_fit: str) -> None:
    world.link(ChatRole.DUTY, "environment", Group.ENVIRONMENT)
    world.person("Ann").says(words)
    chat = next(chat for chat in world.chats if not chat.is_private and chat is not world.room and chat.hears("👤"))
    labels = menu(world, chat, "Done")
    assert fits in labels
    assert does_not_fit not in labels
    assert "✍️ Write my own" in labels


def test_nobody_asks_for_a_photo_of_a_noise(world: World) -> None:
    world.person("Ann").says("The neighbour upstairs renovates at midnight, I complained three times")
    (chat,) = [chat for chat in (world.desk_chat, world.security, world.engineering) if chat.hears("#1001")]
    assert not any("photo" in label for label in menu(world, chat, "Ask"))
