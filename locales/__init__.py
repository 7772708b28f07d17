"""The language of the desk: `voice(code)` says sentences from the gettext catalogs, one folder per language."""

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency

LOCALES: Mapping[str, str] = {"zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}
"""Every language the desk speaks, under its own name."""

FALLBACK = "en"
HERE = Path(__file__).parent


class Voice:
    """Says sentences in one language, with times in one zone."""

    def __init__(self, language: str, zone: str = "UTC") -> None:
        self.language = language if language in LOCALES else FALLBACK
        self.zone = ZoneInfo(zone)
        # Given a mere code, Babel looks for its file at every call: half of what rendering a card took.
        self._locale = Locale.parse(self.language)
        self._catalog = _catalog(self.language)

    def say(self, sentence: str, /, **words: object) -> str:
        """The sentence in this language. `words` fill its `{names}`; they are data and never read as a format."""
        translated = self._catalog.gettext(sentence)
        return translated.format(**words) if words else translated

    def say_many(self, one: str, many: str, count: int, /, **words: object) -> str:
        """The sentence for a count, which fills `{count}`."""
        return self._catalog.ngettext(one, many, count).format(count=count, **words)

    def together(self, *sentences: str) -> str:
        """Sentences one after another; Chinese puts no space between them."""
        return ("" if self.language.startswith("zh") else " ").join(sentences)

    def term(self, family: str, word: str) -> str:
        """A word of the trade, such as `term("trade", "lift")`; every one of them is in `locales.terms`."""
        return self._catalog.pgettext(family, word)

    def money(self, cents: int, currency: str) -> str:
        """An amount with its sign; without hundredths where there are none."""
        form = "¤#,##0.00" if cents % 100 else "¤#,##0"
        amount = Decimal(cents) / 100
        return format_currency(amount, currency, form, locale=self._locale, currency_digits=False)

    def time(self, at: datetime) -> str:
        """The hour and minute in the building's zone."""
        return format_time(at.astimezone(self.zone), "HH:mm", locale=self._locale)

    def day(self, day: date) -> str:
        """A day with its weekday, without the year."""
        return format_date(day, self.say("EEE, MMM d"), locale=self._locale)

    def weekday(self, day: date) -> str:
        """The name of a day's weekday."""
        return format_date(day, "EEEE", locale=self._locale)

    def moment(self, at: datetime) -> str:
        """Day and time in the building's zone."""
        return format_datetime(at.astimezone(self.zone), self.say("MMM d, HH:mm"), locale=self._locale)


@lru_cache(maxsize=256)
def voice(language: str, zone: str = "UTC") -> Voice:
    """A voice for a language code, shared; an unknown code speaks the fallback."""
    return Voice(language, zone)


def catalog_path(language: str) -> Path:
    """Where a language's catalog is kept."""
    return HERE / language / "LC_MESSAGES" / "desk.po"


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    """The compiled catalog where the package was built with one, else compiled in memory from its source."""
    source = catalog_path(language)
    compiled = source.with_suffix(".mo")
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    buffer = BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
