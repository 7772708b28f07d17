"""Dangers many tell of: one alarm for one danger, another for another, and managers who hear of each once."""

from storage.vocabulary import Urgency
from tests.conversations.stopped_lift import LIFT, cards, stopped
from tests.world import World


def test_a_second_cry_joins_and_pages_nobody_twice(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says("有人被困电梯,3栋")
    pages = len(world.managers.screen)
    world.passes(minutes=2)
    bob.says("3栋电梯困人了快来!")
    assert world.ticket(1002).incident_id == world.ticket(1001).id
    assert world.ticket(1002).urgency is Urgency.EMERGENCY
    assert len(world.managers.screen) == pages
    assert len(cards(world.engineering)) == 1
    assert world.room.hears("1002", "119", "2")


def test_one_fire_told_in_two_halves_is_one_alarm(world: World) -> None:
    world.person("Ann").says("3栋着火了，10楼冒烟")
    assert len(world.tickets) == 1
    assert world.ticket().words == "3栋着火了，10楼冒烟"
    world.passes(minutes=2)
    world.person("Bob").says("Smoke on the 10th floor of Block 3!")
    assert world.ticket(1002).incident_id == world.ticket(1001).id


def test_another_person_in_danger_pages_again(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says("someone is trapped in the lift of Block 3, help")
    pages = len(world.managers.screen)
    world.passes(minutes=2)
    bob.says("another one trapped in lift 2 of Block 3!")
    assert world.ticket(1002).incident_id == world.ticket(1001).id
    assert len(world.managers.screen) == pages + 1
    assert world.engineering.hears("💬 #1002", "another one")
    assert world.security.hears("💬 #1002", "another one")


def test_someone_trapped_in_the_stopped_lift_is_an_alarm_of_its_own(world: World) -> None:
    world.person("Ann").says(LIFT)
    world.passes(minutes=2)
    world.person("Bob").says("someone is trapped in the lift of Block 3, help!")
    assert world.ticket(1002).incident_id is None
    assert world.managers.hears("🚨", "#1002")


def test_managers_hear_of_an_incident_nobody_takes_once(world: World) -> None:
    stopped(world, "Ann", "Bob", "Cai")
    world.passes(minutes=130)
    untaken = [text for text in world.managers.texts if "#1001" in text]
    assert untaken
    assert not world.managers.hears("#1002")
