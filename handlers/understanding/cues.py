"""The signs a message gives of what kind it is: cues of the phrase files, with how strongly each was heard."""

from handlers.understanding.message import Message
from handlers.understanding.urgencies import is_danger_told
from storage.vocabulary import Trade

CUE_NAMES = (
    "addressed",
    "advert",
    "advice",
    "barter",
    "blame",
    "danger",
    "elsewhere",
    "estate",
    "fault",
    "greeting",
    "info",
    "job",
    "joke",
    "mess",
    "negation",
    "notice",
    "nuisance",
    "often",
    "person",
    "praise",
    "question",
    "reply",
    "resolved",
    "service",
    "smalltalk",
    "status",
    "thanks",
    "thing",
    "unsolved",
    "whereabouts",
    "why",
    "wish",
)
"""`thing` and `danger` are found by the reading itself, all others in the phrase files."""

_MORE = 0.4
"""What each further phrase of a cue adds, as a share of the first."""
_MOST = 3
_A_THING = 2.0
"""From this strength on, a trade's words name something the desk looks after."""


def cues_in(message: Message, trades: dict[Trade, float]) -> dict[str, float]:
    """Every cue found, 1 for one phrase. `trades` is what `trades_of` found in the same message."""
    strengths: dict[str, float] = {}
    for mark, _ in message.marks.below("cues."):
        count = min(len(message.marks.words(mark)), _MOST)
        strengths[mark.removeprefix("cues.")] = 1 + _MORE * (count - 1)
    if is_danger_told(message.marks) and not message.marks.has("cues.smalltalk"):
        strengths["danger"] = 1.0
    if max(trades.values(), default=0.0) >= _A_THING:
        strengths["thing"] = 1.0
    return strengths
