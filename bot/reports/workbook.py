"""A period as a workbook: figures with their definitions, demand by building, and for managers every ticket."""

from collections.abc import Sequence

from bot.reports.wording import sections_of
from bot.sheets import Cell, Formula, Styled, make_book
from handlers.board.passes import Visitor
from handlers.board.views import Filters, Overview, Row, buildings_of, overview_of
from handlers.reports.figures import Measure, Value
from handlers.reports.period import Reader, Report
from locales import Voice
from storage.models import Ticket
from storage.unit_of_work import UnitOfWork

MOST_TICKETS = 20_000
LONGEST_TITLE = 31
"""What a sheet's tab can hold."""
FORMATS = {Measure.SHARE: "0.0%", Measure.SPAN: "0.0", Measure.MEAN: "0.00", Measure.DEGREE: "0.0", Measure.COUNT: "0"}
HOUR = 3600
Line = Sequence[Cell | Formula | Styled]


def export_book(unit: UnitOfWork, visitor: Visitor, filters: Filters, voice: Voice) -> bytes:
    """What the page shows of a period, with its tickets; nobody's words, flat or phone."""
    overview = overview_of(unit, visitor, filters)
    names = {building.id: building.name for building in buildings_of(unit, visitor)}
    tickets = unit.trends.list_received(filters.scope(visitor.sight, voice.zone), MOST_TICKETS)
    return make_book(
        {
            voice.say("Figures"): figure_lines(voice, overview.rows),
            voice.say("Buildings"): building_lines(voice, overview),
            voice.say("Tickets"): [_headings(voice), *(_ticket(voice, ticket, names) for ticket in tickets)],
        }
    )


def report_book(report: Report, voice: Voice) -> bytes:
    """A report for one reader, a sheet for each of its sections."""
    sheets: dict[str, Sequence[Line]] = {}
    for section in sections_of(voice, report):
        sheets[section.title[:LONGEST_TITLE]] = section.rows or [[note] for note in section.notes]
    if report.reader is not Reader.DEVELOPER:
        sheets[voice.say("Figures")] = figure_lines(
            voice, report.overview.rows, numbers=report.reader is Reader.MANAGERS
        )
        sheets[voice.say("By building")] = building_lines(voice, report.overview)
    return make_book(sheets)


def figure_lines(voice: Voice, rows: Sequence[Row], *, numbers: bool = True) -> list[Line]:
    """One line for each figure. Spans are in hours."""
    head: Line = (
        voice.say("Figure"),
        voice.say("Value"),
        voice.say("Period before"),
        voice.say("Nine of ten within"),
        voice.say("Rests on"),
        voice.say("Unit"),
        voice.say("How it is counted"),
    )
    return [head, *(_figure(voice, row, numbers=numbers) for row in rows)]


def building_lines(voice: Voice, overview: Overview) -> list[Line]:
    """One line for each building, and a sum that Excel works out anew."""
    head: Line = (
        voice.say("Building"),
        voice.say("Received"),
        voice.say("Complaints"),
        voice.say("On time"),
        voice.say("Reopened"),
        voice.say("Rating"),
    )
    lines: list[Line] = [
        (
            name or voice.say("no building"),
            count.received,
            count.complaints,
            Styled(count.on_time / count.promised, "0%") if count.promised else None,
            count.reopened,
            Styled(rated.total / rated.given, "0.00") if rated.given else None,
        )
        for name, count, rated in overview.buildings
    ]
    last = len(lines) + 1
    total: Line = (
        voice.say("Together"),
        *(Formula(f"SUM({column}2:{column}{last})") if column else None for column in ("B", "C", "", "E")),
    )
    return [head, *lines, *([total] if lines else [])]


def _figure(voice: Voice, row: Row, *, numbers: bool) -> Line:
    figure, value = row.figure, row.value
    return (
        figure.name(voice),
        _cell(figure.measure, value.amount),
        _cell(figure.measure, row.before.amount),
        _cell(figure.measure, value.p90),
        value.of,
        _unit(voice, figure.measure),
        figure.formula(voice) + (_longest(voice, figure.measure, value) if numbers else ""),
    )


def _longest(voice: Voice, measure: Measure, value: Value) -> str:
    if measure is not Measure.SPAN or value.longest is None:
        return ""
    return " " + voice.say(
        "Longest: {hours} h, #{number}.", hours=round(value.longest / HOUR), number=value.longest_number
    )


def _cell(measure: Measure, amount: float | None) -> Styled | None:
    if amount is None:
        return None
    return Styled(amount / HOUR if measure is Measure.SPAN else amount, FORMATS[measure])


def _unit(voice: Voice, measure: Measure) -> str:
    match measure:
        case Measure.SHARE:
            return "%"
        case Measure.SPAN:
            return voice.say("hours")
        case Measure.DEGREE:
            return "0–100"
        case Measure.COUNT | Measure.MEAN:
            return ""


def _headings(voice: Voice) -> Line:
    return (
        "#",
        voice.say("Kind"),
        voice.say("Trade"),
        voice.say("Urgency"),
        voice.say("Building"),
        voice.say("Group"),
        voice.say("State"),
        voice.say("Received"),
        voice.say("First answer"),
        voice.say("Due"),
        voice.say("Finished"),
        voice.say("Closed"),
        voice.say("Reopened"),
        voice.say("Urged"),
    )


def _ticket(voice: Voice, ticket: Ticket, names: dict[int, str]) -> Line:
    moments = (ticket.opened_at, ticket.first_answer_at, ticket.finish_due_at, ticket.done_at, ticket.closed_at)
    return (
        ticket.number,
        voice.term("kind", ticket.kind),
        voice.term("trade", ticket.trade),
        voice.term("urgency", ticket.urgency),
        names.get(ticket.building_id or 0, ""),
        voice.term("group", ticket.group) if ticket.group else "",
        voice.term("state", ticket.state),
        *(at.astimezone(voice.zone) if at else None for at in moments),
        ticket.reopened,
        ticket.urged,
    )
