"""The page of one ticket for the printer: A5 or A4, without scripts; the browser's own command prints it."""

from aiohttp import web

from bot.web.guesses import GUESSES
from bot.web.kindness import Trouble, page_of
from bot.web.pages import PAGES
from bot.web.rendering import language_of, render
from handlers.notifications.to_duty.thread import line_words
from handlers.printing import NoSheet, sheet_of
from locales import Voice


async def show_sheet(request: web.Request) -> web.Response:
    """The ticket as it is now."""
    token, pages = request.match_info["token"], request.app[PAGES]
    try:
        sheet = await pages.lobby.writer.run(lambda unit: sheet_of(unit, pages.lobby.desk, token))
    except NoSheet:
        request.app[GUESSES].count(request.remote or "")
        return page_of(request, Trouble.LINK, 404)
    language = language_of(request, sheet.language)
    voice = Voice(language, sheet.timezone)
    card = sheet.card.say(voice)
    return render(
        request,
        "sheet.html",
        language,
        site=sheet.site,
        title=card.title or "",
        lines=card.text.split("\n"),
        thread=[line_words(voice, line) for line in sheet.thread],
        printed=voice.moment(sheet.printed_at),
    )
