"""A list that is one sheet: its rows as cells by their columns' fields."""

from collections.abc import Mapping, Sequence

from handlers.roster.reading import Unreadable
from handlers.roster.sheets import Row, Sheet

Cells = Mapping[str, str]


def read_cells(sheet: Sheet, sheets: Mapping[str, Sequence[Row]], command: str) -> tuple[str, list[tuple[int, Cells]]]:
    """The sheet's title and its rows with their numbers; `Unreadable` where it, or the first column, is not there."""
    title = next((title for title in sheets if sheet.is_called(title)), None)
    if title is None:
        chinese, _, english = sheet.names[0].partition(" ")
        raise Unreadable([f"there is no sheet {english} ({chinese}); lobby {command} template FILE makes one to fill"])
    rows = [row for row in sheets[title] if any(cell.strip() for cell in row.cells)]
    columns = sheet.find_columns(rows[0]) if rows else {}
    if sheet.columns[0].field not in columns:
        raise Unreadable([f"{title}: no column {sheet.columns[0].names[0]} in its first row"])
    return title, [
        (row.number, {field: row.cells[at].strip() for field, at in columns.items() if at < len(row.cells)})
        for row in rows[1:]
    ]
