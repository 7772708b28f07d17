"""Suggestions, praise, questions and services: each goes its own sensible way."""

from storage.vocabulary import CloseReason, Kind, TicketState
from tests.world import World


def test_a_question_is_answered_by_staff_and_closed_without_a_callback(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    ann.starts()
    ann.says("停车月卡怎么办?")
    assert world.ticket().kind is Kind.INQUIRY
    may.replies(world.desk_chat.find("#1001"), "Bring your car papers to the desk, 300 a month", world.desk_chat)
    assert ann.private.hears("car papers")
    may.taps("Done", world.desk_chat)
    may.taps("Explained", world.desk_chat)
    ticket = world.ticket()
    assert (ticket.state, ticket.close_reason) == (TicketState.CLOSED, CloseReason.ANSWERED)
    world.passes(days=3)
    assert not ann.private.hears("fixed?")


def test_a_suggestion_is_thanked_and_answered(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    ann.says("建议在大堂加个雨伞架,下雨天方便大家")
    if not world.tickets:
        ann.taps("建议", world.room)
    assert world.ticket().kind is Kind.SUGGESTION
    assert world.room.hears("💡", "1001")
    may.replies(world.desk_chat.find("#1001"), "Good idea, it comes next week", world.desk_chat)
    may.taps("Done", world.desk_chat)
    may.taps("Explained", world.desk_chat)
    ann.starts()
    assert ann.private.hears("it comes next week")
    assert world.ticket().state is TicketState.CLOSED


def test_praise_is_thanked_shown_and_needs_no_work(world: World) -> None:
    world.person("Ann").says("表扬师傅小李,态度很好,服务热情,非常感谢")
    ticket = world.ticket()
    assert (ticket.kind, ticket.state, ticket.close_reason) == (Kind.PRAISE, TicketState.CLOSED, CloseReason.LOGGED)
    assert world.room.hears("🌷")
    assert world.desk_chat.find("#1001", "小李").speech.buttons == ()
    world.passes(days=4)
    assert not world.desk_chat.hears("has waited")
    assert len(world.room.wordings) == 1


def test_a_complaint_goes_to_the_desk_and_is_called_back(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    ann.starts()
    ann.says("楼上半夜装修,说了三次没人管")
    assert world.ticket().kind is Kind.COMPLAINT
    may.taps("Take", world.desk_chat)
    may.taps("More", world.desk_chat)
    may.taps("Done", world.desk_chat)
    may.taps("Explained", world.desk_chat)
    world.passes(days=1, hours=1)
    assert any("✅" in label for label in ann.private.labels)


def test_a_service_is_asked_for_and_granted(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    ann.starts()
    ann.says("申请明天上午8点使用货梯搬家", ann.private)
    if not world.tickets:
        ann.taps("服务", ann.private)
    ticket = world.ticket()
    assert ticket.kind is Kind.SERVICE
    chat = next(chat for chat in (world.desk_chat, world.security, world.engineering) if chat.wordings)
    may.replies(chat.find("#1001"), "The goods lift is yours from 8 to 10", chat)
    assert ann.private.hears("goods lift is yours")


def test_unsure_of_a_suggestion_the_guess_is_offered_too(world: World) -> None:
    world.person("Ann").says("please add an umbrella stand in the lobby")
    if world.tickets:
        assert world.ticket().kind is Kind.SUGGESTION
    else:
        assert any("suggestion" in label for label in world.room.labels)
