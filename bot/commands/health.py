"""`lobby health`: asks a running Lobby how it is, for container health checks."""

import json
import urllib.error
import urllib.request

import click

from bot.commands.configuration import read_settings
from bot.settings import reached_at

SECONDS = 5


@click.command()
def health() -> None:
    """Ask the Lobby running here how it is. Exit code 1 when it is not well."""
    settings = read_settings()
    host = reached_at(settings.host)
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.port}/health", timeout=SECONDS) as answer:
            told = json.load(answer)
    except urllib.error.HTTPError as error:
        raise click.ClickException(error.read(2000).decode("utf-8", "replace")) from None
    except (OSError, ValueError) as error:
        raise click.ClickException(f"no Lobby answers at {host}:{settings.port} ({type(error).__name__})") from None
    click.echo(json.dumps(told, ensure_ascii=False))
