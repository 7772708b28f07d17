"""A leaking pipe, all the way round."""

from storage.vocabulary import CallbackOutcome, CloseReason, Disposition, TicketState
from tests.world import World


def test_a_pipe_leaks_and_everybody_hears_what_concerns_them(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    said = ann.says("The kitchen pipe in Block 3 room 1202 is leaking, please send someone. My phone is 13800138000")
    assert world.disposition(said).disposition is Disposition.OPENED
    assert world.room.hears("1001", "repair")
    assert not world.room.hears("1202")
    card = world.engineering.find("#1001")
    assert "1202" in card.speech.text
    assert "13800138000" in card.speech.text

    assert "yours" in li.taps("Take", world.engineering)
    assert world.ticket().state is TicketState.ACCEPTED
    assert ann.private.hears("Li", "1001")
    assert "Li" in world.engineering.find("#1001").speech.text

    li.replies(card, "I am on my way, please be home", world.engineering)
    assert ann.private.hears("I am on my way")
    assert "sent" in world.engineering.find("#1001").speech.text

    li.taps("Done", world.engineering)
    li.taps("Part replaced", world.engineering)
    assert ann.private.hears("1001", "Part replaced")
    assert world.ticket().state is TicketState.DONE

    world.passes(hours=3)
    ann.taps("fixed", ann.private, ann.private.find("is it fixed"))
    ann.taps("⭐⭐⭐⭐⭐", ann.private)
    assert world.ticket().state is TicketState.CLOSED
    assert world.ticket().close_reason is CloseReason.CONFIRMED

    world.passes(hours=8)
    assert world.managers.hears("New 1", "closed 1")
    world.passes(days=1)
    assert ann.private.hears("How satisfied")


def test_not_fixed_opens_it_again_with_the_same_hands(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says("The tap in Block 3 1202 is dripping, please repair it")
    li.taps("Take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(hours=3)
    ann.taps("not", ann.private)
    ticket = world.ticket()
    assert ticket.state is TicketState.ACCEPTED
    assert ticket.reopened == 1
    assert world.engineering.hears("#1001", "Reopened with Li")
    callback = world.look(lambda unit: unit.afterwards.get_callback(ticket.id, 1))
    assert callback.outcome is CallbackOutcome.NOT_FIXED


def test_the_plumber_sees_whose_flat_is_hurt_and_whose_is_suspected(world: World) -> None:
    world.person("Ann").says("The flat above leaks into my bathroom, Block 3 1202", world.person("Ann").private)
    card = world.engineering.texts[0]
    assert "3栋 1202" in card
    assert "Perhaps from the flat above, 1302" in card
