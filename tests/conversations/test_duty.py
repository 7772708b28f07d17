"""Staff at work: one card, one tap; late, foreign and forged taps get a kind answer and change nothing."""

import pytest

from storage.vocabulary import ChatRole, Group, TicketState
from tests.world import World

LEAK = "3栋1202厨房水管漏水了,请派人来修"


def test_fifty_racers_and_one_owner(world: World) -> None:
    world.person("Mei").says(LEAK)
    card = world.engineering.find("#1001")
    answers = [
        world.person(f"Racer {n}").taps_raw(f"{card.tap_prefix}take", world.engineering, card.message_id)
        for n in range(50)
    ]
    assert sum("yours" in answer for answer in answers) == 1
    assert sum("Racer 0" in answer for answer in answers) == 49


@pytest.mark.parametrize(
    "tap",
    [
        "",
        ".",
        "take",
        "zzzzzzzzzzzzzzzzzzzz.take",
        "-1.take",
        "99999.take",
        "0.take",
        "1.",
        "{id}.rate:5",
        "{id}.done:nothing",
        "{id}.hand_over:mars",
        "\x00",
        "é" * 40,
    ],
)
def test_a_forged_tap_changes_nothing_and_is_answered_kindly(world: World, tap: str) -> None:
    world.person("Mei").says(LEAK)
    card = world.engineering.find("#1001")
    before = world.ticket()
    forged = tap.replace("{id}", card.tap_prefix.removesuffix("."))
    assert world.person("Li").taps_raw(forged, world.engineering, card.message_id)
    after = world.ticket()
    assert (after.state, after.assignee_id, after.revision) == (before.state, before.assignee_id, before.revision)


def test_a_card_cannot_be_tapped_from_another_chat(world: World) -> None:
    mallory = world.person("Mallory")
    world.person("Mei").says(LEAK)
    card = world.engineering.find("#1001")
    for chat in (world.room, mallory.private, world.desk_chat, world.managers):
        mallory.taps_raw(f"{card.tap_prefix}take", chat, card.message_id)
    assert world.ticket().state is TicketState.ASSIGNED


def test_an_old_card_tells_where_the_ticket_is_now(world: World) -> None:
    li, zhao = world.person("Li"), world.person("Zhao")
    world.person("Mei").says(LEAK)
    card = world.engineering.find("#1001")
    li.taps("Take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    assert "finished" in zhao.taps_raw(f"{card.tap_prefix}take", world.engineering, card.message_id)


def test_a_ticket_is_handed_to_another_group(world: World) -> None:
    li = world.person("Li")
    security = world.link(ChatRole.DUTY, "security", Group.SECURITY)
    world.person("Mei").says(LEAK)
    li.taps("Hand over", world.engineering)
    li.taps("Security", world.engineering)
    assert world.ticket().group is Group.SECURITY
    assert world.ticket().handed_over == 1
    assert security.hears("#1001")
    li.taps("Hand over", security)
    assert "no duty chat" in li.taps("Environment", security)


def test_a_report_in_own_words_reaches_the_tenant(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.starts()
    mei.says(LEAK)
    li.taps("Done", world.engineering)
    li.taps("Write my own", world.engineering)
    prompt = world.engineering.find("what was done")
    li.replies(prompt, "换了角阀,试水正常", world.engineering)
    assert world.ticket().state is TicketState.DONE
    assert mei.private.hears("换了角阀")


def test_staff_change_a_reply_and_the_tenants_copy_changes(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.starts()
    mei.says(LEAK)
    said = li.replies(world.engineering.find("#1001"), "三点到", world.engineering)
    li.edits(said, "四点到", world.engineering)
    assert mei.private.hears("四点到")
    assert not mei.private.hears("三点到")


def test_what_staff_say_among_themselves_stays_there(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.starts()
    mei.says(LEAK)
    heard = len(mei.private.screen)
    li.says("这家又来了", world.engineering)
    assert len(mei.private.screen) == heard


def test_nobody_takes_it_and_the_manager_hears(world: World) -> None:
    world.person("Mei").says(LEAK)
    world.passes(minutes=31)
    assert world.engineering.hears("1001", "waited")
    world.passes(minutes=31)
    assert world.managers.hears("1001")


def test_a_site_without_a_duty_chat_for_it_alarms_the_manager(world: World) -> None:
    def close(unit: object) -> None:
        for chat in unit.chats.list_linked():  # type: ignore[attr-defined]
            if chat.role is ChatRole.DUTY:
                chat.close("kicked", unit.now)  # type: ignore[attr-defined]

    world.act(close)
    world.person("Mei").says(LEAK)
    assert world.managers.hears("1001", "no duty chat")
