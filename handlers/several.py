"""One message told of several troubles: a ticket for each, and one line that names all their numbers."""

from collections.abc import Sequence

from handlers.hearing import Heard, site_words
from handlers.notifications.to_tenant import SeveralReceived
from handlers.opening import Case, acknowledge, ask_unit, needs_floor, needs_unit, open_ticket, private_link
from handlers.scene import Scene
from handlers.speaking import find_private, tell
from handlers.understanding.likeness import traits_of
from handlers.understanding.problems import Problem, read_all
from storage.models import Ticket
from storage.vocabulary import ChatRole, Urgency


def problems_in(heard: Heard, scene: Scene) -> list[Problem]:
    """The troubles of a message; one where it tells of one, or of none."""
    words = site_words(scene.unit, scene.site.id)
    problems = read_all(heard.event.text, words, is_first_told=True)  # what goes on with a ticket has found it before
    return problems[:1] if _is_one_alarm(problems) else problems


def _is_one_alarm(problems: Sequence[Problem]) -> bool:
    """ "Fire in Block 3, smoke on the 10th floor" is one danger told in two halves, and pages once."""
    things = {traits_of(problem.words).thing for problem in problems}
    buildings = {problem.reading.place.building for problem in problems} - {None}
    is_cry = all(problem.reading.urgency is Urgency.EMERGENCY for problem in problems)
    return is_cry and len(things) == 1 and None not in things and len(buildings) <= 1


def open_each(problems: Sequence[Problem], heard: Heard, scene: Scene, files: int) -> list[Ticket]:
    """A ticket for each, an emergency first and with words of its own; the files are with the first."""
    first, *others = sorted(problems, key=lambda problem: problem.reading.urgency is not Urgency.EMERGENCY)
    tickets = [_open(first, heard, scene, files), *(_open(other, heard, scene, 0) for other in others)]
    untold = [ticket for ticket in tickets if not _is_told(ticket)]
    if len(untold) == 1:
        acknowledge(scene, untold[0])
    elif untold:
        _tell_together(scene, untold)
    return tickets


def _open(problem: Problem, heard: Heard, scene: Scene, files: int) -> Ticket:
    event = heard.event
    case = Case(problem.reading, problem.words, event.message_id, heard.said_at, files, is_told_later=True)
    return open_ticket(scene, case)


def _is_told(ticket: Ticket) -> bool:
    """An emergency is answered at once, and a neighbours' incident in its own words."""
    return ticket.urgency is Urgency.EMERGENCY or ticket.incident_id is not None


def _tell_together(scene: Scene, tickets: Sequence[Ticket]) -> None:
    private = find_private(scene.unit, scene.person.id)
    lacking = [ticket for ticket in tickets if needs_unit(ticket)]
    lacking = lacking or [ticket for ticket in tickets if needs_floor(ticket)]
    is_private = scene.chat.role is ChatRole.PRIVATE
    link = None if is_private or (private is not None and not lacking) else private_link(scene)
    lines = tuple((ticket.number, ticket.kind, ticket.trade) for ticket in tickets)
    tell(
        scene.unit,
        scene.chat,
        SeveralReceived(lines, is_private, link),
        tickets[0].language,
        reply_to=tickets[0].message_id,
        key=f"received:{tickets[0].id}",
    )
    if lacking and private is not None:
        ask_unit(scene, lacking[0], private)  # the answer holds for all that lack it
