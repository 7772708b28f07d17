"""An explanation in at most five lines, for whoever asks why on a screen: staff see it under a card."""

from collections.abc import Sequence

from handlers.understanding.explaining import Explanation, Pull
from locales import Voice

MOST_LINES = 5
_MOST_WORDS = 4
_LONGEST_WORDS = 24


def in_short(explanation: Explanation, voice: Voice) -> tuple[str, ...]:
    """What it was taken for, the words for and against, the rule if one decided, and what follows."""
    reading = explanation.reading
    lines = [
        voice.say(
            "Read as {kind} ({sure} %), next {rival} ({less} %)",
            kind=voice.term("kind", reading.kind),
            sure=_percent(reading.confidence),
            rival=voice.term("kind", explanation.rival),
            less=_percent(explanation.kinds[explanation.rival]),
        )
    ]
    if explanation.spoke_for:
        lines.append(voice.say("For it: {words}", words=_quoted(explanation.spoke_for, voice)))
    if explanation.spoke_against:
        lines.append(voice.say("Against it: {words}", words=_quoted(explanation.spoke_against, voice)))
    if explanation.rule is not None:
        lines.append(voice.say("Rule: {rule}", rule=voice.term("rule", explanation.rule)))
    lines.append(voice.say("On its own: {move}", move=voice.term("move", explanation.move)))
    return tuple(lines)


def _quoted(pulls: Sequence[Pull], voice: Voice) -> str:
    words = dict.fromkeys(" ".join(pull.words.split()) for pull in pulls)
    shown = (each if len(each) <= _LONGEST_WORDS else each[: _LONGEST_WORDS - 1] + "…" for each in words)
    return " ".join(voice.say("“{words}”", words=each) for each in list(shown)[:_MOST_WORDS])


def _percent(share: float) -> str:
    """Whole per cents; nothing short of certain is called 100."""
    return str(min(99, round(share * 100)) if share < 1 else 100)
