"""How long something has lasted, for people: minutes, hours and minutes, whole hours from ten on."""

from locales import Voice

_HOUR, _ONLY_HOURS_FROM = 60, 10


def span(voice: Voice, minutes: int) -> str:
    """ "23 min", "5 h 18 min", "23 h"."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return voice.say("{minutes} min", minutes=rest)
    if not rest or hours >= _ONLY_HOURS_FROM:
        return voice.say("{hours} h", hours=hours)
    return voice.say("{hours} h {minutes} min", hours=hours, minutes=rest)
