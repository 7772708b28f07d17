"""Words reach the one they are meant for and nobody else; what a client forges moves nothing."""

from datetime import timedelta

import pytest

from bot.channels.channel import SendFailed
from handlers.events import DeskMembership
from storage.vocabulary import AttachmentKind, ChatRole, Disposition, Group, OutboxState, TicketState
from tests.world import World

LEAK = "3栋1202厨房水管漏水了,请派人来修"


def test_a_colleague_answers_a_colleague_and_the_tenant_hears_nothing(world: World) -> None:
    mei, li, wang = world.person("Mei"), world.person("Li"), world.person("Wang")
    mei.starts()
    mei.says(LEAK)
    wang.replies(world.engineering.find("#1001"), "今天下午去", world.engineering)
    heard = len(mei.private.screen)
    colleague = world.look(lambda unit: unit.inbox.list_received(1, ["memory"]))
    assert not colleague
    said = wang.says("我去吧", world.engineering)
    li.says("这家又来了,不急", world.engineering, reply_to=said)
    world.passes(minutes=31)
    reminder = world.engineering.find("waited")
    li.replies(reminder, "不是我,找老王,他懒", world.engineering)
    assert len(mei.private.screen) == heard


def test_a_new_case_days_later_is_not_the_answer_to_an_old_question(world: World) -> None:
    mei = world.person("Mei")
    mei.starts()
    mei.says("厨房水龙头漏水了,请派人来修")
    world.passes(days=3)
    mei.says("5栋1503的灯坏了,请派人来修", mei.private)
    assert world.ticket(1002).unit == "1503"
    assert world.ticket(1001).unit is None


@pytest.mark.parametrize("verb", ["rate:1", "skip", "callback:fixed", "take", "show", "kind:repair", "language:en"])
def test_a_neighbour_cannot_tap_what_a_message_does_not_offer(world: World, verb: str) -> None:
    world.person("Mei").says(LEAK)
    received = world.room.find("1001")
    answer = world.person("Mallory").taps_raw(f"{received.tap_prefix}{verb}", world.room, received.message_id)
    assert answer
    assert world.ticket().state is TicketState.ASSIGNED
    assert not world.look(lambda unit: list(unit.inbox.list_failed(10)))


def test_a_ticket_handed_over_is_reminded_of_again(world: World) -> None:
    li = world.person("Li")
    security = world.link(ChatRole.DUTY, "security", Group.SECURITY)
    world.person("Mei").says(LEAK)
    li.taps("Take", world.engineering)
    li.taps("Hand over", world.engineering)
    li.taps("Security", world.engineering)
    world.passes(minutes=31)
    assert security.hears("1001", "waited")
    world.passes(minutes=31)
    assert world.managers.hears("1001")


def test_managers_who_come_back_get_their_digests_again(world: World) -> None:
    boss = world.person("Boss")
    world.happens(DeskMembership(world.managers.where, boss.speaker, is_in=False))
    world.passes(days=1)
    world.happens(DeskMembership(world.managers.where, boss.speaker, is_in=True))
    world.passes(days=2)
    assert sum("Sunshine Garden" in text for text in world.managers.texts) == 2


def test_half_an_hour_without_the_platform_loses_nothing(world: World) -> None:
    for chat in (world.room, world.engineering):
        world.channel.refusals[chat.address] = SendFailed("server trouble")
    world.person("Mei").says(LEAK)
    for _ in range(40):
        world.clock.time += timedelta(minutes=1)
        world.settles()
    world.channel.refusals.clear()
    world.clock.time += timedelta(minutes=2)
    world.settles()
    assert world.engineering.hears("#1001")
    assert world.room.hears("1001")
    ticket = world.ticket()
    rows = world.look(lambda unit: list(unit.outbox.list_by_ticket(ticket.id)))
    assert {row.state for row in rows} == {OutboxState.SENT}


def test_an_edit_that_cries_for_help_pages_everybody(world: World) -> None:
    mei = world.person("Mei")
    said = mei.says(LEAK)
    mei.edits(said, "厨房有很浓的煤气味,快来人")
    assert world.managers.hears("🚨")


def test_a_room_told_in_one_building_is_not_used_in_another(world: World) -> None:
    mei = world.person("Mei")
    mei.starts()
    mei.says(LEAK)
    world.act(lambda unit: setattr(unit.people.find_by_account("memory", mei.address)[0], "unit", "1202"))
    world.passes(minutes=10)
    mei.says("5栋的水管爆裂漏水了,请派人来修")
    assert world.ticket(1002).unit is None


def test_a_cry_in_private_to_the_duty_bot_is_told_whom_to_call_and_where_to_write(world: World) -> None:
    world.lobby.inbox._reception.tenant_channels = frozenset()
    ann = world.person("Ann")
    ann.says("good morning", ann.private)
    assert ann.private.texts == []
    said = ann.says("Fire in Block 3! smoke everywhere", ann.private)
    assert len(ann.private.texts) == 1
    assert ann.private.hears("call 119", "https://t.example/desk?start=")
    assert world.disposition(said, ann.private).disposition is Disposition.ANSWERED
    assert world.tickets == []


def test_staffs_own_cry_in_a_duty_chat_stays_staff_talk(world: World) -> None:
    world.person("Li").says("Fire in Block 3! smoke everywhere", world.engineering)
    assert world.tickets == []
    assert world.engineering.texts == []


def test_what_stays_among_staff_reaches_no_tenant_however_it_is_answered(world: World) -> None:
    """A second line or a photo under a question that is answered, and words for a newer question of another ticket."""
    ann, may = world.person("Ann"), world.person("May")
    ann.starts()
    ann.says("The neighbours upstairs renovate every night, I told you three times and nobody cares")
    ann.says("How much is a parking card for a month?", ann.private)
    desk = world.desk_chat
    complaint = desk.find("#1001")
    may.taps("Take", desk, complaint)
    may.taps("Confirm with", desk, complaint)
    may.taps("As they wrote it", desk)
    ann.taps("Yes", ann.private)
    may.taps("What we found", desk)
    asked = desk.find("write what you found")
    may.sends(AttachmentKind.PHOTO, "", desk, reply_to=asked.message_id)
    may.says("They have no permit", desk)
    may.replies(asked, "And the one below exaggerates, as always", desk)
    may.sends(AttachmentKind.PHOTO, "", desk, reply_to=asked.message_id)
    world.settles()
    assert not any(secret in said for said in ann.private.wordings for secret in ("permit", "exaggerates", "📎"))
    may.taps("Propose", desk)
    may.taps_more("Note", desk, desk.find("#1002"))
    may.says("She parks on the pavement", desk)
    may.says("and never pays", desk)
    assert not any(secret in said for said in ann.private.wordings for secret in ("pavement", "never pays"))
    kept = world.look(
        lambda unit: [e.text for n in (1001, 1002) for e in unit.tickets.list_entries(world.ticket(n).id)]
    )
    assert {"And the one below exaggerates, as always", "She parks on the pavement"} <= set(kept)
