"""Buttons for channels that have none: choices are numbered in the text, and answered by writing the number."""

from handlers.notifications.speech import Button, Speech
from locales import Voice


def choices_of(speech: Speech) -> list[Button]:
    """What can be chosen, in the order of its numbers from 1; links are no choice."""
    return [button for row in speech.buttons for button in row if button.url is None]


def numbered(speech: Speech, voice: Voice) -> Speech:
    """The same words for a channel without buttons: links written out, choices under their numbers."""
    choices = choices_of(speech)
    links = [button for row in speech.buttons for button in row if button.url is not None]
    lines = [speech.text, *(f"{button.label}: {button.url}" for button in links)]
    if choices:
        lines.append(voice.say("Please reply with a number:"))
        lines += [f"{number}. {button.label}" for number, button in enumerate(choices, 1)]
    return Speech("\n".join(line for line in lines if line), speech.title)
