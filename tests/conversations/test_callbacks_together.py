"""Several callbacks of one day, or of one incident, are one message with one tap for each."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.channels.memory import PLAIN
from storage.vocabulary import CallbackOutcome, CloseReason, TicketState
from tests.world import World

JOBS = ("The kitchen tap in Block 3 1202 is leaking", "The mailbox of Block 3 1202 does not lock, please repair it")
LIFT = "The lift in Block 3 has stopped again"


def finish(world: World, number: int) -> None:
    li = world.person("Li")
    for label in ("Take", "Done", "Repaired"):
        li.taps(label, world.engineering, world.engineering.find(f"#{number} ", "👤"))


def two_jobs(world: World, *, hours_apart: float = 1) -> None:
    ann = world.person("Ann")
    ann.starts()
    for words in JOBS:
        ann.says(words)
        world.passes(minutes=10)
    finish(world, 1001)
    world.passes(hours=hours_apart)
    finish(world, 1002)


def lift_stopped(world: World, *names: str, starts: bool = False) -> None:
    for name in names:
        if starts:
            world.person(name).starts()
        world.person(name).says(LIFT)
        world.passes(minutes=2)
    finish(world, 1001)
    world.passes(hours=3)


def outcome(world: World, number: int) -> CallbackOutcome | None:
    found = world.look(lambda unit: unit.afterwards.find_callback(world.ticket(number).id, 1))
    return found.outcome if found else None


def asked(world: World, name: str = "Ann") -> list[str]:
    return [text for text in world.person(name).private.wordings if "fixed?" in text]


def test_two_jobs_of_one_day_are_asked_about_once_when_the_later_is_due(world: World) -> None:
    two_jobs(world)
    world.passes(hours=1, minutes=30)
    assert asked(world) == []
    world.passes(hours=1)
    (question,) = asked(world)
    assert "No. 1001 · plumbing" in question
    assert "No. 1002" in question


def test_each_job_has_its_own_tap_and_one_rating_is_for_what_was_fixed(world: World) -> None:
    ann = world.person("Ann")
    two_jobs(world)
    world.passes(hours=3)
    ann.taps("✅ 1001", ann.private)
    assert (outcome(world, 1001), outcome(world, 1002)) == (CallbackOutcome.FIXED, None)
    assert "✅ No. 1001" in ann.private.find("finished").speech.plain
    assert "✅ 1001" not in ann.private.labels
    ann.taps("❌ 1002", ann.private)
    assert world.ticket(1001).close_reason is CloseReason.CONFIRMED
    assert world.ticket(1002).state is TicketState.ACCEPTED
    assert world.engineering.hears("🔁 #1002")
    ann.taps("⭐⭐⭐⭐", ann.private)
    ratings = [world.look(lambda unit, n=n: unit.afterwards.find_callback(world.ticket(n).id, 1)) for n in (1001, 1002)]
    assert [callback.rating for callback in ratings if callback] == [4, None]
    assert ann.private.hears("4 out of 5")
    assert len(asked(world)) >= 1
    assert len([shown for shown in ann.private.screen if "finished" in shown.speech.plain]) == 1


def test_jobs_of_two_days_are_two_questions(world: World) -> None:
    two_jobs(world, hours_apart=24)
    world.passes(hours=3)
    assert not any("These jobs" in text for text in asked(world))


def test_the_reminder_and_the_silence_come_for_both_at_once(world: World) -> None:
    two_jobs(world)
    world.passes(days=1, hours=4)
    assert len(asked(world)) == 2
    assert "Just one more time" in asked(world)[-1]
    world.passes(days=1, hours=1)
    reasons = {world.ticket(number).close_reason for number in (1001, 1002)}
    assert reasons == {CloseReason.WITHOUT_ANSWER}


def test_told_in_words_the_message_keeps_up(world: World) -> None:
    ann = world.person("Ann")
    two_jobs(world)
    world.passes(hours=3)
    ann.replies(ann.private.find("1002", "done"), "fixed, thank you", ann.private)
    assert outcome(world, 1002) is CallbackOutcome.FIXED
    assert "✅ No. 1002" in ann.private.find("These jobs").speech.plain


def test_neighbours_in_a_room_share_one_question_and_answer_each_for_themselves(world: World) -> None:
    lift_stopped(world, "Ann", "Bob", "Cai")
    questions = [text for text in world.room.wordings if "is it fixed?" in text]
    assert len(questions) == 1
    assert "1001, 1002, 1003" in questions[0]
    assert "somebody else" in world.person("Dan").taps("✅", world.room)
    world.person("Bob").taps("✅", world.room)
    assert [outcome(world, number) for number in (1001, 1002, 1003)] == [None, CallbackOutcome.FIXED, None]
    assert world.room.hears("is it fixed?", "Answered: 1 of 3")
    assert "already" in world.person("Bob").taps("❌", world.room)
    world.person("Ann").taps("❌", world.room)
    assert world.ticket(1001).is_open
    assert world.ticket(1003).is_open
    assert not any("✅ fixed" in label for label in world.room.labels)


def test_neighbours_with_private_chats_are_asked_there(world: World) -> None:
    lift_stopped(world, "Ann", "Bob", starts=True)
    assert not world.room.hears("is it fixed?")
    for name, number in (("Ann", "1001"), ("Bob", "1002")):
        (question,) = asked(world, name)
        assert number in question


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh_CN", ("这几项工作已完成", "1001号工单")), ("zh_TW", ("這幾項工作已完成", "1001號工單"))],
)
def test_it_is_asked_in_the_tenants_language(world: World, language: str, words: tuple[str, ...]) -> None:
    ann = world.person("Ann")
    ann.starts()
    jobs = {
        "zh_CN": ("3栋1202厨房水管漏水", "3栋1202的信箱锁坏了,请来修"),
        "zh_TW": ("3棟1202廚房水管漏水", "3棟1202的信箱鎖壞了,請來修"),
    }
    for said in jobs[language]:
        ann.says(said)
        world.passes(minutes=10)
    for number in (1001, 1002):
        finish(world, number)
    world.passes(hours=3)
    assert ann.private.hears(*words), ann.private.texts


def test_stars_count_once_and_only_for_what_was_fixed(world: World) -> None:
    ann = world.person("Ann")
    two_jobs(world)
    world.passes(hours=3)
    assert "answered already" in ann.taps_stale("rate:2", ann.private, ann.private.find("finished"))
    assert not ann.private.hears("out of 5")
    for label in ("✅ 1001", "✅ 1002", "⭐⭐⭐⭐⭐"):
        ann.taps(label, ann.private)
    assert "answered already" in ann.taps_stale("rate:2", ann.private, ann.private.find("finished"))
    assert ann.private.hears("5 out of 5")
    assert not ann.private.hears("2 out of 5")


def test_where_nothing_can_be_changed_each_answer_brings_only_what_is_left(engine: Engine) -> None:
    plain = World(engine, abilities=replace(PLAIN, groups=True, edits=False, merges=False))
    try:
        ann, li = plain.person("Ann"), plain.person("Li")
        ann.starts()
        for words in JOBS:
            ann.says(words)
            plain.passes(minutes=10)
        for number in (1001, 1002):
            for answer in ("1", "1", "1"):
                li.replies(plain.engineering.find(f"#{number}", "1. "), answer, plain.engineering)
        plain.passes(hours=4)
        assert plain.person("Ann").private.hears("These jobs are finished", "No. 1001", "No. 1002")
        ann.says("1", ann.private)  # the first is fixed
        left = ann.private.last.speech.plain
        assert "Noted" in left
        assert "No. 1002" in left
        assert "1001" not in left
        ann.says("1", ann.private)
        assert "1 to 5" in ann.private.last.speech.plain
        assert "No. 100" not in ann.private.last.speech.plain
    finally:
        plain.ends()
