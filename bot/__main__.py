"""The `lobby` command. Each command's module is imported when it is called: `lobby --help` waits for no database."""

from difflib import get_close_matches
from importlib import import_module

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("bot.commands.demo:demo", "Open a building's group, a tenant, a duty chat and a manager side by side."),
    "site": ("bot.commands.sites:site", "The sites under this desk."),
    "building": ("bot.commands.buildings:building", "The buildings of a site."),
    "report": ("bot.commands.reports:report", "Write a week's or a month's report as PDF or XLSX."),
    "qr": ("bot.commands.posters:qr", "Print a poster whose code brings tenants to the desk."),
    "link": ("bot.commands.codes:link", "Print a one-time code that links a chat."),
    "roster": ("bot.commands.rosters:roster", "Who is on duty when, and which hours count."),
    "promise": (
        "bot.commands.promises:promise",
        "By when a ticket is seen to and finished, in the working time of its group.",
    ),
    "authority": ("bot.commands.authority:authority", "What each role may close, charge and put off alone."),
    "room": ("bot.commands.rooms:room", "The tenants' rooms: live, or in the shadow for a trial."),
    "questions": (
        "bot.commands.questions:questions",
        "What tenants often ask, which the desk answers by itself where it is sure.",
    ),
    "answers": ("bot.commands.answers:answers", "What staff send tenants with one tap, in every language."),
    "wechat": ("bot.commands.wechat:wechat", "What is put into the WeChat official account once."),
    "check": ("bot.commands.check:check", "Tell what is wrong with the set-up and how to mend it."),
    "migrate": ("bot.commands.migrate:migrate", "Bring the database up to this version of Lobby."),
    "run": ("bot.commands.run:run", "Hear, answer and remember, until told to stop."),
    "health": ("bot.commands.health:health", "Ask the Lobby running here how it is."),
    "failed": ("bot.commands.failed:failed", "List what could not be handled or sent, show one, or try one again."),
    "audit": ("bot.commands.audit:audit", "Tell who looked at what at SITE, the newest first."),
    "read": ("bot.commands.reading:read", "Tell what the desk understands of SENTENCE, or of lines of JSON."),
    "backtest": ("bot.commands.backtest:backtest", "Let today's desk hear a chat's past, and show what it would do."),
    "complaints": (
        "bot.commands.complaints:complaints",
        "Show closed complaints to learn from: no names, no rooms, no phones.",
    ),
    "accuracy": ("bot.commands.accuracy:accuracy", "Tell what was mistaken for what, and how often."),
    "exemplars": ("bot.commands.exemplars:exemplars", "What a site's desk has learned from corrections."),
    "score": ("bot.commands.scoring:score_file", "Measure the reading on FILE."),
}
"""Where each command stands, and its line in the help, which must not need the import."""


class Desk(click.Group):
    """Finds its commands in the table."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order an operator needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one that was called; for a slip of the finger, name what is near."""
        if cmd_name not in COMMANDS:
            near = get_close_matches(cmd_name, COMMANDS, 1)
            if near:
                raise click.UsageError(f"there is no command {cmd_name!r}; did you mean {near[0]}?", ctx)
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name][0]} is no command")
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table's own lines."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Desk, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lobby")
def main() -> None:
    """The front desk of a building, in the chats its tenants already use.

    \b
    Look at it:      lobby demo
    Set it up:       lobby site add …, lobby building add …, lobby link …, lobby check
    Run it:          lobby run
    """


if __name__ == "__main__":
    main()
