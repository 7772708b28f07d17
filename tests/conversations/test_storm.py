"""Many cards at once into one duty chat come as one message, urgent first, and none is forgotten."""

from bot.channels.channel import Pace, SendFailed
from storage.vocabulary import Group, OutboxState, Urgency
from tests.world import World

SLOW = Pace(per_chat_seconds=3600, per_group_minute=10_000, per_second=10_000)
FAST = Pace(per_chat_seconds=0, per_group_minute=10_000, per_second=10_000)


def storm(world: World, count: int = 12) -> None:
    """Everybody's lift and light fail; number 9 is urgent."""
    world.restarts(SLOW)
    people = [world.person(f"Tenant {index}") for index in range(count)]
    world.happens(
        *(
            person.message(
                world.room,
                f"Block 3 {1200 + index} the socket is sparking, dangerous, please repair it"
                if index == 8
                else f"Block 3 {1200 + index} the bedroom light is broken, please repair it",
            )
            for index, person in enumerate(people)
        )
    )
    world.restarts(FAST)


def test_twelve_cards_become_one_message_and_come_out_by_a_tap(world: World) -> None:
    storm(world)
    li = world.person("Li")
    cards = [text for text in world.engineering.texts if "📍" in text]
    summary = world.engineering.find("📥")
    assert len(cards) + 12 - len(cards) == 12
    assert "1 urgent" in summary.speech.text
    first = summary.speech.text.splitlines()[1].split()[0]
    assert world.ticket(int(first.lstrip("#"))).urgency is Urgency.URGENT
    shown_before = len(world.engineering.screen)
    li.taps("Show the next", world.engineering)
    assert first in world.engineering.screen[shown_before].speech.plain
    li.taps("Show the next", world.engineering)
    li.taps_raw(f"{summary.tap_prefix}show", world.engineering, summary.message_id)
    numbers = {n for n in range(1001, 1013) if any("📍" in t and f"#{n} " in t for t in world.engineering.texts)}
    assert numbers == set(range(1001, 1013))
    assert not any("Show" in label for label in world.engineering.labels)
    assert "All of them" in li.taps_raw(f"{summary.tap_prefix}show", world.engineering, summary.message_id)


def test_a_storm_that_the_duty_chat_refuses_goes_to_the_desk_card_by_card(world: World) -> None:
    world.engineering.refuses(SendFailed("may not write here", permanent=True))
    storm(world)
    assert any(row.notification == "CardsGathered" and row.state is OutboxState.REFUSED for row in world.outbox)
    for number in range(1001, 1013):
        assert world.managers.hears(f"#{number} did not reach", "Engineering")
        assert world.desk_chat.hears(f"#{number}")


def test_an_emergency_is_never_folded_into_a_storm(world: World) -> None:
    storm(world, 8)
    world.person("Eva").says("fire on the 5th floor!")
    assert world.engineering.find("🚨").speech.buttons


def test_a_card_folded_away_comes_out_when_nobody_looks(world: World) -> None:
    storm(world)
    world.passes(minutes=31)
    for number in range(1001, 1013):
        assert any("📍" in text and f"#{number} " in text for text in world.engineering.texts), number


def test_a_new_duty_chat_is_offered_what_waits(world: World) -> None:
    from storage.vocabulary import ChatRole

    for chat in (world.engineering, world.desk_chat, world.security):
        world.shut_out_of(chat)
    world.person("Ann").says("The kitchen tap in Block 3 1202 is leaking")
    assert world.managers.hears("#1001", "no duty chat")
    night_shift = world.link(ChatRole.DUTY, "night", Group.ENGINEERING)
    world.person("Li").taps("Take", night_shift)
    assert world.ticket().assignee_id is not None
