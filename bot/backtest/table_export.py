"""A table of a chat, CSV with the columns time, sender and text: what any other messenger's history can become."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.backtest.faults import Fault, Unreadable
from bot.backtest.spoken import Export, NotAnExport, Spoken
from bot.channels.text import clean, clean_name

if TYPE_CHECKING:
    from _csv import Reader  # `csv` itself does not name what `csv.reader` gives

COLUMNS: dict[str, tuple[str, ...]] = {
    "time": ("time", "date", "datetime", "时间", "日期", "時間"),
    "sender": ("sender", "from", "name", "发送人", "发言人", "發言人", "傳送者", "姓名"),
    "text": ("text", "message", "content", "内容", "消息", "內容", "訊息"),
}
"""The columns, and what their heads may be called."""
LAYOUTS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y.%m.%d %H:%M:%S")
"""Wall clocks that Python's own `fromisoformat` may refuse, such as 2026/3/2 9:05."""
WANTED = "the first line must name the columns: time,sender,text"
LONGEST_CELL = 1_000_000


def read_table(content: str, title: str, zone: ZoneInfo) -> Export:
    """Every line that has a time and a sender; the others are counted, with why."""
    csv.field_size_limit(LONGEST_CELL)
    head = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        places = _places(next(lines, []))
    except csv.Error as error:
        raise NotAnExport(f"this is no table ({error}): {WANTED}") from None
    export = Export(title, "lines", [])
    for number, cells in _rows(lines, export):
        try:
            export.spoken.append(_spoken(number, cells, places, zone))
        except Unreadable as why:
            export.unreadable.append((number, why))
        except (ValueError, IndexError, OverflowError) as error:
            export.unreadable.append((number, Unreadable(Fault.BROKEN, clean(str(error)))))
    return export


def _rows(lines: "Reader", export: Export) -> Iterator[tuple[int, list[str]]]:
    """Number of the first line of each row, since a text may run over several, and its cells; blank ones not."""
    while True:
        number = lines.line_num + 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            export.unreadable.append((number, Unreadable(Fault.BROKEN, clean(str(error)))))
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def _places(head: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in head]
    places = {
        column: next((place for place, name in enumerate(names) if name in called), -1)
        for column, called in COLUMNS.items()
    }
    missing = [column for column, place in places.items() if place < 0]
    if missing:
        raise NotAnExport(f"there is no column {' and no column '.join(missing)}: {WANTED}")
    return places


def _spoken(number: int, cells: Sequence[str], places: dict[str, int], zone: ZoneInfo) -> Spoken:
    if len(cells) <= max(places.values()):
        raise Unreadable(Fault.FEW_COLUMNS, str(len(cells)))
    name = clean_name(cells[places["sender"]])
    if not name:
        raise Unreadable(Fault.NO_SENDER)
    text = clean(cells[places["text"]]).strip()
    return Spoken(number, _moment(cells[places["time"]].strip(), zone), name, name, text, str(number))


def _moment(written: str, zone: ZoneInfo) -> datetime:
    with suppress(ValueError):
        at = datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    for layout in LAYOUTS:
        with suppress(ValueError):
            return datetime.strptime(written, layout).replace(tzinfo=zone).astimezone(UTC)
    raise Unreadable(Fault.NO_TIME, clean(written))
