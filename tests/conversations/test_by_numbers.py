"""Where a channel has no buttons and changes nothing it has said, people answer by numbers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import Engine

from bot.channels.channel import Abilities
from handlers.notifications.to_tenant import Noted
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from handlers.taps import PRESSES
from handlers.understanding.choices import choice_in
from storage.models import OutboxRow
from storage.vocabulary import CallbackOutcome, Disposition, Kind, TicketState
from tests.conversations.wording import unsure
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"
PLAIN = Abilities(buttons=False, edits=False, reactions=False, writes_first=False, groups=True, text_limit=2048)


@pytest.fixture
def plain(engine: Engine) -> Iterator[World]:
    """The same site on a channel like WeChat's."""
    stage = World(engine, abilities=PLAIN)
    yield stage
    stage.ends()


def reply_to_card(plain: World, words: str) -> str:
    return plain.person("Li").replies(plain.engineering.last, words, plain.engineering)


def finish(plain: World) -> None:
    plain.person("Ann").starts()
    plain.person("Ann").says(LEAK)
    for number in ("1", "1", "1"):  # take; done; repaired and tested
        reply_to_card(plain, number)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *((text, 2) for text in ("2", "２", "二", "两", "第二个", "第2個", "2.", "2️⃣", "选2", "no. 2", " 2 ", "②")),
        ("十", 10),
        *((text, None) for text in ("", "0", "2栋", "2号", "二楼", "2 taps", "1202", "好", "22222", "-2", "+1")),
    ],
)
def test_what_is_a_number_and_what_is_not(said: str, number: int | None) -> None:
    assert choice_in(said) == number


@pytest.mark.parametrize("answer", ["1", "１", "一", "第一个"])
def test_the_question_shows_numbers_and_its_author_answers_by_one(plain: World, answer: str) -> None:
    said = plain.person("Ann").says(unsure()[0])
    asked = plain.room.last.speech
    assert asked.buttons == ()
    assert "Please reply with a number:\n1. 🔧 " in asked.text
    assert plain.disposition(said).disposition is Disposition.ASKED
    plain.person("Ann").says(answer)
    assert [ticket.kind for ticket in plain.tickets] == [Kind.REPAIR]
    assert plain.disposition(said).disposition is not Disposition.ASKED
    assert plain.room.hears("1001")


def test_somebody_elses_number_is_their_own_words(plain: World) -> None:
    plain.person("Ann").says(unsure()[0])
    said = plain.person("Bob").says("1")
    assert plain.tickets == []
    assert plain.disposition(said).disposition is Disposition.CHATTER


def test_a_number_without_a_question_or_beyond_its_choices_is_not_swallowed(plain: World) -> None:
    ann = plain.person("Ann")
    assert plain.disposition(ann.says("2")).disposition is Disposition.CHATTER
    ann.says(unsure()[0])
    assert plain.disposition(ann.says("9")).disposition is not Disposition.ANSWERED
    assert plain.tickets == []


def test_a_question_that_has_expired_takes_no_number(plain: World) -> None:
    ann = plain.person("Ann")
    ann.says(unsure()[0])
    plain.passes(hours=25)
    assert plain.disposition(ann.says("1")).disposition is Disposition.CHATTER
    assert plain.tickets == []


def test_an_answered_question_takes_no_second_number(plain: World) -> None:
    ann = plain.person("Ann")
    ann.says(unsure()[0])
    ann.says("1")
    said = ann.says("2")
    assert len(plain.tickets) == 1
    assert plain.disposition(said).disposition is not Disposition.ANSWERED


def test_staff_work_a_card_by_replying_with_numbers(plain: World) -> None:
    plain.person("Ann").says(LEAK)
    assert "1. ✋ Take" in plain.engineering.last.speech.text
    reply_to_card(plain, "1")
    assert plain.ticket().state is TicketState.ACCEPTED
    plain.person("Li").says("2", plain.engineering)  # to nobody's card
    assert plain.ticket().state is TicketState.ACCEPTED


def test_a_colleagues_late_number_is_answered_and_never_reaches_the_tenant(plain: World) -> None:
    plain.person("Ann").starts()
    plain.person("Ann").says(LEAK)
    card = plain.engineering.last
    reply_to_card(plain, "1")
    said = plain.person("Wu").replies(card, "1", plain.engineering)
    assert plain.disposition(said, plain.engineering).disposition is Disposition.REFUSED
    assert plain.engineering.last.speech.plain == "#1001 is with Li already."
    assert plain.look(lambda unit: [e.text for e in unit.tickets.list_entries(plain.ticket().id)]) == [LEAK, "taken"]


def test_a_tap_that_came_too_late_leaves_nothing_behind_before_its_number_is_heard_as_words(
    plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome:
        tell(scene.unit, scene.chat, Noted(7), "en", key="of the tap")
        scene.person.name = "Nobody"
        return Outcome(Disposition.REFUSED, reason="too late")

    roles, _ = PRESSES["WhichKind"]
    monkeypatch.setitem(cast("dict[str, object]", PRESSES), "WhichKind", (roles, press))
    ann = plain.person("Ann")
    ann.says(unsure()[0])
    said = ann.says("1")
    assert plain.disposition(said).disposition is Disposition.CHATTER
    assert plain.look(lambda unit: unit.outbox.find_by_key("of the tap")) is None
    author = plain.disposition(said).person_id or 0
    assert plain.look(lambda unit: unit.people.get(author).name) == "Ann"


def test_the_callback_and_its_stars_are_answered_by_numbers(plain: World) -> None:
    finish(plain)
    assert plain.ticket().state is TicketState.DONE
    plain.passes(hours=3)
    ann = plain.person("Ann")
    assert ann.private.hears("is it fixed?", "1. ✅ fixed", "4. 🚫 nobody came")
    ann.says("1", ann.private)
    assert ann.private.hears("1 to 5", "5. ⭐⭐⭐⭐⭐")
    ann.says("四", ann.private)
    callback = plain.look(lambda unit: unit.afterwards.get_callback(plain.ticket().id, 1))
    assert (callback.outcome, callback.rating) == (CallbackOutcome.FIXED, 4)


def test_links_are_written_out(plain: World) -> None:
    plain.person("Ann").says(LEAK)
    assert "https://t.example/desk?start=" in plain.room.last.speech.text


def test_a_channel_with_buttons_reads_no_numbers(world: World) -> None:
    world.person("Ann").says(unsure()[0])
    assert "Please reply with a number" not in world.room.last.speech.text
    world.person("Ann").says("1")
    assert world.tickets == []


@pytest.mark.parametrize(
    ("language", "hint"), [("zh_CN", "请回复数字："), ("zh_TW", "請回覆數字："), ("en", "Please reply with a number:")]
)
def test_numbers_are_asked_for_in_the_readers_language(plain: World, language: str, hint: str) -> None:
    plain.act(lambda unit: setattr(unit.chats.find("memory", plain.engineering.address), "language", language))
    plain.person("Ann").says(LEAK)
    assert hint in plain.engineering.last.speech.text
    assert plain.clock.now() - plain.ticket().opened_at < timedelta(minutes=1)
