"""A follow-up is no new ticket: it finds the one it means, and without one it opens nothing."""

import pytest

from storage.vocabulary import CallbackOutcome, Disposition, Kind, TicketState
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


@pytest.mark.parametrize("words", ["thank you", "any news?", "never mind, cancel it", "好了谢谢", "还没来吗?"])
def test_in_private_without_any_ticket_the_desk_asks_what_is_wrong(world: World, words: str) -> None:
    ann = world.person("Ann")
    ann.starts()
    said = ann.says(words, ann.private)
    assert world.disposition(said, ann.private).disposition is Disposition.ANSWERED
    assert world.tickets == []


def test_urging_is_counted_shown_and_answered_truly(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    ann.says("any news?")
    assert world.room.hears("No. 1001 is still waiting")
    li.taps("Take", world.engineering)
    world.passes(hours=1)
    ann.says("还没来吗?")
    assert world.room.hears("1001", "Li")
    assert world.ticket().urged == 2
    assert "2 times" in world.engineering.find("#1001", "leaking").speech.text
    assert world.engineering.hears("⏰", "#1001", "2")
    assert len(world.tickets) == 1


def test_urging_again_and_again_is_counted_but_not_answered_again(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    for _ in range(6):
        ann.says("any news?")
        world.passes(minutes=1)
    assert world.ticket().urged == 6
    assert sum("is still waiting" in text for text in world.room.wordings) == 1


def test_urging_with_several_tickets_finds_the_one_named(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    world.passes(hours=1)
    ann.says("The lift in Block 3 is stuck")
    world.passes(hours=1)
    ann.says("any news about the tap?")
    assert [ticket.urged for ticket in world.tickets] == [1, 0]
    ann.says("any news?")
    assert [ticket.urged for ticket in world.tickets] == [1, 1]


def test_a_reply_to_the_desk_names_the_ticket(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    receipt = world.room.find("1001")
    world.passes(hours=1)
    ann.says("The lift in Block 3 is stuck")
    ann.replies(receipt, "any news?", world.room)
    assert [ticket.urged for ticket in world.tickets] == [1, 0]


@pytest.mark.parametrize("words", ["cancel the lift please", "取消电梯的", "cancel 1002", "取消1002号"])
def test_taking_back_one_of_several_asks_which(world: World, words: str) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    world.passes(hours=1)
    ann.says("The lift in Block 3 is stuck")
    ann.says("never mind, cancel it")
    assert world.room.hears("Which one", "#1001", "#1002")
    assert all(ticket.is_open for ticket in world.tickets)
    ann.says(words)
    assert [ticket.state for ticket in world.tickets] == [TicketState.ASSIGNED, TicketState.CANCELLED]


def finished(world: World, words: str = LEAK) -> None:
    world.person("Ann").says(words)
    li = world.person("Li")
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)


@pytest.mark.parametrize("words", ["好了谢谢", "it works now, thanks", "修好了,谢谢师傅"])
def test_fixed_thanks_answers_the_callback_before_it_is_asked(world: World, words: str) -> None:
    ann = world.person("Ann")
    ann.starts()
    finished(world)
    ann.says(words)
    assert world.ticket().state is TicketState.CLOSED
    assert world.look(lambda unit: unit.afterwards.get_callback(1, 1)).outcome is CallbackOutcome.FIXED
    assert ann.private.hears("1 to 5")
    world.passes(days=2)
    assert not ann.private.hears("is it fixed?")
    assert len(world.tickets) == 1


def test_a_bare_thanks_among_neighbours_answers_nothing(world: World) -> None:
    finished(world)
    said = world.person("Ann").says("谢谢")
    assert world.disposition(said).disposition is Disposition.CHATTER
    assert world.ticket().state is TicketState.DONE


@pytest.mark.parametrize("words", ["还是漏", "still leaking", "it is still leaking", "还是漏水"])
def test_still_leaking_opens_it_again_with_the_same_hands(world: World, words: str) -> None:
    finished(world)
    world.person("Ann").says(words)
    ticket = world.ticket()
    assert (ticket.state, ticket.reopened) == (TicketState.ACCEPTED, 1)
    assert world.engineering.hears("#1001", "Reopened with Li")
    assert world.room.last.reply_to == world.inbox[-1].message_id
    assert "1001" in world.room.last.speech.plain
    assert len(world.tickets) == 1


def test_still_leaking_two_days_later_means_the_same_ticket(world: World) -> None:
    ann = world.person("Ann")
    finished(world)
    world.passes(hours=2, minutes=5)
    ann.taps("fixed", world.room)
    world.passes(days=2)
    ann.says("still leaking")
    assert world.ticket().reopened == 1


def test_after_a_week_the_same_fault_is_a_new_ticket(world: World) -> None:
    finished(world)
    world.passes(days=7)
    world.person("Ann").says("The kitchen tap in Block 3 1202 is leaking again")
    assert len(world.tickets) == 2
    assert world.ticket().reopened == 0


def test_another_thing_broken_again_leaves_the_finished_one_alone(world: World) -> None:
    finished(world)
    world.person("Ann").says("电梯又停了")
    assert world.ticket().reopened == 0
    assert len(world.tickets) == 2


def test_a_new_problem_under_an_old_receipt_is_a_new_ticket(world: World) -> None:
    ann = world.person("Ann")
    finished(world)
    world.passes(days=5)
    ann.replies(world.room.find("1001"), "now the bedroom light in Block 3 1202 is broken", world.room)
    assert len(world.tickets) == 2


def test_it_has_mended_itself_and_staff_hear_so(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    world.passes(minutes=20)
    ann.says("已经好了")
    assert world.ticket().is_open
    assert world.engineering.hears("✅ #1001", "says it is solved")
    assert "已经好了" not in world.ticket().words


def test_thanks_with_praise_in_it_is_praise(world: World) -> None:
    finished(world)
    world.person("Ann").says("表扬师傅小李,态度很好,服务热情,非常感谢")
    assert [ticket.kind for ticket in world.tickets] == [Kind.REPAIR, Kind.PRAISE]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("3-1202 水管漏水", "楼道灯也坏了"),
        ("The kitchen tap in Block 3 1202 is leaking", "also the bedroom light is out"),
        ("3栋电梯坏了", "5栋电梯也坏了"),
    ],
)
@pytest.mark.parametrize("how", ["next line", "reply", "later", "in private"])
def test_a_different_problem_is_a_ticket_of_its_own(world: World, first: str, second: str, how: str) -> None:
    ann = world.person("Ann")
    if how == "in private":
        ann.starts()
        ann.says(first, ann.private)
        ann.says(second, ann.private)
    else:
        ann.says(first)
        if how == "later":
            world.passes(minutes=20)
        if how == "reply":
            ann.replies(world.room.find("1001"), second, world.room)
        else:
            ann.says(second)
    assert [ticket.words for ticket in world.tickets] == [first, second]


@pytest.mark.parametrize("minutes", [0, 20])
def test_more_about_the_same_thing_joins(world: World, minutes: int) -> None:
    ann = world.person("Ann")
    ann.says("3-1202 水管漏水")
    world.passes(minutes=minutes)
    said = ann.says("水漏到客厅了")
    assert len(world.tickets) == 1
    assert world.engineering.hears("水漏到客厅了")
    assert world.disposition(said).disposition is Disposition.ADDED


def test_the_same_trade_in_another_flat_does_not_join(world: World) -> None:
    ann = world.person("Ann")
    ann.says("3-1202 水管漏水")
    world.passes(minutes=20)
    ann.says("3-1302 水管也漏水")
    assert len(world.tickets) == 2


def test_which_one_to_cancel_is_one_tap_of_the_one_who_asked(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says(LEAK)
    world.passes(hours=1)
    ann.says("The lift in Block 3 is stuck")
    ann.says("never mind, cancel it")
    assert "somebody else" in bob.taps("Cancel no. 1002", world.room)
    ann.taps("Cancel no. 1002", world.room)
    assert [ticket.state for ticket in world.tickets] == [TicketState.ASSIGNED, TicketState.CANCELLED]
    assert world.room.hears("No. 1002 (lift) is cancelled")
    assert world.engineering.hears("💬 #1002", "cancelled")
    assert (
        "answered already"
        in ann.taps_raw(
            f"{world.room.find('cancelled').tap_prefix}cancel:1002", world.room, world.room.find("cancelled").message_id
        )
        or len([t for t in world.tickets if t.state is TicketState.CANCELLED]) == 1
    )


@pytest.mark.parametrize("is_private", [False, True])
def test_a_new_request_right_after_done_is_a_new_ticket(world: World, is_private: bool) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    chat = ann.private if is_private else world.room
    ann.says("The kitchen tap leaks in Block 3, flat 1202", chat)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(minutes=1)
    said = ann.says("The bathroom tap is leaking", chat)
    assert world.disposition(said, chat).disposition is Disposition.OPENED
    assert world.engineering.hears("#1002", "bathroom tap")


def test_still_leaking_right_after_done_opens_it_again(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says("The kitchen tap leaks in Block 3, flat 1202")
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(minutes=1)
    ann.says("the tap is still leaking")
    assert [ticket.state for ticket in world.tickets] == [TicketState.ACCEPTED]
