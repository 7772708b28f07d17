"""Buttons for channels that have none: choices are numbered in the text, and answered by writing the number."""

from handlers.notifications.speech import Button, Speech
from locales import Voice


def choices_of(speech: Speech) -> list[Button]:
    """What can be chosen, in the order of its numbers from 1; links are no choice."""
    return [button for row in speech.buttons for button in row if button.url is None]


def numbered_beyond(speech: Speech, voice: Voice, most: int) -> Speech:
    """The same words for a channel with few buttons: the choices that find no place are under their numbers."""
    rest = list(enumerate(choices_of(speech), 1))[most:]
    if not rest:
        return speech
    lines = [speech.text, voice.say("More: write the #number of the request and one of these:")]
    lines += [f"{number}. {button.label}" for number, button in rest]
    left_out = {button for _, button in rest}
    rows = (tuple(button for button in row if button not in left_out) for row in speech.buttons)
    return Speech("\n".join(line for line in lines if line), speech.title, tuple(row for row in rows if row))


def act_elsewhere(voice: Voice, chat: str) -> str:
    """Under what has choices where nobody can be heard: the chat in which they can be made."""
    return voice.say("👉 Act on it in “{chat}”.", chat=chat)


def numbered(speech: Speech, voice: Voice) -> Speech:
    """The same words for a channel without buttons: links written out, choices under their numbers."""
    choices = choices_of(speech)
    links = [button for row in speech.buttons for button in row if button.url is not None]
    lines = [speech.text, *(f"{button.label}: {button.url}" for button in links)]
    if choices:
        lines.append(voice.say("Please reply with a number:"))
        lines += [f"{number}. {button.label}" for number, button in enumerate(choices, 1)]
    return Speech("\n".join(line for line in lines if line), speech.title)
