"""Why a line or message of an export could not be read, in the reader's language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from locales import Voice

LONGEST = 60


class Fault(StrEnum):
    """Everything that can be wrong with one of them."""

    FEW_COLUMNS = "few_columns"
    NO_SENDER = "no_sender"
    NO_TIME = "no_time"
    NO_FIELD = "no_field"
    NO_MESSAGE = "no_message"
    BROKEN = "broken"


@dataclass(eq=False)
class Unreadable(ValueError):
    """`what` is the place in the file's own words: a count, a value, a field, what a library says."""

    fault: Fault
    what: str = ""

    def say(self, voice: Voice) -> str:
        """The reason in half a sentence."""
        what = self.what[:LONGEST]
        match self.fault:
            case Fault.FEW_COLUMNS:
                return voice.say("only {count} columns", count=what)
            case Fault.NO_SENDER:
                return voice.say("nobody said it: the sender is empty")
            case Fault.NO_TIME:
                return voice.say("“{what}” is no time; write it as 2026-03-02 09:30", what=what)
            case Fault.NO_FIELD:
                return voice.say("there is no “{what}”", what=what)
            case Fault.NO_MESSAGE:
                return voice.say("no message, but something else")
            case Fault.BROKEN:
                return voice.say("it is broken: {what}", what=what)
            case _:
                assert_never(self.fault)
