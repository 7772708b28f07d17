"""`lobby read`: what the desk understands of a sentence, or of lines of JSON, and why."""

import json
import sys
from collections.abc import Iterator

import click

from handlers.understanding.explaining import Explanation, Pull, explain
from handlers.understanding.lines import read_lines
from handlers.understanding.moves import Move

UNREADABLE = 2
"""The exit code when a line could not be read; the others were answered all the same."""
MOVES = {
    Move.SPEAK: "opens a ticket at once",
    Move.ASK: "asks its author",
    Move.SILENT: "stays silent",
}
_SHOWN = 8
_FIRST = 9


@click.command()
@click.argument("sentence", required=False)
@click.option("--explain", "explains", is_flag=True, help="Say why: words, rules, probabilities, what follows.")
def read(sentence: str | None, explains: bool) -> None:
    """Tell what the desk understands of SENTENCE, or of lines of JSON.

    Without SENTENCE, on standard input {"text": …, "id": …} a line; one answer a line. A line that cannot be read is
    told on standard error, with its number; the rest are answered, and the exit code is 2.
    """
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # always a text file here
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # always a text file here
    if sentence is not None and explains:
        if not sentence.strip():
            raise click.UsageError("there is nothing to read: give a sentence")
        click.echo("\n".join(_explained(explain(sentence))))
        return
    source = sys.stdin if sentence is None else [json.dumps({"text": sentence})]
    wrong = 0
    for line in read_lines(source, explains=explains):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        error = json.loads(line).get("error")
        if error is not None:
            wrong += 1
            click.echo(f"lobby read: {error}", err=True)
    if wrong:
        raise SystemExit(UNREADABLE)


def _explained(why: Explanation) -> Iterator[str]:
    reading = why.reading
    trade = f", {reading.trade}" if reading.trade else ""
    yield f"{reading.kind}{trade}, {reading.urgency}, {reading.language}"
    thresholds = f"speaks from {why.speak_from:.2f}, asks from {why.ask_from:.2f}"
    yield _row("so", f"on its own it {MOVES[why.move]}: confidence {reading.confidence:.2f} ({thresholds})")
    if why.rule is not None:
        yield _row("rule", why.rule)
    yield _row("kinds", "  ".join(f"{kind} {share * 100:.1f} %" for kind, share in why.kinds.items()))
    yield from _pulls("for", why.spoke_for)
    yield from _pulls("against", why.spoke_against)
    for number, slot in enumerate(why.slots):
        where = "" if slot.start is None else f"  (characters {slot.start} to {slot.end})"
        yield _row("" if number else "told", f"{slot.name} {slot.value}{where}")
    for number, reason in enumerate(reading.reasons):
        yield _row("" if number else "signs", reason)


def _pulls(name: str, pulls: tuple[Pull, ...]) -> Iterator[str]:
    for number, pull in enumerate(pulls[:_SHOWN]):
        signs = f"  ({', '.join(pull.signs)})" if pull.signs else ""
        yield _row("" if number else name, f"{pull.strength:+.2f}  {' '.join(pull.words.split())}{signs}")
    if len(pulls) > _SHOWN:
        yield _row("", f"and {len(pulls) - _SHOWN} weaker")


def _row(name: str, said: str) -> str:
    return f"{name:{_FIRST}}{said}"
