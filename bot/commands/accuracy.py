"""`lobby accuracy`: what staff had to set right, by month, language and trade. It names nobody."""

from datetime import timedelta

import click

from bot.commands.opening import look_at
from storage.unit_of_work import UnitOfWork

DAYS = 90


@click.command()
@click.option("--days", type=click.IntRange(1, 3660), default=DAYS, show_default=True, help="How far back to look.")
def accuracy(days: int) -> None:
    """Tell what was mistaken for what, and how often.

    It counts corrections on cards; nobody's name is in it.
    """
    click.echo("\n".join(look_at(lambda unit: _lines(unit, days))))


def _lines(unit: UnitOfWork, days: int) -> list[str]:
    since = unit.now - timedelta(days=days)
    confusions = unit.corrections.list_confusions(since)
    if not confusions:
        return [f"Nothing has been set right in {days} days."]
    lines = ["month    language  what     read as       was really    times"]
    lines += [
        f"{each.month:9}{each.language:10}{each.aspect:9}{each.was or '-':14}{each.became:14}{each.count:>5}"
        for each in confusions
    ]
    lines += ["", "language  trade         opened  set right"]
    lines += [
        f"{language:10}{trade:14}{opened:>6}{right:>7} ({right / opened:.0%})"
        for language, trade, opened, right in unit.corrections.count_tickets(since)
    ]
    return lines
