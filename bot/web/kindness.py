"""Pages for when something is not as hoped, in the reader's language, saying nothing of what was inside."""

from enum import StrEnum

from aiohttp import web

from bot.web.rendering import language_of, render
from locales import Voice, voice


class Trouble(StrEnum):
    """What the reader is told; a forged, an expired and an unknown link are one and the same."""

    LINK = "link"
    NOT_FOUND = "not_found"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    LATER = "later"
    NOT_SIGNED_IN = "not_signed_in"


def page_of(request: web.Request, trouble: Trouble, status: int) -> web.Response:
    """The page, by what the reader's browser says it reads."""
    language = language_of(request)
    title, text = _words(voice(language), trouble)
    return render(request, "trouble.html", language, status=status, title=title, text=text)


def _words(voice: Voice, trouble: Trouble) -> tuple[str, str]:
    match trouble:
        case Trouble.LINK:
            return voice.say("This link does not work"), voice.say(
                "It may be too old or cut off. Please open it again from your private chat with the front desk."
            )
        case Trouble.NOT_FOUND:
            return voice.say("There is no such page"), voice.say("Please check the address.")
        case Trouble.TOO_LONG:
            return voice.say("That was too long"), voice.say("Please go back and write a little less.")
        case Trouble.TOO_MANY:
            return voice.say("Too many tries"), voice.say("Please wait a few minutes and open your own link again.")
        case Trouble.NOT_SIGNED_IN:
            return voice.say("Please ask for a link"), voice.say(
                "Send /page in your managers' chat. The link opens this page once; after that you stay signed in here."
            )
        case Trouble.LATER:
            return voice.say("That did not work just now"), voice.say("Please try again in a minute. Nothing was lost.")
