"""What an operator typed, checked and put right; every refusal says what would do. Given to click as types."""

import re
import unicodedata
from datetime import time, timedelta
from difflib import get_close_matches

from click import BadParameter

from locales import LOCALES

LONGEST_NAME = 64
LONGEST_PHONE = 40
FEWEST_DIGITS = 3
CLOSE = 0.75
"""How like a time zone's name something must be to be taken for a slip; less is another planet."""
LONGEST_SPAN = 1000 * 60
"""Minutes."""
SPAN = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?")
NUMBER = re.compile(r"\+?\d(?:[ -]?\d){1,14}")


def name(value: str) -> str:
    """A site, a building, an alias: something people can write, without blanks around it."""
    clean = " ".join(unicodedata.normalize("NFC", value).split())
    if not any(letter.isalnum() for letter in clean):
        raise BadParameter("a name needs at least one letter or digit")
    if len(clean) > LONGEST_NAME:
        raise BadParameter(f"a name has at most {LONGEST_NAME} characters, this one has {len(clean)}")
    return clean


def number(value: str) -> str:
    """A number that can be dialled in danger."""
    clean = unicodedata.normalize("NFKC", value).strip()
    if not NUMBER.fullmatch(clean):
        raise BadParameter(f"{value!r} cannot be dialled; give digits, such as 119 or 999")
    return clean


def number_or_none(value: str) -> str:
    """The same; empty for what the country has."""
    return number(value) if value.strip() else ""


def phone(value: str) -> str:
    """A desk's own phone, perhaps with an extension; empty for none."""
    clean = " ".join(unicodedata.normalize("NFKC", value).split())
    if clean and (len(clean) > LONGEST_PHONE or sum(letter.isdigit() for letter in clean) < FEWEST_DIGITS):
        raise BadParameter(f"{value!r} is no phone; give one such as 020-8888-1234 ext 801, or '' for none")
    return clean


def zone(value: str) -> str:
    """A time zone, as the tz database writes its name."""
    from zoneinfo import available_timezones

    known = {name.casefold(): name for name in available_timezones()}
    asked = value.strip().casefold().replace(" ", "_")
    if asked in known:
        return known[asked]
    cities = {name.rpartition("/")[2]: zone for name, zone in known.items() if "/" in name}
    city = asked.rpartition("/")[2]
    near = [cities[name] for name in get_close_matches(city, cities, 2, CLOSE)]
    near += [known[name] for name in get_close_matches(asked, known, 2, CLOSE)]
    hint = (
        f"did you mean {' or '.join(dict.fromkeys(near))}?" if near else "give one like Asia/Shanghai or Europe/London"
    )
    raise BadParameter(f"there is no time zone {value!r}; {hint}")


def language(value: str) -> str:
    """The code of a language the desk speaks, however it was written."""
    codes = {code.casefold(): code for code in LOCALES} | {own.casefold(): code for code, own in LOCALES.items()}
    asked = value.strip().replace("-", "_").casefold()
    if asked in codes:
        return codes[asked]
    known = ", ".join(f"{code} ({own})" for code, own in LOCALES.items())
    near = get_close_matches(asked, codes, 1, 0.4)
    hint = f"; did you mean {codes[near[0]]}?" if near else ""
    raise BadParameter(f"the desk does not speak {value!r}, it speaks {known}{hint}")


def hour(value: str | time) -> time:
    """A local time of day, to the minute."""
    if isinstance(value, time):
        return value
    try:
        at = time.fromisoformat(unicodedata.normalize("NFKC", value).strip().zfill(len("18:00")))
    except ValueError:
        raise BadParameter(f"{value!r} is no time of day; give one like 18:00") from None
    return at.replace(second=0, microsecond=0, tzinfo=None)


def span(value: str | int) -> int:
    """A length of time, in whole minutes."""
    if isinstance(value, int):
        return value
    found = SPAN.fullmatch(unicodedata.normalize("NFKC", value).strip().casefold())
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0
    if not 0 < minutes <= LONGEST_SPAN:
        raise BadParameter(f"{value!r} is no length of working time; give one like 30m, 4h or 1h30m, at most 1000h")
    return minutes


def span_of(length: timedelta) -> str:
    """A length of time as `span` reads it."""
    hours, minutes = divmod(int(length.total_seconds() // 60), 60)
    return "".join((f"{hours}h" if hours else "", f"{minutes}m" if minutes or not hours else ""))
