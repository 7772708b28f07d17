"""Scripted outages told by many neighbours, each heard by the whole desk: what is joined, what stays apart."""

import tomllib
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from storage.models import Ticket
from storage.unit_of_work import UnitOfWork
from tests.world import World

SCRIPTS = Path(__file__).parents[1] / "handlers" / "understanding" / "incidents"
AT_ONCE = 3
"""Incidents of one day, so that those who tell of one speak between those who tell of another."""
PRECISION, RECALL = 0.97, 0.85

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One telling; of a single the incident is its own."""

    minute: int
    home: str
    words: str
    incident: str


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of tickets. A telling the desk took for talk has no ticket; it is counted as `unheard`."""

    precision: float
    recall: float
    asked: int
    unheard: int
    told: int
    wrong: list[tuple[str, str]]
    missed: list[tuple[str, str]]


def days(name: str) -> list[list[Line]]:
    """A script as days of a few incidents each."""
    incidents = tomllib.loads((SCRIPTS / f"{name}.toml").read_text("utf-8"))["incident"]
    script: list[list[Line]] = []
    for number, incident in enumerate(incidents):
        if number % AT_ONCE == 0:
            script.append([])
        later = 7 * (number % AT_ONCE)
        for part, texts in (("tellings", incident["tellings"]), ("single", incident["single"])):
            for index, text in enumerate(texts):
                minute, home, words = (each.strip() for each in text.split("|", 2))
                own = str(number) if part == "tellings" else f"{number} single {index}"
                script[-1].append(Line(int(minute) + later, home, words, own))
    return [sorted(day, key=lambda line: line.minute) for day in script]


def play(world: World, name: str) -> Score:
    """Everybody speaks at their time, each day on its own."""
    heard: list[tuple[Line, Ticket]] = []
    homes = world.look(lambda unit: {b.name: b.id for b in unit.sites.list_buildings(world.site_id)})
    unheard, told = 0, 0
    for number, day in enumerate(days(name)):
        clock = 0
        for index, line in enumerate(day):
            world.passes(minutes=line.minute - clock)
            clock, told = line.minute, told + 1
            person = world.person(f"{name} {number}-{index}")
            person.says("hello", world.room)
            world.act(lambda unit, person=person, line=line: lives(unit, person.address, homes.get(line.home)))
            said = person.says(line.words)
            ticket_id = world.disposition(said).ticket_id
            if ticket_id is None:
                unheard += 1
            else:
                heard.append((line, world.look(lambda unit, id_=ticket_id: unit.session.get_one(Ticket, id_))))
        world.passes(days=2)
    return score(heard, unheard, told)


def lives(unit: UnitOfWork, address: str, building_id: int | None) -> None:
    """The desk knows where this person lives."""
    found = unit.people.find_by_account("memory", address)
    assert found is not None
    person, _ = found
    person.building_id = building_id


def score(heard: list[tuple[Line, Ticket]], unheard: int, told: int) -> Score:
    """Every pair of tickets: told of one thing, joined as one thing."""
    joined = {ticket.id: ticket.incident_id or ticket.id for _, ticket in heard}
    right, wrong, missed = 0, [], []
    for (one, mine), (other, theirs) in combinations(heard, 2):
        is_same, is_joined = one.incident == other.incident, joined[mine.id] == joined[theirs.id]
        right += is_same and is_joined
        if is_joined and not is_same:
            wrong.append((one.words, other.words))
        if is_same and not is_joined:
            missed.append((one.words, other.words))
    return Score(
        right / (right + len(wrong)),
        right / (right + len(missed)),
        sum(ticket.perhaps_same_id is not None for _, ticket in heard),
        unheard,
        told,
        wrong,
        missed,
    )


@pytest.mark.parametrize("script", sorted(path.stem for path in SCRIPTS.glob("*.toml")))
def test_what_neighbours_tell_of_one_thing_is_joined_and_nothing_else(world: World, script: str) -> None:
    found = play(world, script)
    assert found.precision >= PRECISION, found.wrong
    assert found.recall >= RECALL, found.missed
