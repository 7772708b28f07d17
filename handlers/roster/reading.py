"""A roster's sheets, read into a plan; every line that cannot be read says why, and then there is no plan at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from handlers.roster.sheets import SHEETS, Row, Sheet
from handlers.roster.words import ALL_GROUPS, plain, read_day, read_group, read_role, read_time
from handlers.working_time import Weekdays
from storage.roster_vocabulary import MemberRole
from storage.vocabulary import Group

T = TypeVar("T")
GROUPLESS = frozenset({MemberRole.CLIENT_DIRECTOR, MemberRole.OFFICE_MANAGER, MemberRole.QUALITY})
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody of the office."""

    name: str
    role: MemberRole
    group: Group | None
    phone: str


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """When somebody is on duty."""

    name: str
    days: str
    on_day: date | None
    start: time
    end: time
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """When somebody is not, and who is instead."""

    name: str
    day: date
    substitute: str | None


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Hours that count."""

    group: Group | None
    days: str
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class SpecialDayLine:
    """A day with hours of its own, or none."""

    group: Group | None
    day: date
    start: time | None
    end: time | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole roster; a sheet that is not there is None, and what it is about stays as it is."""

    members: list[MemberLine]
    shifts: list[ShiftLine] | None = None
    absences: list[AbsenceLine] | None = None
    hours: list[HoursLine] | None = None
    special_days: list[SpecialDayLine] | None = None


class Unreadable(Exception):
    """The sheets hold errors; each says where and what, and nothing was changed."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


class _Wrong(Exception):
    """One cell that cannot be read."""


@dataclass
class _Line:
    """One row under its headings."""

    cells: Mapping[str, str]
    today: date

    def text(self, field_: str) -> str:
        return " ".join(self.cells.get(field_, "").split())

    def needed(self, field_: str) -> str:
        if not self.text(field_):
            raise _Wrong(f"{field_} is empty")
        return self.text(field_)

    def read(self, field_: str, read: Callable[[str], T], would_do: str) -> T:
        try:
            return read(self.text(field_))
        except ValueError:
            raise _Wrong(f"{field_} {self.text(field_)!r} cannot be read; {would_do} would do") from None

    def time(self, field_: str) -> time:
        self.needed(field_)
        return self.read(field_, read_time, "08:00")

    def day(self, field_: str) -> date:
        return self.read(field_, lambda text: read_day(text, self.today), "2026-10-01")

    def group(self) -> Group | None:
        if plain(self.text("group")) in ALL_GROUPS:
            return None
        return self.read("group", read_group, "engineering or 工程组")


def read_plan(sheets: Mapping[str, Sequence[Row]], today: date) -> Plan:
    """The plan these sheets make, or `Unreadable` with every error of every line."""
    errors: list[str] = []
    found = {sheet.field: _lines(sheet, sheets, today, errors) for sheet in SHEETS}
    if found["members"] is None:
        raise Unreadable(["there is no sheet Members (人员); lobby roster template FILE makes one to fill"])
    names: dict[str, str] = {}
    members = _read_all(found["members"], errors, lambda line: _member(line, names))
    known = set(names.values())
    plan = Plan(
        members or [],
        _read_all(found["shifts"], errors, lambda line: _shift(line, known)),
        _read_all(found["absences"], errors, lambda line: _absence(line, known)),
        _read_all(found["hours"], errors, _hours),
        _read_all(found["special_days"], errors, _special),
    )
    if plan.absences:
        _check_once(plan.absences, errors)
    if errors:
        raise Unreadable(errors)
    return plan


def _lines(
    sheet: Sheet, sheets: Mapping[str, Sequence[Row]], today: date, errors: list[str]
) -> list[tuple[str, _Line]] | None:
    title = next((title for title in sheets if sheet.is_called(title)), None)
    if title is None:
        return None
    rows = [row for row in sheets[title] if any(cell.strip() for cell in row.cells)]
    if not rows:
        return []
    columns = sheet.find_columns(rows[0])
    missing = [column.names[0] for column in sheet.columns if column.is_needed and column.field not in columns]
    if missing:
        errors.append(f"{title}, row {rows[0].number}: no column {', '.join(missing)}")
        return []
    return [
        (
            f"{title}, row {row.number}",
            _Line({f: row.cells[at] for f, at in columns.items() if at < len(row.cells)}, today),
        )
        for row in rows[1:]
    ]


def _read_all(
    lines: Sequence[tuple[str, _Line]] | None, errors: list[str], read: Callable[[_Line], T]
) -> list[T] | None:
    """What can be read of a sheet; None for one that is not there."""
    if lines is None:
        return None
    kept: list[T] = []
    for at, line in lines:
        try:
            kept.append(read(line))
        except _Wrong as wrong:
            errors.append(f"{at}: {wrong}")
    return kept


def _member(line: _Line, names: dict[str, str]) -> MemberLine:
    name = line.needed("name")
    if len(name) > LONGEST_NAME:
        raise _Wrong(f"a name has at most {LONGEST_NAME} characters")
    if plain(name) in names:
        raise _Wrong(f"{name} is there already; tell two people of one name apart, such as {name}2")
    names[plain(name)] = name
    role = line.read("role", read_role, "lead or 组长")
    group = line.group()
    if group is None and role not in GROUPLESS:
        raise _Wrong(f"{name} is in no group; only those above the groups are")
    return MemberLine(name, role, group, line.text("phone"))


def _shift(line: _Line, known: set[str]) -> ShiftLine:
    name = _known(line, "name", known)
    days, on_day = _days(line)
    since = line.day("since") if line.text("since") else None
    until = line.day("until") if line.text("until") else None
    if since is not None and until is not None and until < since:
        raise _Wrong(f"until {until} is before since {since}")
    return ShiftLine(name, days, on_day, line.time("start"), line.time("end"), since, until)


def _days(line: _Line) -> tuple[str, date | None]:
    written = line.needed("days")
    try:
        return Weekdays.read(written).stored, None
    except ValueError:
        return "", line.read("days", lambda text: read_day(text, line.today), "workdays, daily, Mon-Fri or 2026-10-01")


def _absence(line: _Line, known: set[str]) -> AbsenceLine:
    name = _known(line, "name", known)
    line.needed("day")
    substitute = _known(line, "substitute", known) if line.text("substitute") else None
    if substitute == name:
        raise _Wrong(f"{name} cannot stand in for {name}")
    return AbsenceLine(name, line.day("day"), substitute)


def _hours(line: _Line) -> HoursLine:
    line.needed("days")
    days = line.read("days", lambda text: Weekdays.read(text).stored, "workdays, daily or Mon-Fri")
    return HoursLine(line.group(), days, line.time("start"), line.time("end"))


def _special(line: _Line) -> SpecialDayLine:
    line.needed("day")
    if not line.text("start") and not line.text("end"):
        return SpecialDayLine(line.group(), line.day("day"), None, None)
    return SpecialDayLine(line.group(), line.day("day"), line.time("start"), line.time("end"))


def _known(line: _Line, field_: str, known: set[str]) -> str:
    name = line.needed(field_)
    found = next((each for each in known if plain(each) == plain(name)), None)
    if found is None:
        raise _Wrong(f"{name} is not on the sheet of members")
    return found


def _check_once(absences: Sequence[AbsenceLine], errors: list[str]) -> None:
    seen: set[tuple[str, date]] = set()
    for each in absences:
        if (each.name, each.day) in seen:
            errors.append(f"{each.name} is away on {each.day} twice; one line a day, please")
        seen.add((each.name, each.day))
