"""One card, one tap: staff take, ask, hand over and finish, and every late or forged tap is answered kindly."""

import itertools

import pytest

from handlers.events import ButtonPressed
from storage.vocabulary import ChatRole, Disposition, Group, TicketState
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


def test_fifty_tap_take_and_one_has_it(world: World) -> None:
    world.person("Ann").says(LEAK)
    card = world.engineering.find("#1001")
    racers = [world.person(f"Worker {index}") for index in range(50)]
    world.happens(
        *(
            ButtonPressed(
                world.engineering.where, racer.speaker, card.message_id, f"{card.tap_prefix}take", f"tap {racer.name}"
            )
            for racer in racers
        )
    )
    toasts = [world.channel.toasts[f"tap {racer.name}"] for racer in racers]
    (winner,) = [racer.name for racer, toast in zip(racers, toasts, strict=True) if "yours" in toast]
    assert all(f"with {winner}" in toast for toast in toasts if "yours" not in toast)
    assert f"· {winner}" in world.engineering.find("#1001").speech.text
    assert sum("has taken it" in text for text in world.room.wordings) == 1


def test_a_late_take_is_told_what_became_of_it(world: World) -> None:
    li, wu = world.person("Li"), world.person("Wu")
    world.person("Ann").says(LEAK)
    li.taps("Take", world.engineering)
    assert "with Li" in wu.taps_stale("take", world.engineering)
    assert "yours" in li.taps_stale("take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    assert "finished" in wu.taps_stale("take", world.engineering)
    assert "finished" in wu.taps_stale("done:repaired", world.engineering)
    assert world.ticket().round == 1
    assert world.engineering.find("#1001").speech.buttons == ()


def test_a_cancelled_card_answers_kindly(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    ann.replies(world.room.find("1001"), "never mind, cancel it", world.room)
    assert world.ticket().state is TicketState.CANCELLED
    assert "moved on" in li.taps_stale("take", world.engineering)
    assert world.engineering.hears("💬 #1001", "cancel it")


FORGED = [
    "",
    ".",
    "take",
    "0.take",
    "-1.take",
    "zzzzzzzzzzzz.take",
    "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.take",
    "\x00.take",
    "1.take:me",
    "{card}",
    "{card}take:now",
    "{card}done:everything",
    "{card}hand_over:kitchen",
    "{card}kind:repair",
    "{card}callback:fixed",
    "{card}rate:5",
    "{card}rate:five",
    "{card}skip",
    "{card}show",
    "{card}language:en",
    "{room}take",
    "{room}kind:repair",
    "{room}callback:fixed",
    "{room}rate:5",
]


@pytest.mark.parametrize("tap", FORGED)
def test_forged_taps_change_nothing_and_are_answered(world: World, tap: str) -> None:
    ann, eve = world.person("Ann"), world.person("Eve")
    ann.says(LEAK)
    card, receipt = world.engineering.find("#1001"), world.room.find("1001")
    forged = tap.format(card=card.tap_prefix, room=receipt.tap_prefix)
    before = world.ticket().revision
    for chat, shown in ((world.engineering, card), (world.room, receipt)):
        for message_id in (shown.message_id, None, "m9999"):
            assert eve.taps_raw(forged, chat, message_id)
            assert world.inbox[-1].disposition is Disposition.REFUSED, world.inbox[-1].reason
    assert world.ticket().state is TicketState.ASSIGNED
    assert world.ticket().revision == before
    assert len(world.tickets) == 1


def test_a_tap_on_another_chats_card_is_refused(world: World) -> None:
    ann, guard = world.person("Ann"), world.person("Guard")
    ann.says(LEAK)
    ann.starts()
    card = world.engineering.find("#1001")
    for chat in (world.security, world.room, ann.private, world.managers):
        guard.taps_raw(f"{card.tap_prefix}take", chat, card.message_id)
        guard.taps_raw(f"{card.tap_prefix}take", chat, None)
    assert world.ticket().state is TicketState.ASSIGNED


def test_buttons_work_after_a_restart(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    world.restarts()
    li.taps("Take", world.engineering)
    world.restarts()
    li.taps("Done", world.engineering)
    world.restarts()
    li.taps("Repaired", world.engineering)
    world.restarts()
    world.passes(hours=3)
    ann.taps("fixed", ann.private)
    assert world.ticket().state is TicketState.CLOSED


def test_handed_over_it_leaves_the_one_chat_and_comes_to_the_other(world: World) -> None:
    li, guard = world.person("Li"), world.person("Guard")
    world.person("Ann").says(LEAK)
    li.taps("Take", world.engineering)
    li.taps("Hand over", world.engineering)
    assert "handed over" in li.taps("Security", world.engineering)
    assert world.engineering.find("#1001").speech.buttons == ()
    assert "moved on" in li.taps_stale("take", world.engineering)
    assert world.ticket().state is TicketState.ASSIGNED
    guard.taps("Take", world.security)
    assert world.ticket().state is TicketState.ACCEPTED
    assert "Guard" in world.engineering.find("#1001").speech.text


def test_words_of_the_group_it_was_handed_away_from_stay_with_staff(world: World) -> None:
    ann, li, guard = world.person("Ann"), world.person("Li"), world.person("Guard")
    ann.starts()
    ann.says(LEAK)
    li.taps("Take", world.engineering)
    card = world.engineering.find("#1001")
    said = li.replies(card, "I come at three", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Write my own", world.engineering)
    asked_what = world.engineering.last
    li.taps_stale("visit:own", world.engineering, card)
    asked_when = world.engineering.last
    li.taps_stale("hand_over:security", world.engineering, card)
    heard = len(ann.private.texts)
    li.says("tomorrow 10:00", world.engineering)
    assert world.engineering.hears("#1001 has moved on")
    answered = len(world.engineering.texts)
    li.says("tomorrow 11:00", world.engineering)
    assert len(world.engineering.texts) == answered, "said once: what follows is staff's own talk"
    guard.taps("Take", world.security)
    li.replies(card, "I come at four", world.engineering)
    assert world.engineering.hears("#1001 is with Guard already.")
    li.says("with a ladder", world.engineering, reply_to=said)
    li.replies(asked_what, "New washer", world.engineering)
    li.replies(asked_when, "today 5pm", world.engineering)
    assert [text for text in ann.private.texts[heard:] if "Guard has taken it" not in text] == []
    assert world.ticket().state is TicketState.ACCEPTED
    notes = [e.text for e in world.look(lambda unit: list(unit.tickets.list_entries(world.ticket().id)))]
    assert {"tomorrow 10:00", "I come at four", "with a ladder", "New washer", "today 5pm"} <= set(notes)
    guard.replies(world.security.find("#1001", "leaking"), "I am at the door", world.security)
    assert ann.private.hears("I am at the door")


def test_the_second_hand_over_asks_the_manager_to_decide(world: World) -> None:
    li, guard = world.person("Li"), world.person("Guard")
    world.person("Ann").says(LEAK)
    li.taps("Hand over", world.engineering)
    li.taps("Security", world.engineering)
    assert not world.managers.hears("#1001")
    guard.taps("Hand over", world.security)
    guard.taps("Engineering", world.security)
    assert world.ticket().handed_over == 2
    assert world.managers.hears("#1001", "handed over 2 times")
    li.taps("Take", world.engineering)
    assert world.ticket().state is TicketState.ACCEPTED


def test_a_hand_over_nobody_takes_is_not_forgotten(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    li.taps("Take", world.engineering)
    li.taps("Hand over", world.engineering)
    li.taps("Security", world.engineering)
    world.passes(minutes=61)
    assert world.security.hears("#1001 has waited")
    assert world.managers.hears("Not taken yet", "#1001", "Security")


def test_a_group_without_a_duty_chat_cannot_be_handed_anything(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    li.taps("Hand over", world.engineering)
    assert "no duty chat" in li.taps("Environment", world.engineering)
    assert world.ticket().group is Group.ENGINEERING


def test_a_photo_travels_with_the_hand_over(world: World) -> None:
    from storage.vocabulary import AttachmentKind

    li = world.person("Li")
    world.person("Ann").sends(AttachmentKind.PHOTO, LEAK)
    li.taps("Hand over", world.engineering)
    li.taps("Security", world.engineering)
    assert world.security.find("📎 No. 1001").media is not None


def test_menus_open_and_close_on_the_card_itself(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    for menu in ("Done", "Ask", "Hand over"):
        li.taps(menu, world.engineering)
        assert any("Back" in label for label in world.engineering.labels)
        li.taps("Back", world.engineering)
        assert any("Take" in label for label in world.engineering.labels)
    assert len(world.engineering.screen) == 1


def test_staff_of_one_site_never_touch_anothers_ticket(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    card = world.engineering.find("#1001")
    other = world.second_site()
    world.operator.says(f"/link {world.code(ChatRole.DUTY, Group.ENGINEERING, site_id=other)}", world.engineering)
    for verb in ("take", "done:repaired", "hand_over:security", "ask:photo", "done"):
        assert "old" in li.taps_raw(f"{card.tap_prefix}{verb}", world.engineering, card.message_id)
    li.replies(card, "hello from the other side", world.engineering)
    assert world.inbox[-1].disposition is Disposition.REFUSED
    assert world.ticket().state is TicketState.ASSIGNED
    assert not any("other side" in text for _, text in world.channel.wordings)


def test_many_changes_at_once_are_one_edit(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    before = len(world.engineering.wordings)
    lines = [ann.message(world.room, f"phone 1380013800{index}") for index in range(8)]
    world.happens(*itertools.chain(lines))
    edits = world.engineering.wordings[before:]
    assert len(edits) < len(lines)
    assert "13800138000" in world.engineering.find("#1001").speech.text


def test_done_without_taking_makes_it_ones_own(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    assert world.ticket().state is TicketState.DONE
    assert "· Li" in world.engineering.find("#1001").speech.text


def test_done_in_ones_own_words_with_a_photo_reaches_the_tenant(world: World) -> None:
    from storage.vocabulary import AttachmentKind

    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    li.taps("Done", world.engineering)
    li.taps("own", world.engineering)
    prompt = world.engineering.find("what was done")
    said = li.replies(prompt, "New washer, dry again", world.engineering, attached=(world.file(AttachmentKind.PHOTO),))
    assert ann.private.hears("No. 1001 is done", "New washer")
    assert ann.private.find("📎 No. 1001").media is not None
    assert "New washer" in world.engineering.find("#1001", "leaking").speech.text
    li.edits(said, "New washer and hose", world.engineering)
    assert ann.private.hears("No. 1001 is done", "hose")
    assert "hose" in world.engineering.find("#1001", "leaking").speech.text


def test_ready_questions_are_asked_in_the_tenants_language(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says("3栋1202厨房水管漏水,请来修")
    li.taps("Ask", world.engineering)
    assert "Asking the tenant" in li.taps("photo", world.engineering)
    assert any("照片" in text or "拍" in text for text in ann.private.wordings)


def test_a_question_in_ones_own_words_and_its_answer(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    li.taps("Ask", world.engineering)
    li.taps("own", world.engineering)
    li.replies(world.engineering.find("your question"), "Hot or cold side?", world.engineering)
    assert ann.private.hears("Hot or cold side?")
    world.passes(hours=1)
    ann.says("the hot one", ann.private)
    assert world.engineering.hears("💬 #1001 · Ann", "the hot one")


def test_a_menu_stays_open_under_the_thumb_while_the_tenant_writes_and_an_answer_arrives(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    li.taps("Take", world.engineering)
    li.replies(world.engineering.find("#1001"), "On my way", world.engineering)
    li.taps("Visit", world.engineering)
    hours = world.engineering.labels
    ann.replies(world.room.find("1001"), "It drips faster now", world.room)
    assert world.engineering.labels == hours
    li.taps("Back", world.engineering)
    li.taps("Done", world.engineering)
    ann.starts()
    assert "On my way" in ann.private.last.speech.text
    assert any("Repaired" in label for label in world.engineering.labels)
    ann.replies(world.room.find("1001"), "never mind, cancel it", world.room)
    assert world.engineering.labels == []
