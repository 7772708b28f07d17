"""Somebody's export, written as Telegram Desktop writes it."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from bot.__main__ import main

DAY = "2026-03-02T"


class Past:
    """A group's history, message after message."""

    def __init__(self, folder: Path, name: str = "阳光花园 3栋群") -> None:
        self.folder, self.name = folder, name
        self.messages: list[Any] = []

    def says(self, who: str | None, at: str, text: object, **fields: object) -> int:
        """Somebody wrote at this hour, as `09:05` or a whole date; returns the message's id."""
        number = len(self.messages) + 1
        moment = f"{DAY}{at}:00" if len(at) == 5 else at
        account = f"user{abs(hash(who)) % 10**9}" if who else "user4"
        self.messages.append(
            {"id": number, "type": "message", "date": moment, "from": who, "from_id": account, "text": text} | fields
        )
        return number

    def save(self) -> Path:
        """`result.json`."""
        path = self.folder / "result.json"
        chat = {"name": self.name, "type": "private_supergroup", "id": 1, "messages": self.messages}
        path.write_text(json.dumps(chat, ensure_ascii=False), encoding="utf-8")
        return path

    def replayed(self, *options: str) -> dict[str, Any]:
        """What `lobby backtest` makes of it."""
        told = self.folder / "told.json"
        result = types(str(self.save()), "--json", str(told), *options)
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        return found


def types(*words: str) -> Result:
    """`lobby backtest WORDS…`."""
    return CliRunner().invoke(main, ["backtest", "--language", "en", *words])


def ends(told: dict[str, Any]) -> list[tuple[str, int | None]]:
    """How each message ended, and on which ticket."""
    return [(message["end"], message["ticket"]) for message in told["messages"]]
