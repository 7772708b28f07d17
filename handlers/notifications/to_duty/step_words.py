"""The steps of a thread in the reader's language: what `handlers.steps` keeps as a name with what it is about."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from handlers.notifications.hours import hour_words
from handlers.notifications.quoting import name
from locales import Voice
from locales.terms import TERMS
from storage.vocabulary import CallbackOutcome

FAMILIES = ("group", "member_role", "waits_for", "kind", "trade", "urgency", "outcome", "source")
"""Families of words a step may be about."""


def step_words(voice: Voice, text: str) -> str:
    """One step. A name nobody has worded yet is shown as it is kept, which is better than to hide that it happened."""
    step, *about = text.split(":")
    worded = [_word(voice, each) for each in about]
    if step in list(CallbackOutcome):
        return voice.say("The tenant says: {outcome}", outcome=voice.term("outcome", step))
    say = WORDINGS.get(step)
    return say(voice, *worded) if say is not None else " ".join((step.replace("_", " "), *worded))


def _word(voice: Voice, word: str) -> str:
    """A word of the glossary in the reader's language; a name as it is; nothing where nothing was kept."""
    if not word:
        return ""
    family = next((family for family in FAMILIES if (family, word) in TERMS), None)
    return name(word) if family is None else voice.term(family, word)


def _hours(voice: Voice, written: str) -> str:
    """From and until, as seconds since 1970."""
    first, _, last = written.partition("-")
    if not first.isdigit():
        return written
    start = datetime.fromtimestamp(int(first), UTC)
    return hour_words(voice, (start, datetime.fromtimestamp(int(last), UTC) if last.isdigit() else None))


WORDINGS: Mapping[str, Callable[..., str]] = {
    "taken": lambda voice: voice.say("Taken"),
    "taken_over": lambda voice, who="": voice.say("Taken over from {name}", name=who),
    "kept": lambda voice: voice.say("Goes on with it"),
    "handed_over": lambda voice, group="": voice.say("Handed over to {group}", group=group),
    "offered": lambda voice, who="": voice.say("Offered to {name}", name=who),
    "not_taken": lambda voice, role="": voice.say("Nobody had taken it; {role} was told", role=role),
    "late": lambda voice, role="": voice.say("Late; {role} was told", role=role),
    "nobody_on_duty": lambda voice: voice.say("Nobody was on duty"),
    "waits": lambda voice, what="": voice.say("Waits: {what}", what=what),
    "goes_on": lambda voice: voice.say("Goes on"),
    "corrected": lambda voice, _="", before="", after="": voice.say(
        "Corrected: {before} → {after}", before=before, after=after
    ),
    "merged": lambda voice, number="": voice.say("Merged into #{number}", number=number),
    "split": lambda voice, number="": voice.say("Split from #{number}", number=number),
    "handed_to": lambda voice, who="": voice.say("Handed over to {name}", name=who),
    "to_and_fro": lambda voice, role="": voice.say("Handed over again and again; {role} was told", role=role),
    "escalated": lambda voice, role="": (
        voice.say("Escalated: {role} was told", role=role) if role else voice.say("Escalated to the managers' chat")
    ),
    "visit_proposed": lambda voice, hours="": voice.say("Visit proposed: {time}", time=_hours(voice, hours)),
    "visit_wanted": lambda voice, hours="": voice.say("The tenant proposes a visit: {time}", time=_hours(voice, hours)),
    "visit_agreed": lambda voice, hours="": voice.say("Visit agreed: {time}", time=_hours(voice, hours)),
    "visit_refused": lambda voice, hours="": voice.say("The hour does not suit: {time}", time=_hours(voice, hours)),
    "visit_off": lambda voice, hours="": voice.say("Visit called off: {time}", time=_hours(voice, hours)),
    "visit_not_yet": lambda voice: voice.say("Not been there yet"),
    "nobody_home": lambda voice: voice.say("Nobody was at home"),
    "taken_back": lambda voice, _="": voice.say("Took back a reply"),
    "photo": lambda voice: voice.say("A photo of the work"),
    "charged": lambda voice, amount="": voice.say("Charged: {amount}", amount=amount),
    "closed_unanswered": lambda voice: voice.say("Closed without an answer to the callback"),
}
