"""The scripted day ends as its captions promise, in every language."""

from pathlib import Path

import pytest

from bot.demo import passing, player
from bot.demo.day import DAY, Scene, captions
from bot.demo.face import messages_of
from bot.demo.stage import Stage
from bot.demo.theatre import Theatre
from locales import LOCALES, voice


def texts_of(stage: Stage, address: str) -> list[str]:
    """What the desk has said there."""
    return [shown.speech.plain for shown in stage.channel.screens[address]]


@pytest.mark.parametrize("language", list(LOCALES))
async def test_the_day_is_played_to_its_end(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAUSE_SECONDS", "LOOK_PAUSE_SECONDS"):
        monkeypatch.setattr(player, name, 0)
    monkeypatch.setattr(passing, "BREATH_SECONDS", 0)
    theatre = Theatre(language, "http://127.0.0.1", tmp_path / "demo.db", lambda _: None)
    await theatre.open()
    try:
        await theatre.play()
        assert theatre._playing is not None
        await theatre._playing
        stage = theatre.stage
        assert theatre.state()["play"]["step"] == len(DAY)
        opened = stage.lobby.writer.read_now(
            lambda unit: [unit.tickets.find_by_number(stage.site_id, n) for n in range(1001, 1012)]
        )
        numbers = [ticket.number for ticket in opened if ticket is not None]
        assert numbers == list(range(1001, 1010)), "each sentence opened what the plan says"
        leak = opened[0]
        assert leak is not None
        assert (leak.reopened, leak.state) == (1, "closed")
        assert not any("1202" in text for text in texts_of(stage, "room")), "a room number stays out of the group"
        assert any("📊" in text for text in texts_of(stage, "managers"))
        noise = stage.lobby.writer.read_now(lambda unit: unit.complaints.find(opened[1].id if opened[1] else 0))
        assert noise is not None
        assert noise.step == "carry_out", "the tenant has said yes to the proposal"
        assert any("🕶" in text for text in texts_of(stage, "managers"))
        duty = [address for address in stage.channel.screens if address.startswith("duty-")]
        assert not any("🕶" in text for address in duty for text in texts_of(stage, address))
        link = stage.channel.screens["private-fang"][-1].speech.buttons[0][0].url
        assert link is not None
        assert "/s/" in link
        assert all(message["reply"] for message in messages_of(stage, "duty-engineering") if message["person"] == "li")
    finally:
        await theatre.close()


@pytest.mark.parametrize("language", list(LOCALES))
def test_every_chapter_has_a_caption(language: str) -> None:
    written = captions(voice(language))
    assert {step.caption for step in DAY if isinstance(step, Scene)} == set(written)
