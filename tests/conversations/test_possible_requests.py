"""What nobody explained: the desk goes through its list with one tap each, and what it dismisses is left alone."""

from storage.vocabulary import Disposition
from tests.conversations.wording import unsure
from tests.world import World


def test_the_desk_goes_through_its_list_and_is_not_asked_the_same_again(world: World) -> None:
    ann, bo, joan = world.person("Ann"), world.person("Bo"), world.person("Joan")
    first, second = unsure()
    said = ann.says(first)
    world.passes(minutes=10)
    bo.says(second)
    joan.says("/possible", world.desk_chat)
    assert world.desk_chat.hears("No possible request is waiting"), "both authors may still answer"
    world.passes(hours=2)
    joan.says("/possible", world.desk_chat)
    page = world.desk_chat.find("Possible requests · 2")
    assert first[:20] in page.speech.plain
    joan.taps("1 ✖️", world.desk_chat, page)
    assert world.disposition(said).disposition is Disposition.CHATTER
    page = world.desk_chat.find("Possible requests · 1")
    assert first[:20] not in page.speech.plain
    joan.taps("1 ✅", world.desk_chat, page)
    (ticket,) = world.tickets
    assert ticket.words == second
    assert world.desk_chat.hears("No possible request is waiting")
    before = len(world.room.texts)
    world.passes(days=1)
    world.person("Cai").says(first)
    assert world.inbox[-1].disposition is Disposition.CHATTER, "the dismissal taught"
    assert len(world.room.texts) == before
    assert "already" in joan.taps_raw(f"{page.tap_prefix}dismiss:1=0", world.desk_chat, page.message_id)


def test_other_groups_are_told_whose_list_it_is(world: World) -> None:
    world.person("Li").says("/possible", world.engineering)
    assert world.engineering.hears("customer desk looks after")
