"""The demo's clock leaps to where its buttons say, and each chat shows who said what to whom."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo import passing
from bot.demo.building import ZONE
from bot.demo.face import Message, media_of, messages_of
from bot.demo.passing import Leap, target_of
from bot.demo.stage import Stage
from bot.demo.theatre import Theatre
from handlers import slips

LEAK = "The kitchen pipe is leaking, Block 3 1202"


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of a week in March, at the building."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("leap", "now", "lands"),
    [
        (Leap.HOUR, local(2, 23, 30), local(3, 0, 30)),
        (Leap.EVENING, local(2, 9, 5), local(2, 18)),
        (Leap.EVENING, local(2, 18), local(3, 18)),
        (Leap.MORNING, local(2, 9, 5), local(3, 10)),
        (Leap.MORNING, local(2, 23, 59), local(3, 10)),
        (Leap.TOMORROW, local(2, 19), local(3, 18)),
    ],
)
def test_each_leap_lands_where_its_button_says(leap: Leap, now: datetime, lands: datetime) -> None:
    assert target_of(leap, now) == lands


@pytest.fixture
async def theatre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Theatre]:
    """An open demo whose time passes without a pause to watch it."""
    monkeypatch.setattr(passing, "BREATH_SECONDS", 0)
    opened = Theatre("en", "http://127.0.0.1:8765", tmp_path / "demo.db", lambda _: None)
    await opened.open()
    yield opened
    await opened.close()


def shown(stage: Stage, address: str, *words: str) -> Message:
    """The newest message in a chat with these words, as the page is told it."""
    for message in reversed(messages_of(stage, address)):
        if all(word in f"{message.get('title') or ''} {message['text']}" for word in words):
            return message
    raise AssertionError(f"{words} stand nowhere in {address}: {messages_of(stage, address)}")


def verb(message: Message, label: str) -> str:
    """What a button does, by its label."""
    found: str = next(b["verb"] for line in message["buttons"] for b in line if label in b["label"])
    return found


async def test_the_evening_brings_callback_and_digest_each_at_its_own_time(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "TOO_SOON", timedelta(0))  # a test's finger is quicker than a hand
    stage = theatre.stage
    await stage.say("fang", "room", LEAK)
    await stage.settle()
    for label in ("Take", "Done", "Part replaced"):
        card = shown(stage, "duty-engineering", "#1001") if label == "Take" else messages_of(stage, "duty-engineering")
        of = card if isinstance(card, dict) else next(m for m in reversed(card) if _has(m, label))
        await stage.tap("li", "duty-engineering", of["id"], verb(of, label))
        await stage.settle()
    await theatre.leap(Leap.EVENING)
    asked, digest = shown(stage, "private-fang", "is it fixed?"), shown(stage, "managers", "📊")
    assert datetime.fromisoformat(asked["at"]) < datetime.fromisoformat(digest["at"])
    assert datetime.fromisoformat(digest["at"]).astimezone(ZoneInfo(ZONE)).hour == 18
    before = stage.clock.now()
    await theatre.leap(Leap.HOUR)
    assert (stage.clock.now() - before).total_seconds() == pytest.approx(3600, abs=30)


def _has(message: Message, label: str) -> bool:
    return any(label in button["label"] for line in message.get("buttons", []) for button in line)


async def test_commands_are_told_as_deeds_and_words_as_words(theatre: Theatre) -> None:
    stage = theatre.stage
    await stage.say("fang", "private-fang", "/my")
    await stage.say("he", "managers", "/digest")
    await stage.say("fang", "private-fang", "/unheard of")
    await stage.settle()
    private = {
        message["text"]: message["isDeed"] for message in messages_of(stage, "private-fang") if message["person"]
    }
    assert private["Emma Clarke asks for their requests"] is True
    assert private["Emma Clarke opened the private chat"] is True
    assert private["/unheard of"] is False
    assert shown(stage, "managers", "asks for the day so far")["isDeed"]


async def test_a_reply_shows_what_it_answers_and_a_photo_can_be_fetched(theatre: Theatre) -> None:
    stage = theatre.stage
    said = await stage.say("fang", "room", f"{LEAK}\nplease hurry", has_photo=True)
    await stage.settle()
    theirs = next(message for message in messages_of(stage, "room") if message["id"] == said)
    assert theirs["photo"] == f"/demo/media/{said}"
    assert media_of(stage, said) == media_of(stage, _photo_in(stage, "duty-engineering"))
    assert media_of(stage, "m0") is None
    receipt = shown(stage, "room", "Received, no. 1001")
    assert receipt["reply"]["name"] == "Emma Clarke"
    assert receipt["reply"]["text"] == f"{LEAK} please hurry"
    card = shown(stage, "duty-engineering", "#1001")
    answer = await stage.say("li", "duty-engineering", "I am on my way", reply_to=card["id"])
    await stage.settle()
    quoted = next(message for message in messages_of(stage, "duty-engineering") if message["id"] == answer)["reply"]
    assert (quoted["person"], quoted["name"]) == (None, None)
    assert "#1001" in quoted["text"]
    silent = await stage.say("fang", "room", "", has_photo=True)
    again = await stage.say("min", "room", "what is that?", reply_to=silent)
    await stage.say("min", "room", "and that?", reply_to="m0")
    await stage.settle()
    asked = {message["id"]: message for message in messages_of(stage, "room")}
    assert asked[again]["reply"]["text"] == "Photo"
    assert shown(stage, "room", "and that?")["reply"] is None


def _photo_in(stage: Stage, address: str) -> str:
    found: str = next(m["id"] for m in messages_of(stage, address) if m.get("photo"))
    return found


async def test_a_link_of_ours_works_under_any_name_of_the_server(theatre: Theatre) -> None:
    stage = theatre.stage
    await stage.say("yang", "room", LEAK)
    await stage.settle()
    urls = [b["url"] for m in messages_of(stage, "room") for line in m.get("buttons", []) for b in line if b["url"]]
    assert urls
    assert all(url.startswith("/?start=") for url in urls)
