"""Whose flat the water may come from, in one line."""

from handlers.understanding.suspects import Side, Suspect
from locales import Voice


def suspect_line(voice: Voice, suspect: Suspect) -> str:
    """On the card: from whose flat the water comes, as the tenant tells it."""
    if suspect.side is Side.BESIDE:
        return voice.say("↗️ Perhaps from the flat next door")
    if suspect.unit is None:
        return voice.say("↗️ Perhaps from the flat above")
    return voice.say("↗️ Perhaps from the flat above, {unit}", unit=suspect.unit)
