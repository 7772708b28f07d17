"""What became of staff's last reply, in a line of the card: its true state, for each whom it was for."""

from collections import Counter
from collections.abc import Sequence

from locales import Voice


def reply_line(voice: Voice, states: Sequence[str]) -> str:
    """ "sent", or of several "3 of 4 sent" and what keeps it from the others; `states` are of the family `delivery`."""
    if len(states) == 1:
        return voice.say("↩️ Last reply: {state}", state=voice.term("delivery", states[0]))
    counts = Counter(states)
    sent = counts.pop("sent", 0)
    if sent == len(states):
        return voice.say("↩️ Last reply: sent to all {count}", count=sent)
    parts = [voice.say("↩️ Last reply: {sent} of {count} sent", sent=sent, count=len(states))]
    return " · ".join([*parts, *(_held_up(voice, state, count) for state, count in counts.items())])


def _held_up(voice: Voice, state: str, count: int) -> str:
    match state:
        case "waits_for_start":
            return voice.say_many(
                "{count} has never opened the private chat", "{count} have never opened the private chat", count
            )
        case "blocked":
            return voice.say_many("{count} has blocked the desk", "{count} have blocked the desk", count)
        case _:
            return f"{count} × {voice.term('delivery', state)}"
