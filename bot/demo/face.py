"""What stands in a chat, as the page is told it: plain data, every text literal, buttons by their verbs."""

from typing import Any

from bot.channels.memory import Shown
from bot.demo.cast import COUNTED_CHATS, words
from bot.demo.screens import Said
from bot.demo.stage import Stage
from locales import voice

SNIPPET = 80
Message = dict[str, Any]
MEDIA_PATH = "/demo/media/"


def messages_of(stage: Stage, address: str) -> list[Message]:
    """Everything in a chat, people's words and the desk's, in the order they came."""
    said = [_said(stage, address, item) for item in stage.channel.said[address]]
    shown = [_shown(stage, address, item) for item in stage.channel.screens[address]]
    return sorted(said + shown, key=lambda message: message["order"])


def _said(stage: Stage, address: str, said: Said) -> Message:
    name = words(stage.language).people[said.person]
    text = said.text
    if said.command is not None:
        text = _deed(stage, address, said.command, name) or said.text
    return {
        "id": said.message_id,
        "order": _order(said.message_id),
        "person": said.person,
        "name": name,
        "isDeed": text != said.text,
        "text": text,
        "photo": f"{MEDIA_PATH}{said.message_id}" if said.photo else None,
        "reply": _snippet(stage, address, said.reply_to),
        "at": said.at.isoformat(),
        "reaction": stage.channel.reactions.get((address, said.message_id)) or None,
    }


def _deed(stage: Stage, address: str, command: str, name: str) -> str | None:
    """A command is a button on a real platform; the page says what was done instead."""
    say = voice(stage.language).say
    match command:
        case "start" if address in COUNTED_CHATS:
            return say("{name} scanned the code in the lobby, in WeChat", name=name)
        case "start":
            return say("{name} opened the private chat", name=name)
        case "digest":
            return say("{name} asks for the day so far", name=name)
        case "page" | "board":
            return say("{name} asks for the managers' page", name=name)
        case "my":
            return say("{name} asks for their requests", name=name)
        case _:
            return None


def _shown(stage: Stage, address: str, shown: Shown) -> Message:
    lines = [
        [{"label": button.label, "verb": button.verb, "url": _local(stage, button.url)} for button in line]
        for line in shown.speech.buttons
    ]
    return {
        "id": shown.message_id,
        "order": _order(shown.message_id),
        "person": None,
        "title": shown.speech.title,
        "text": shown.speech.text,
        "photo": f"{MEDIA_PATH}{shown.message_id}" if shown.media and shown.media.content else None,
        "buttons": lines,
        "reply": _snippet(stage, address, shown.reply_to),
        "isEdited": shown.is_edited,
        "at": stage.channel.shown_at[shown.message_id].isoformat(),
        "reaction": stage.channel.reactions.get((address, shown.message_id)) or None,
    }


def _snippet(stage: Stage, address: str, message_id: str | None) -> dict[str, str | None] | None:
    """The message answered, in one line; `person` is None where it was the desk's."""
    shown = stage.find_shown(address, message_id)
    if shown is not None:
        text = shown.speech.plain.replace("\n", " ")[:SNIPPET]
        return {"id": shown.message_id, "person": None, "name": None, "text": text}
    for said in stage.channel.said[address]:
        if said.message_id == message_id:
            name = words(stage.language).people[said.person]
            text = said.text.replace("\n", " ")[:SNIPPET] or voice(stage.language).say("Photo")
            return {"id": said.message_id, "person": said.person, "name": name, "text": text}
    return None


def media_of(stage: Stage, message_id: str) -> bytes | None:
    """The picture in a message."""
    for said_list in stage.channel.said.values():
        for said in said_list:
            if said.message_id == message_id and said.photo:
                return stage.channel.files.get(said.photo)
    for screen in stage.channel.screens.values():
        for shown in screen:
            if shown.message_id == message_id and shown.media:
                return shown.media.content
    return None


def _local(stage: Stage, url: str | None) -> str | None:
    """Our own links work under whatever name the reader's browser knows us by."""
    return url.removeprefix(stage.lobby.desk.public_url) if url else None


def _order(message_id: str) -> int:
    return int(message_id[1:])
