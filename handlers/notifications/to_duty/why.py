"""Why a ticket was read as it was, under its card: the words, the example, the rule, and what was set right since."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import quote
from handlers.notifications.speech import Speech
from locales import Voice
from storage.vocabulary import Aspect, Kind, Trade, Urgency

MOST_WORDS = 4
LONGEST_WORDS = 24


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What the words alone came to, in whole per cents, with those of them that decided."""

    kind: Kind
    sure: int
    rival: Kind
    less: int
    trade: Trade
    urgency: Urgency
    spoke_for: tuple[str, ...] = ()
    spoke_against: tuple[str, ...] = ()
    for_trade: tuple[str, ...] = ()
    for_urgency: tuple[str, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class TaughtBy:
    """An example set right here before that these words are nearly the same as, and what it teaches."""

    words: str
    kind: Kind | None = None
    trade: Trade | None = None
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True)
class SetRight:
    """One thing staff have changed on this very ticket."""

    aspect: Aspect
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class WhyRead(Notification):
    """The reasons, for staff. `read` is None where the words are no longer kept."""

    number: int
    read: ReadAs | None
    taught_by: TaughtBy | None = None
    set_right: tuple[SetRight, ...] = ()
    is_otherwise_now: tuple[Kind, Trade, Urgency] | None = None
    """How it stands, where neither its words nor a correction made it so."""

    def say(self, voice: Voice) -> Speech:
        """One short line a reason."""
        title = voice.say("💡 #{number}: why I read it so", number=self.number)
        if self.read is None:
            return Speech(voice.say("I no longer have its words, so I can't say why. Sorry!"), title)
        lines = _read_lines(voice, self.read)
        if self.taught_by is not None:
            lines.append(_taught_line(voice, self.taught_by))
        for each in self.set_right:
            was, became = _word(voice, each.aspect, each.was), _word(voice, each.aspect, each.became)
            lines.append(voice.say("✏️ Set right by staff: {was} → {became}", was=was, became=became))
        if self.is_otherwise_now is not None:
            now = _together(voice, *self.is_otherwise_now)
            lines.append(voice.say("Now {now}: somebody chose so, or later words did", now=now))
        return Speech("\n".join(lines), title)


def _read_lines(voice: Voice, read: ReadAs) -> list[str]:
    lines = [
        voice.say(
            "Read as {kind} ({sure} %), next {rival} ({less} %)",
            kind=voice.term("kind", read.kind),
            sure=read.sure,
            rival=voice.term("kind", read.rival),
            less=read.less,
        )
    ]
    if read.spoke_for:
        lines.append(voice.say("For it: {words}", words=_quoted(read.spoke_for, voice)))
    if read.spoke_against:
        lines.append(voice.say("Against it: {words}", words=_quoted(read.spoke_against, voice)))
    if read.rule is not None:
        lines.append(voice.say("Rule: {rule}", rule=voice.term("rule", read.rule)))
    whole = voice.say("by the sentence as a whole")
    if read.trade is not Trade.OTHER or read.for_trade:
        trade = voice.say("Trade: {now}", now=voice.term("trade", read.trade))
        lines.append(f"{trade} · {_quoted(read.for_trade, voice) or whole}")
    urgency = voice.say("Urgency: {now}", now=voice.term("urgency", read.urgency))
    is_calm = read.urgency in (Urgency.NORMAL, Urgency.LOW)
    why = voice.say("nothing in it sounds dangerous") if is_calm else whole
    lines.append(f"{urgency} · {_quoted(read.for_urgency, voice) or why}")
    return lines


def _taught_line(voice: Voice, taught_by: TaughtBy) -> str:
    words = quote(taught_by.words, LONGEST_WORDS * 2)
    now = _together(voice, taught_by.kind, taught_by.trade, taught_by.urgency)
    return voice.say("Like “{words}”, set right here before: {now}", words=words, now=now)


def _together(voice: Voice, kind: Kind | None, trade: Trade | None, urgency: Urgency | None) -> str:
    words = (("kind", kind), ("trade", trade), ("urgency", urgency))
    return " · ".join(voice.term(family, word) for family, word in words if word is not None)


def _word(voice: Voice, aspect: Aspect, value: str) -> str:
    return (quote(value, LONGEST_WORDS) or "—") if aspect is Aspect.PLACE else voice.term(aspect, value)


def _quoted(words: Sequence[str], voice: Voice) -> str:
    return " ".join(voice.say("“{words}”", words=quote(each, LONGEST_WORDS)) for each in words[:MOST_WORDS])
