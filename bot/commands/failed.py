"""`lobby failed`: messages the desk could not handle, with their raw form; nothing is ever dropped."""

import click

from bot.clock import Clock
from bot.commands.opening import open_writer, read_settings
from storage.unit_of_work import UnitOfWork


@click.command()
@click.option("--show", type=int, metavar="ROW", help="Print one message as it came.")
@click.option("--retry", type=int, metavar="ROW", help="Give one back to the desk, after its cause was mended.")
def failed(show: int | None, retry: int | None) -> None:
    """List messages that could not be handled, show one, or try one again."""

    def look(unit: UnitOfWork) -> str:
        rows = unit.inbox.list_failed(100)
        if show is not None:
            raw = next((row.raw for row in rows if row.id == show), None)
            if raw is None:
                raise click.ClickException(f"row {show} is no failed message; lobby failed lists them")
            return raw
        lines = [f"{row.id:>8}  {row.received_at:%Y-%m-%d %H:%M}  {row.source}  {row.reason}" for row in rows]
        return "\n".join(lines) or "Nothing failed."

    with open_writer(read_settings(), Clock()) as writer:
        if retry is not None:
            back = writer.submit(lambda unit: unit.inbox.retry_failed(retry)).result()
            if not back:
                raise click.ClickException(f"row {retry} is no failed message; lobby failed lists them")
            click.echo(f"Row {retry} is with the desk again.")
        else:
            click.echo(writer.read_now(look))
