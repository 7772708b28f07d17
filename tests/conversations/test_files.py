"""Files travel with their ticket; one that cannot be had is told, never awaited in vain."""

from dataclasses import replace

import pytest

from bot.channels.channel import Letter, SendFailed
from storage.vocabulary import AttachmentKind
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"
KINDS = [kind for kind in AttachmentKind if kind not in (AttachmentKind.STICKER, AttachmentKind.LOCATION)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_words_reaches_the_duty_chat(world: World, kind: AttachmentKind) -> None:
    world.person("Ann").sends(kind, LEAK)
    media = world.engineering.find("📎 No. 1001").media
    assert media is not None
    assert media.kind is kind


def test_a_file_too_big_is_told_to_both_sides(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    huge = replace(world.file(AttachmentKind.VIDEO), size=10**10)
    ann.says(LEAK, attached=(huge,))
    assert len(world.tickets) == 1
    assert world.engineering.hears("too big", "#1001")
    assert ann.private.hears("no. 1001 is too big", "smaller")
    assert not any("big" in text for text in world.room.wordings)


def test_a_file_the_platform_has_forgotten(world: World) -> None:
    gone = world.file()
    world.channel.files.clear()
    world.person("Ann").says(LEAK, attached=(gone,))
    assert world.engineering.hears("could not be fetched")
    assert world.room.hears("no. 1001 didn't come through", "again")


def test_a_photo_staff_send_waits_for_the_private_chat(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    li.replies(world.engineering.find("#1001"), "", world.engineering, attached=(world.file(),))
    assert world.room.hears("you have an answer about no. 1001")
    ann.starts()
    assert ann.private.find("📎 No. 1001").media is not None


def test_a_sticker_is_no_evidence(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    ann.sends(AttachmentKind.STICKER)
    assert len(world.engineering.screen) == 1


def test_a_file_too_slow_for_the_line_holds_up_no_emergency_and_is_given_up_soon(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = world.channel.send, []

    async def send(letter: Letter) -> str:
        if letter.media is None:
            return await real(letter)
        tries.append(letter.address)
        raise SendFailed("no answer", unknown=True)

    monkeypatch.setattr(world.channel, "send", send)
    world.person("Ann").sends(AttachmentKind.VIDEO, "Fire in Block 3! smoke everywhere")
    world.person("Bob").says("Gas leak in Block 5, strong smell of gas")
    assert world.security.hears("#1002", "gas")
    for _ in range(10):
        world.passes(minutes=1)
    assert tries.count(world.security.address) == 3
