"""After the work: is it really fixed? One tap or plain words; not at night; silence never counts as satisfied."""

from storage.vocabulary import CallbackOutcome, CloseReason, TicketState
from tests.world import World


def finished(world: World, *, in_private: bool = True) -> None:
    """Mei's pipe is repaired by Li."""
    mei, li = world.person("Mei"), world.person("Li")
    if in_private:
        mei.starts()
    mei.says("3栋1202厨房水管漏水了,请派人来修")
    li.taps("Take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)


def test_the_question_names_the_job_and_the_place(world: World) -> None:
    finished(world)
    world.passes(hours=2, minutes=1)
    assert world.person("Mei").private.hears("1001", "1202", "解决")


def test_nobody_is_asked_at_night(world: World) -> None:
    world.passes(hours=11)
    finished(world)
    world.passes(hours=5)
    assert not world.person("Mei").private.hears("解决了吗")
    world.passes(hours=8)
    assert world.person("Mei").private.find("1001", "解决")


def test_thanks_in_words_close_it(world: World) -> None:
    finished(world)
    mei = world.person("Mei")
    mei.says("好了,谢谢", mei.private)
    assert world.ticket().close_reason is CloseReason.CONFIRMED
    world.passes(hours=6)
    assert not mei.private.hears("解决了吗")


def test_still_leaking_opens_it_again_and_the_next_words_say_what(world: World) -> None:
    finished(world)
    mei = world.person("Mei")
    mei.says("还是漏水", mei.private)
    assert world.ticket().state is TicketState.ACCEPTED
    mei.says("接口那里还在滴水", mei.private)
    assert world.look(lambda unit: unit.tickets.find_by_number(world.site_id, 1002)) is None
    assert world.engineering.hears("接口那里还在滴水")


def test_not_fixed_by_a_tap_and_the_next_words_join(world: World) -> None:
    finished(world)
    world.passes(hours=3)
    mei = world.person("Mei")
    mei.taps("没解决", mei.private)
    assert world.ticket().reopened == 1
    mei.says("接口那里还在滴水", mei.private)
    assert world.look(lambda unit: unit.tickets.find_by_number(world.site_id, 1002)) is None


def test_an_old_question_answered_after_a_new_finish_changes_nothing(world: World) -> None:
    finished(world)
    world.passes(hours=3)
    mei, li = world.person("Mei"), world.person("Li")
    old = mei.private.find("1001", "解决")
    prefix, message = old.tap_prefix, old.message_id
    mei.taps("没解决", mei.private)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    mei.taps_raw(f"{prefix}callback:not_fixed", mei.private, message)
    assert world.ticket().state is TicketState.DONE


def test_silence_is_reminded_of_once_and_then_closed_without_answer(world: World) -> None:
    finished(world)
    world.passes(days=4)
    ticket = world.ticket()
    assert ticket.close_reason is CloseReason.WITHOUT_ANSWER
    assert sum("请问解决了吗" in text and "1001" in text for text in world.person("Mei").private.texts) == 2
    callback = world.look(lambda unit: unit.afterwards.get_callback(ticket.id, 1))
    assert callback.outcome is None
    assert callback.rating is None


def test_a_bad_answer_after_silence_still_opens_it(world: World) -> None:
    finished(world)
    world.passes(days=4)
    mei = world.person("Mei")
    mei.taps("没解决", mei.private)
    assert world.ticket().state is TicketState.ACCEPTED


def test_a_rating_and_a_free_line_are_kept_and_counted(world: World) -> None:
    finished(world)
    world.passes(hours=3)
    mei = world.person("Mei")
    mei.taps("已解决", mei.private)
    mei.taps("⭐⭐⭐⭐", mei.private)
    mei.says("师傅很耐心", mei.private)
    ticket = world.ticket()
    callback = world.look(lambda unit: unit.afterwards.get_callback(ticket.id, 1))
    assert (callback.outcome, callback.rating, callback.words) == (CallbackOutcome.FIXED, 4, "师傅很耐心")
    world.passes(hours=8)
    assert world.managers.hears("4.0")


def test_who_cannot_be_written_to_is_asked_in_the_room_without_the_room_number(world: World) -> None:
    finished(world, in_private=False)
    world.passes(hours=3)
    question = world.room.find("1001", "解决")
    assert "1202" not in question.speech.text
    world.person("Wang").taps_raw(f"{question.tap_prefix}callback:not_fixed", world.room, question.message_id)
    assert world.ticket().state is TicketState.DONE
    world.person("Mei").taps_raw(f"{question.tap_prefix}callback:fixed", world.room, question.message_id)
    assert world.ticket().state is TicketState.CLOSED


def test_the_survey_comes_once_a_season(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    for day in range(2):
        mei.starts()
        mei.says("3栋1202厨房水管漏水了,请派人来修")
        for tap in ("Take", "Done", "Repaired"):
            li.taps(tap, world.engineering)
        world.passes(hours=3)
        mei.taps("已解决", mei.private)
        world.passes(days=2 + day)
    links = [button.url for shown in mei.private.screen for row in shown.speech.buttons for button in row if button.url]
    assert len([link for link in links if "/s/" in link]) == 1
