"""After the work: one question, one tap, never at night, and silence is never satisfaction."""

from dataclasses import replace

import pytest

from bot.channels.channel import SendFailed
from storage.vocabulary import CallbackOutcome, CloseReason, OutboxState, TicketState
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


def finish(world: World, words: str = LEAK, *, starts: bool = True) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    if starts:
        ann.starts()
    ann.says(words)
    li.taps("Take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)


def outcome(world: World, round_: int = 1) -> CallbackOutcome | None:
    found = world.look(lambda unit: unit.afterwards.find_callback(world.ticket().id, round_))
    return found.outcome if found else None


def test_the_question_names_the_job_and_the_place(world: World) -> None:
    finish(world)
    world.passes(hours=2, minutes=1)
    asked = world.person("Ann").private.find("is it fixed?").speech.plain
    assert "No. 1001" in asked
    assert "plumbing" in asked
    assert "3栋 1202" in asked


def test_nobody_is_asked_at_night(world: World) -> None:
    world.passes(hours=10, minutes=30)  # 20:00 in Shanghai
    finish(world)
    world.passes(hours=12, minutes=55)  # 8:55
    assert not world.person("Ann").private.hears("is it fixed?")
    world.passes(minutes=10)
    assert world.person("Ann").private.hears("is it fixed?")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("🔸", CallbackOutcome.PARTLY),
        ("❌", CallbackOutcome.NOT_FIXED),
        ("🚫", CallbackOutcome.NOBODY_CAME),
    ],
)
def test_anything_but_fixed_goes_back_to_the_same_hands(world: World, label: str, said: CallbackOutcome) -> None:
    finish(world)
    world.passes(hours=3)
    world.person("Ann").taps(label, world.person("Ann").private)
    ticket = world.ticket()
    assert (ticket.state, ticket.reopened) == (TicketState.ACCEPTED, 1)
    assert outcome(world) is said
    assert world.engineering.hears("🔁 #1001", "Reopened with Li")
    assert world.person("Ann").private.hears("Sorry about that", "Li")
    assert any("Done" in label for label in world.engineering.labels)


def test_fixed_then_stars_then_a_free_line(world: World) -> None:
    ann = world.person("Ann")
    finish(world)
    world.passes(hours=3)
    ann.taps("✅", ann.private)
    assert world.ticket().close_reason is CloseReason.CONFIRMED
    ann.taps("⭐⭐⭐⭐", ann.private)
    ann.says("quick and clean", ann.private)
    callback = world.look(lambda unit: unit.afterwards.get_callback(1, 1))
    assert (callback.rating, callback.words) == (4, "quick and clean")
    assert "⭐⭐⭐⭐" in world.engineering.find("#1001").speech.text
    world.passes(hours=8)
    assert world.managers.hears("4.0")


def test_still_leaking_after_the_stars_is_no_comment(world: World) -> None:
    ann = world.person("Ann")
    finish(world)
    world.passes(hours=3)
    ann.taps("✅", ann.private)
    ann.taps("⭐⭐⭐⭐⭐", ann.private)
    ann.says("still leaking", ann.private)
    assert world.ticket().reopened == 1


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("好了谢谢", TicketState.CLOSED),
        ("thank you", TicketState.CLOSED),
        ("还是漏", TicketState.ACCEPTED),
        ("still leaking", TicketState.ACCEPTED),
    ],
)
def test_words_count_as_an_answer(world: World, words: str, state: TicketState) -> None:
    ann = world.person("Ann")
    finish(world)
    world.passes(hours=3)
    ann.says(words, ann.private)
    assert world.ticket().state is state
    assert not any("✅" in label or "❌" in label for label in ann.private.labels)
    world.passes(days=3)
    assert sum("is it fixed?" in text for text in ann.private.wordings) == 1


@pytest.mark.parametrize("words", ["接口那里还在滴水", "it drips at the joint now"])
def test_after_not_fixed_the_next_words_say_what_is_wrong(world: World, words: str) -> None:
    ann = world.person("Ann")
    finish(world)
    world.passes(hours=3)
    ann.taps("❌", ann.private)
    ann.says(words, ann.private)
    assert len(world.tickets) == 1
    assert world.engineering.hears("💬 #1001", words)
    assert world.look(lambda unit: unit.afterwards.get_callback(1, 1)).words == words


def test_answered_twice_the_first_counts(world: World) -> None:
    ann = world.person("Ann")
    finish(world)
    world.passes(hours=3)
    question = ann.private.find("is it fixed?")
    ann.taps("✅", ann.private)
    assert "answered already" in ann.taps_raw(
        f"{question.tap_prefix}callback:not_fixed", ann.private, question.message_id
    )
    assert outcome(world) is CallbackOutcome.FIXED
    assert world.ticket().reopened == 0


def test_the_old_question_after_a_reopening_counts_no_more(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    finish(world)
    world.passes(hours=3)
    question = ann.private.find("is it fixed?")
    ann.taps("❌", ann.private)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    assert "answered already" in ann.taps_raw(f"{question.tap_prefix}callback:fixed", ann.private, question.message_id)
    assert world.ticket().state is TicketState.DONE
    world.passes(hours=3)
    ann.taps("✅", ann.private)
    assert outcome(world, 2) is CallbackOutcome.FIXED


def test_reopened_before_it_is_asked_the_question_is_never_put(world: World) -> None:
    ann = world.person("Ann")
    finish(world)
    ann.says("还是漏")
    world.passes(days=1)
    assert not ann.private.hears("is it fixed?")


def test_silence_is_reminded_once_closed_and_never_satisfied(world: World) -> None:
    ann = world.person("Ann")
    finish(world)
    world.passes(days=4)
    assert sum("is it fixed?" in text for text in ann.private.wordings) == 2
    assert ann.private.hears("Just one more time")
    ticket = world.ticket()
    assert (ticket.state, ticket.close_reason) == (TicketState.CLOSED, CloseReason.WITHOUT_ANSWER)
    assert outcome(world) is None
    assert "no answer to the callback" in world.engineering.find("#1001").speech.text
    world.passes(days=10)
    assert not ann.private.hears("How satisfied")
    ann.taps("❌", ann.private)
    assert world.ticket().reopened == 1


def test_who_cannot_be_asked_was_not_asked(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says(LEAK, ann.private)
    ann.blocks()
    li = world.person("Li")
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(days=3)
    assert world.ticket().close_reason is CloseReason.WITHOUT_ANSWER
    li.says("/digest", world.managers)
    assert not world.managers.hears("Callbacks answered")


def test_in_the_room_only_the_one_who_reported_may_answer(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    finish(world, starts=False)
    world.passes(hours=3)
    assert "1202" not in world.room.find("is it fixed?").speech.plain
    assert "somebody else" in bob.taps("✅", world.room)
    ann.taps("✅", world.room)
    assert world.ticket().state is TicketState.CLOSED


def test_the_survey_comes_once_a_season_and_only_in_private(world: World) -> None:
    ann = world.person("Ann")
    finish(world)
    for number in (1002, 1003):
        world.passes(hours=3)
        ann.taps("✅", ann.private)
        world.passes(days=20)
        finish(world, f"The kitchen tap in Block 3 1202 is leaking, time {number}")
    world.passes(days=3)
    assert sum("How satisfied" in text for text in ann.private.wordings) == 1
    assert not world.room.hears("How satisfied")
    world.passes(days=90)
    finish(world, "The bathroom light in Block 3 1202 is broken")
    world.passes(hours=3)
    ann.taps("✅", ann.private, ann.private.find("is it fixed?"))
    world.passes(days=2)
    assert sum("How satisfied" in text for text in ann.private.wordings) == 2


def test_a_survey_link_that_could_not_be_sent_is_not_kept(world: World) -> None:
    ann = world.person("Ann")
    finish(world)
    world.passes(hours=3)
    ann.taps("✅", ann.private)
    ann.private.refuses(SendFailed("slowed", retry_after=36_000))
    world.passes(days=1)
    ann.blocks()  # while the link still waits
    (invitation,) = (row for row in world.outbox if row.notification == "SurveyInvitation")
    assert (invitation.state, invitation.payload) == (OutboxState.REFUSED, '{"url":""}')


def test_no_survey_without_a_private_chat(world: World) -> None:
    finish(world, starts=False)
    world.passes(hours=3)
    world.person("Ann").taps("✅", world.room)
    world.passes(days=2)
    assert not any("How satisfied" in text for _, text in world.channel.wordings)


def test_a_restart_neither_doubles_nor_loses_the_question(world: World) -> None:
    finish(world)
    world.restarts()
    world.passes(hours=3)
    world.restarts()
    world.passes(hours=1)
    assert sum("is it fixed?" in text for text in world.person("Ann").private.wordings) == 1


def test_down_when_it_was_due_it_is_asked_once_afterwards(world: World) -> None:
    ann = world.person("Ann")
    finish(world)
    ann.private.refuses(SendFailed("server trouble"))
    world.passes(hours=3)
    ann.private.refuses(None)
    world.passes(minutes=20)
    assert sum("is it fixed?" in text for text in ann.private.wordings) == 1


def test_without_an_address_of_our_own_nobody_is_sent_a_dead_link(world: World) -> None:
    world.desk = replace(world.desk, public_url="")
    world.restarts()
    finish(world)
    world.passes(hours=3)
    world.person("Ann").taps("✅", world.person("Ann").private)
    world.passes(days=2)
    assert not world.person("Ann").private.hears("How satisfied")
    assert not any(row.notification == "SurveyInvitation" for row in world.outbox)
