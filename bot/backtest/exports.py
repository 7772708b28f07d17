"""Opens whatever file an operator has of a chat; what is none is refused with what to do instead."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.backtest.spoken import Export, NotAnExport
from bot.backtest.table_export import read_table
from bot.backtest.telegram_export import is_telegram, read_telegram

BOM_16 = (b"\xff\xfe", b"\xfe\xff")
HOW_TO_EXPORT = "in Telegram Desktop: ⋮, Export chat history, Format: Machine-readable JSON; then give result.json"
KNOWN = f"{HOW_TO_EXPORT}. Of any other messenger, give a CSV file with the columns time,sender,text"


def open_export(path: Path, zone: ZoneInfo, chat: str | None = None) -> Export:
    """The chat's past in order of time. `zone` is where wall clocks without a zone hang. Raises `NotAnExport`."""
    content = _text_of(path.read_bytes())
    start = content.lstrip()[:1]
    if start in ("{", "["):
        export = _read_json(content, zone, chat)
    elif start == "<":
        raise NotAnExport(f"this is the export for reading in a browser. Export it again: {HOW_TO_EXPORT}")
    elif not start:
        raise NotAnExport(f"the file is empty. {KNOWN[0].upper()}{KNOWN[1:]}")
    else:
        export = read_table(content, path.stem, zone)
    export.spoken.sort(key=lambda spoken: spoken.at)  # stable: what came in the same second stays as it stood
    return export


def _read_json(content: str, zone: ZoneInfo, chat: str | None) -> Export:
    try:
        parsed = json.loads(content)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}"
        raise NotAnExport(f"the JSON breaks off or is broken at {where}: was the export finished? Try again") from None
    except RecursionError:
        raise NotAnExport(f"this JSON is no chat. {KNOWN[0].upper()}{KNOWN[1:]}") from None
    if not is_telegram(parsed):
        raise NotAnExport(f"this JSON is no chat export of Telegram. {KNOWN[0].upper()}{KNOWN[1:]}")
    return read_telegram(parsed, zone, chat)


def _text_of(content: bytes) -> str:
    if content[:2] == b"PK":
        raise NotAnExport("this is a ZIP or an Excel file. Unpack it, or save the sheet as CSV (UTF-8)")
    try:
        return content.decode("utf-16" if content[:2] in BOM_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise NotAnExport("this is no UTF-8 text. Save it as CSV (UTF-8), or give Telegram's result.json") from None
