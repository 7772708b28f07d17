"""Templates, autoescaped, in one of the desk's languages."""

from functools import cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from locales import FALLBACK, LOCALES, voice

TEMPLATES = Path(__file__).parent / "templates"
HTML_LANGUAGES = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant", "en": "en"}
TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")


@cache
def templates(folder: Path = TEMPLATES) -> Environment:
    """The templates of a folder; a name that is not given is an error, not an empty place."""
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def render(request: web.Request, template: str, language: str, *, status: int = 200, **words: object) -> web.Response:
    """A page. Templates say sentences with `say("…")`."""
    known = {
        "say": voice(language).say,
        "language": language,
        "lang": html_language(language),
        "html": html_language,
        "languages": [(code, name, f"{request.path}?language={code}") for code, name in LOCALES.items()],
    }
    text = templates().get_template(template).render(known | words)
    return web.Response(text=text, content_type="text/html", status=status)


def html_language(language: str) -> str:
    """What `lang` says, so that the right Han glyphs are drawn."""
    return HTML_LANGUAGES.get(language, language.replace("_", "-"))


def language_of(request: web.Request, default: str | None = None) -> str:
    """What the reader chose, else `default`, else what the browser prefers among ours."""
    for chosen in (request.query.get("language"), default):
        if chosen is not None and chosen in LOCALES:
            return chosen
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        wanted = part.partition(";")[0].strip()
        if wanted.startswith(TRADITIONAL):
            return "zh_TW"
        for language in LOCALES:
            if wanted[:2] == language[:2]:
                return language
    return FALLBACK
