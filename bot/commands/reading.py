"""`lobby read`: what the desk understands of lines of JSON, one answer a line."""

import json
import sys

import click

from handlers.understanding.lines import read_lines

UNREADABLE = 2
"""The exit code when a line could not be read; the others were answered all the same."""


@click.command()
def read() -> None:
    """Tell what the desk understands of lines of JSON.

    On standard input {"text": …, "id": …} a line; one answer a line. A line that cannot be read is told on standard
    error, with its number; the rest are answered, and the exit code is 2.
    """
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # always a text file here
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # always a text file here
    wrong = 0
    for line in read_lines(sys.stdin):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        error = json.loads(line).get("error")
        if error is not None:
            wrong += 1
            click.echo(f"lobby read: {error}", err=True)
    if wrong:
        raise SystemExit(UNREADABLE)
