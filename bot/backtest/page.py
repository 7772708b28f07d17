"""The backtest as files: one page that needs nothing else, and JSON for other tools."""

import json
from pathlib import Path
from typing import Any

from bot.backtest.results import Backtest, Row
from bot.backtest.screen import number_of, outcome_of, summary_of, totals_of
from bot.web.rendering import html_language, templates
from locales import Voice

TEMPLATES = Path(__file__).parent / "templates"
FOR_US_ALONE = 0o600
"""These files hold people's words."""


def page_of(result: Backtest, voice: Voice) -> str:
    """The page in the voice's language; every word in it is escaped."""
    days: dict[str, list[Row]] = {}
    for row in result.rows:
        day = row.spoken.at.astimezone(voice.zone).date()
        days.setdefault(f"{day.year} · {voice.day(day)}", []).append(row)
    return (
        templates(TEMPLATES)
        .get_template("backtest.html")
        .render(
            result=result,
            days=days,
            lang=html_language(voice.language),
            voice=voice,
            say=voice.say,
            say_many=voice.say_many,
            term=voice.term,
            clock=voice.time,
            outcome=lambda row: outcome_of(row, voice),
            place=lambda number: number_of(result, number, voice),
            totals=list(totals_of(result, voice)),
            summary=summary_of(result, voice),
            zone=voice.zone.key,
        )
    )


def json_of(result: Backtest) -> str:
    """Totals, unreadable places and every message with its end; words of closed sets as the code names them."""
    totals = result.totals
    told: dict[str, Any] = {
        "title": result.title,
        "totals": {
            "in_file": totals.in_file,
            "messages": totals.messages,
            "unreadable": totals.unreadable,
            "ends": {end.value: count for end, count in totals.ends.items()},
            "tickets": {kind.value: count for kind, count in totals.tickets.items()},
            "emergencies": totals.emergencies,
            "sentences_in_room": totals.sentences,
        },
        "counted": result.counted,
        "unreadable": [{"number": number, "why": why.say(Voice("en"))} for number, why in result.unreadable],
        "messages": [_as_json(row) for row in result.rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode("utf-8")


def write(path: Path, content: str) -> None:
    """Write it so that only its owner may read it; raises `OSError`."""
    path.touch(mode=FOR_US_ALONE)
    path.chmod(FOR_US_ALONE)
    path.write_text(content + "\n", encoding="utf-8")


def _as_json(row: Row) -> dict[str, Any]:
    spoken = row.spoken
    return {
        "number": spoken.number,
        "id": spoken.message_id,
        "time": spoken.at.isoformat(),
        "sender": spoken.name,
        "text": spoken.text,
        "reply_to": spoken.reply_to,
        "attached": spoken.attached.value if spoken.attached else None,
        "is_edited": spoken.is_edited,
        "end": row.disposition.value,
        "reason": row.reason,
        "ticket": row.number,
        "kind": row.kind.value if row.kind else None,
        "trade": row.trade.value if row.trade else None,
        "urgency": row.urgency.value if row.urgency else None,
        "said": row.said,
        "reaction": row.reaction,
        "because": list(row.spoke_for),
        "against": list(row.spoke_against),
        "rule": row.rule,
    }
