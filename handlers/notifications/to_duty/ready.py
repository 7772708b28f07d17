"""What staff ask and report with one tap, in the reader's language."""

from enum import StrEnum

from locales import Voice


class Menu(StrEnum):
    """Which buttons a card shows."""

    MAIN = "main"
    HAND_OVER = "hand_over"
    ASK = "ask"
    DONE = "done"


class ReadyQuestion(StrEnum):
    """Questions staff ask with one tap."""

    WHEN_HOME = "when_home"
    WHICH_ROOM = "which_room"
    PHOTO = "photo"


class ReadyReport(StrEnum):
    """What was done, with one tap."""

    REPAIRED = "repaired"
    PART_REPLACED = "part_replaced"
    ANSWERED = "answered"
    NOTHING_FOUND = "nothing_found"


def ready_question(voice: Voice, question: ReadyQuestion) -> str:
    """The question in the tenant's language."""
    match question:
        case ReadyQuestion.WHEN_HOME:
            return voice.say("When would suit you for a visit?")
        case ReadyQuestion.WHICH_ROOM:
            return voice.say("Which building and room is it?")
        case ReadyQuestion.PHOTO:
            return voice.say("Could you send a photo of it?")


def ready_report(voice: Voice, report: ReadyReport) -> str:
    """What was done, in the reader's language."""
    match report:
        case ReadyReport.REPAIRED:
            return voice.say("Repaired and tested")
        case ReadyReport.PART_REPLACED:
            return voice.say("Part replaced")
        case ReadyReport.ANSWERED:
            return voice.say("Explained and settled")
        case ReadyReport.NOTHING_FOUND:
            return voice.say("Checked, no fault found")
