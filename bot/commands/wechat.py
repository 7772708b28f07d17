"""`lobby wechat`: what is put into the official account once, by whoever runs it."""

import asyncio
from typing import TYPE_CHECKING, Any, cast

import click

from bot.channels import extra_for, make_channels
from bot.channels.channel import SendFailed
from bot.commands import typed
from bot.commands.configuration import read_settings
from locales import Voice

if TYPE_CHECKING:
    from bot.channels.wechat.channel import OfficialAccount


@click.group()
def wechat() -> None:
    """What is put into the WeChat official account once."""


@wechat.command()
@click.option("--language", type=typed.language, default="zh_CN", show_default=True, help="What it says there.")
def menu(language: str) -> None:
    """Publish the menu below the talk: report, my requests, common questions and more.

    It takes the place of the menu made in the console. Its taps are answered like commands.
    """
    try:
        channel = make_channels(read_settings()).get("wechat")
    except ImportError as error:
        raise click.ClickException(f"{error.name} is not installed: pip install '{extra_for(error)}'") from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if channel is None:
        raise click.ClickException("no official account is configured: set LOBBY_WECHAT_APP_ID, see docs/wechat.md")
    try:
        asyncio.run(_publish(cast("OfficialAccount", channel), language))
    except SendFailed as failed:
        raise click.ClickException(f"WeChat did not take the menu ({failed.reason}): lobby check tells more") from None
    click.echo("The menu is published; people see it within five minutes.")


def menu_of(voice: Voice) -> dict[str, Any]:
    """As WeChat takes it: at most three across and five under one; a tap comes as the command its key stands for."""
    more = (
        (voice.say("Common questions"), "questions"),
        (voice.say("Who is on duty"), "onduty"),
        (voice.say("Language 语言"), "language"),
        (voice.say("One account"), "bind"),
    )
    return {
        "button": [
            _click(voice.say("Report a fault"), "report"),
            _click(voice.say("My requests"), "my"),
            {"name": voice.say("More"), "sub_button": [_click(*each) for each in more]},
        ]
    }


def _click(name: str, key: str) -> dict[str, str]:
    return {"type": "click", "name": name, "key": key}


async def _publish(channel: "OfficialAccount", language: str) -> None:
    try:
        await channel.publish_menu(menu_of(Voice(language)))
    finally:
        await channel.close()
