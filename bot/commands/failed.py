"""`lobby failed`: what the desk could not handle, and what it could not say; nothing is ever dropped."""

import click

from bot.commands.opening import act_on, look_at
from handlers.premises import Refused
from storage.repositories.upkeep import Undelivered, Upkeep
from storage.unit_of_work import UnitOfWork

SHOWN = 100
CLOSED = "its chat is closed ({reason}): it opens by itself when somebody writes there again"


@click.command()
@click.option("--outbox", is_flag=True, help="What could not be said, in place of what could not be handled.")
@click.option("--show", type=int, metavar="ROW", help="Print one as it came, or as it would be said: people's words.")
@click.option("--retry", type=int, metavar="ROW", help="Try one again, after its cause was mended.")
def failed(outbox: bool, show: int | None, retry: int | None) -> None:
    """List what could not be handled or sent, show one, or try one again.

    Messages that came in, or with --outbox those that should have gone out. The list holds ids and reasons;
    people's words only --show prints.
    """
    if retry is not None:
        act_on(lambda unit: _say_again(unit, retry) if outbox else _hear_again(unit, retry))
        click.echo(f"Row {retry} will be said again." if outbox else f"Row {retry} is with the desk again.")
    elif show is not None:
        click.echo(look_at(lambda unit: _payload(unit, show) if outbox else _raw(unit, show)))
    else:
        lines = look_at(_list_unsaid if outbox else _list_unheard)
        click.echo("\n".join(lines) or ("Everything arrived." if outbox else "Nothing failed."))


def _list_unheard(unit: UnitOfWork) -> list[str]:
    return [
        f"{row.id:>8}  {row.received_at:%Y-%m-%d %H:%M}  {row.source}  {row.reason}"
        for row in unit.inbox.list_failed(SHOWN)
    ]


def _raw(unit: UnitOfWork, row_id: int) -> str:
    row = unit.inbox.find_failed(row_id)
    if row is None:
        raise _no_such(row_id, "failed message", "lobby failed")
    return row.raw


def _hear_again(unit: UnitOfWork, row_id: int) -> None:
    if not unit.inbox.retry_failed(row_id):
        raise _no_such(row_id, "failed message", "lobby failed")


def _list_unsaid(unit: UnitOfWork) -> list[str]:
    return [_line(row) for row in Upkeep(unit.session, unit.signals).list_undelivered(SHOWN)]


def _line(row: Undelivered) -> str:
    at = f"{row.ended_at:%Y-%m-%d %H:%M}" if row.ended_at else "-" * 16
    about = f"#{row.number}" if row.number is not None else "-"
    where = f"{row.role} {row.chat}".rstrip()
    closed = f"  (chat closed: {row.closed_reason})" if row.closed_reason else ""
    return f"{row.id:>8}  {at}  {row.state:8}  {about:>6}  {where}  {row.notification}  {row.reason}{closed}"


def _payload(unit: UnitOfWork, row_id: int) -> str:
    row = Upkeep(unit.session, unit.signals).find_undelivered(row_id)
    if row is None:
        raise _no_such(row_id, "undelivered row", "lobby failed --outbox")
    return f"{row.notification} {row.payload}"


def _say_again(unit: UnitOfWork, row_id: int) -> None:
    upkeep = Upkeep(unit.session, unit.signals)
    row = upkeep.find_undelivered(row_id)
    if row is None or row.gathered_into_id is not None:
        raise _no_such(row_id, "undelivered row", "lobby failed --outbox")
    chat = unit.chats.get(row.chat_id)
    if chat.closed_reason is not None:
        raise Refused(f"row {row_id} cannot go: {CLOSED.format(reason=chat.closed_reason)}")
    if upkeep.is_outdated(row):
        raise Refused(f"row {row_id} is an old wording: a newer one of the same message was said since")
    upkeep.retry_undelivered(row, unit.now)


def _no_such(row_id: int, what: str, listing: str) -> Refused:
    return Refused(f"row {row_id} is no {what}; {listing} lists them")
