"""What staff ask and report with one tap, in the reader's language; a card offers what fits its kind and trade."""

from collections.abc import Sequence
from enum import StrEnum

from locales import Voice
from storage.vocabulary import Kind, Trade


class Menu(StrEnum):
    """Which buttons a card shows."""

    MAIN = "main"
    HAND_OVER = "hand_over"
    ASK = "ask"
    DONE = "done"
    WAIT = "wait"
    REPORTS = "reports"
    MERGE = "merge"
    CORRECT = "correct"
    CORRECT_KIND = "correct_kind"
    CORRECT_TRADE = "correct_trade"
    CORRECT_URGENCY = "correct_urgency"
    CORRECT_PLACE = "correct_place"
    MORE = "more"
    VISIT = "visit"
    COLLEAGUE = "colleague"
    ESCALATE = "escalate"
    WEIGH = "weigh"
    CONCERN = "concern"


class ReadyQuestion(StrEnum):
    """Questions staff ask with one tap."""

    WHEN_HOME = "when_home"
    WHICH_ROOM = "which_room"
    PHOTO = "photo"
    WHICH_PHONE = "which_phone"
    TELL_MORE = "tell_more"


class ReadyReport(StrEnum):
    """What was done, with one tap."""

    REPAIRED = "repaired"
    PART_REPLACED = "part_replaced"
    MADE_SAFE = "made_safe"
    NOTHING_FOUND = "nothing_found"
    CLEANED = "cleaned"
    SEEN_TO = "seen_to"
    ANSWERED = "answered"
    ARRANGED = "arranged"


FIXED = (ReadyReport.REPAIRED, ReadyReport.PART_REPLACED, ReadyReport.MADE_SAFE, ReadyReport.NOTHING_FOUND)
TENDED = (ReadyReport.CLEANED, ReadyReport.SEEN_TO, ReadyReport.NOTHING_FOUND)
WENT_THERE = (ReadyReport.SEEN_TO, ReadyReport.ANSWERED, ReadyReport.NOTHING_FOUND)
REPORTS_BY_TRADE = {
    Trade.CLEANING: TENDED,
    Trade.PEST: TENDED,
    Trade.GREEN: TENDED,
    Trade.SECURITY: WENT_THERE,
    Trade.PARKING: WENT_THERE,
    Trade.NOISE: WENT_THERE,
    Trade.NEIGHBOUR: WENT_THERE,
}
REPORTS_BY_KIND = {
    Kind.COMPLAINT: (ReadyReport.SEEN_TO, ReadyReport.ANSWERED, ReadyReport.NOTHING_FOUND),
    Kind.INQUIRY: (ReadyReport.ANSWERED,),
    Kind.SUGGESTION: (ReadyReport.ANSWERED,),
    Kind.SERVICE: (ReadyReport.ARRANGED, ReadyReport.ANSWERED),
}
QUESTIONS_BY_KIND = {
    Kind.REPAIR: (ReadyQuestion.WHEN_HOME, ReadyQuestion.WHICH_ROOM, ReadyQuestion.PHOTO, ReadyQuestion.WHICH_PHONE),
    Kind.COMPLAINT: (
        ReadyQuestion.TELL_MORE,
        ReadyQuestion.WHICH_ROOM,
        ReadyQuestion.PHOTO,
        ReadyQuestion.WHICH_PHONE,
    ),
    Kind.SERVICE: (ReadyQuestion.TELL_MORE, ReadyQuestion.WHICH_ROOM, ReadyQuestion.WHICH_PHONE),
}
QUESTIONS = (ReadyQuestion.TELL_MORE, ReadyQuestion.WHICH_PHONE)
UNSEEN = frozenset({Trade.NOISE, Trade.STAFF, Trade.FEES, Trade.NETWORK})


def reports_for(kind: Kind, trade: Trade) -> Sequence[ReadyReport]:
    """What may have been done about a ticket of this kind and trade."""
    return REPORTS_BY_KIND[kind] if kind in REPORTS_BY_KIND else REPORTS_BY_TRADE.get(trade, FIXED)


def questions_for(
    kind: Kind, trade: Trade, *, has_room: bool, has_files: bool, has_phone: bool
) -> Sequence[ReadyQuestion]:
    """What is worth asking: nothing that is known already, no picture of what cannot be seen."""
    known = {
        ReadyQuestion.WHICH_ROOM: has_room,
        ReadyQuestion.PHOTO: has_files or trade in UNSEEN,
        ReadyQuestion.WHICH_PHONE: has_phone,
    }
    return [question for question in QUESTIONS_BY_KIND.get(kind, QUESTIONS) if not known.get(question)]


def ready_question(voice: Voice, question: ReadyQuestion) -> str:
    """The question in the tenant's language."""
    match question:
        case ReadyQuestion.WHEN_HOME:
            return voice.say("When would suit you for a visit?")
        case ReadyQuestion.WHICH_ROOM:
            return voice.say("Which building and room is it?")
        case ReadyQuestion.PHOTO:
            return voice.say("Could you send a photo of it?")
        case ReadyQuestion.WHICH_PHONE:
            return voice.say("Which number can we call you on?")
        case ReadyQuestion.TELL_MORE:
            return voice.say("Could you tell us a little more?")


def ready_report(voice: Voice, report: ReadyReport) -> str:
    """What was done, in the reader's language."""
    match report:
        case ReadyReport.REPAIRED:
            return voice.say("Repaired and tested")
        case ReadyReport.PART_REPLACED:
            return voice.say("Part replaced")
        case ReadyReport.MADE_SAFE:
            return voice.say("Made safe, part ordered")
        case ReadyReport.NOTHING_FOUND:
            return voice.say("Checked, no fault found")
        case ReadyReport.CLEANED:
            return voice.say("Cleaned up")
        case ReadyReport.SEEN_TO:
            return voice.say("Went there, dealt with it")
        case ReadyReport.ANSWERED:
            return voice.say("Explained and settled")
        case ReadyReport.ARRANGED:
            return voice.say("Arranged")
