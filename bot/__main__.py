"""The `lobby` command."""

import click

from bot.commands.check import check
from bot.commands.codes import link
from bot.commands.demo import demo
from bot.commands.failed import failed
from bot.commands.health import health
from bot.commands.reading import read
from bot.commands.run import run
from bot.commands.scoring import score_file
from bot.commands.sites import building, site


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lobby")
def main() -> None:
    """The front desk of a building, in the chats its tenants already use.

    \b
    Look at it:      lobby demo
    Set it up:       lobby site add …, lobby building add …, lobby link …, lobby check
    Run it:          lobby run
    """


for command in (demo, run, check, site, building, link, failed, health, read, score_file):
    main.add_command(command)


if __name__ == "__main__":
    main()
