"""Spreadsheets in and out, as rows of text: the one place that knows what an XLSX file is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from handlers.roster.sheets import Row

WIDTHS = (18, 60)
"""The least and the most a column is made wide, in letters."""
MOST_ROWS = 20_000
MOST_COLUMNS = 50
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no cell can hold."""


class NoSpreadsheet(Exception):
    """The file is none, or cannot be read or written as one; the text says what is wrong."""


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Every sheet by its title. Formulas come as what they were worked out to when the file was saved."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        raise NoSpreadsheet(f"{path} is no XLSX file; save it from Excel or WPS as .xlsx") from None
    try:
        return {
            sheet.title: [
                Row(number, tuple(map(_text, cells[:MOST_COLUMNS])))
                for number, cells in enumerate(_rows(path, sheet), 1)
            ]
            for sheet in book.worksheets
        }
    finally:
        book.close()


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """A workbook whose first rows are headings. Every cell is text, so that no name is ever taken for a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for at, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(at, column, text)
                cell.data_type, cell.number_format = "s", "@"
                cell.font = Font(bold=at == 1)
        for column in range(1, max(map(len, rows), default=0) + 1):
            longest = max((len(row[column - 1]) for row in rows if len(row) >= column), default=0)
            letter = sheet.cell(1, column).column_letter
            sheet.column_dimensions[letter].width = min(max(longest * 1.3, WIDTHS[0]), WIDTHS[1])
        sheet.freeze_panes = "A2"
    try:
        book.save(path)
    except OSError as error:
        raise NoSpreadsheet(f"cannot write {path}: {error.strerror}") from None


Cell = str | int | float | datetime | date | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of ours, without its equals sign. People's words never come in one."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell with a number format, such as `0.0%`."""

    value: Cell | Formula
    format: str


def make_book(sheets: Mapping[str, Sequence[Sequence[Cell | Formula | Styled]]]) -> bytes:
    """A workbook for people to go on working with: numbers are numbers, days are days, and every text stays text,
    whatever sign it begins with, so that no word of anybody's is ever run as a formula.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        widths: dict[int, int] = {}
        for at, row in enumerate(rows, 1):
            for column, given in enumerate(row, 1):
                cell = sheet.cell(at, column)
                _fill(cell, given)
                cell.font = Font(bold=at == 1)
                cell.alignment = Alignment(vertical="top", wrap_text=isinstance(given, str) and len(given) > WIDTHS[1])
                widths[column] = max(widths.get(column, 0), _width(given))
        for column, width in widths.items():
            letter = sheet.cell(1, column).column_letter
            sheet.column_dimensions[letter].width = min(max(width + 2, 10), WIDTHS[1])
        sheet.freeze_panes = "A2"
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(cell: Any, given: Cell | Formula | Styled) -> None:
    value = given.value if isinstance(given, Styled) else given
    match value:
        case Formula():
            cell.value = f"={value.text}"
        case str():
            cell.value = ILLEGAL.sub("", value)
            cell.data_type, cell.number_format = "s", "@"
        case datetime():
            cell.value, cell.number_format = value.replace(tzinfo=None), "yyyy-mm-dd hh:mm"
        case date():
            cell.value, cell.number_format = value, "yyyy-mm-dd"
        case _:
            cell.value = value
    if isinstance(given, Styled):
        cell.number_format = given.format


def _width(given: Cell | Formula | Styled) -> int:
    """In letters; a Chinese one is two wide."""
    match given:
        case str():
            return max((sum(1 + (ord(letter) > 0x2E80) for letter in line) for line in given.split("\n")), default=0)
        case datetime():
            return 16
        case _:
            return 10


def _rows(path: Path, sheet: Any) -> Iterator[tuple[object, ...]]:
    """A sheet's rows; more than anybody writes is a mistake, and to read a part of it would be a silent loss."""
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MOST_ROWS:
            raise NoSpreadsheet(
                f"{path} has more than {MOST_ROWS} rows on the sheet {sheet.title}; delete the empty ones"
            )
        yield cells


def _text(value: object) -> str:
    """A cell as a person reads it: a date without its midnight, a whole number without its point."""
    match value:
        case None:
            return ""
        case datetime() if value.time() != time():
            return f"{value:%Y-%m-%d %H:%M}" if value.year > 1900 else f"{value:%H:%M}"
        case datetime() | date():
            return f"{value:%Y-%m-%d}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = int(value.total_seconds() // 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
