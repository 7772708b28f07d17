"""`lobby read`: what the desk understands of lines of JSON, one answer a line."""

import sys

import click

from handlers.understanding.lines import read_lines


@click.command()
def read() -> None:
    """Read lines of {"text": …, "id": …} on standard input and write one line of understanding each."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # always a text file here
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # always a text file here
    for line in read_lines(sys.stdin):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
