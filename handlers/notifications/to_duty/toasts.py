"""Short and kind answers to every tap."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class Toast(Notification):
    """A short answer to a tap, shown to the one who tapped."""

    kind: "ToastKind"
    number: int | None = None
    who: str | None = None

    def say(self, voice: Voice) -> Speech:
        """One sentence."""
        return Speech(_toast(voice, self))


class ToastKind(StrEnum):
    """Every answer a tap can get."""

    YOURS = "yours"
    TAKEN_BY = "taken_by"
    ALREADY_DONE = "already_done"
    MOVED_ON = "moved_on"
    OLD_CARD = "old_card"
    NOT_FOR_YOU = "not_for_you"
    HANDED_OVER = "handed_over"
    NO_DUTY_CHAT = "no_duty_chat"
    DONE = "done"
    ASKED = "asked"
    RECORDED = "recorded"
    NO_MORE = "no_more"
    SETTLED = "settled"
    JOINED = "joined"
    SPLIT = "split"
    NOTHING_TO_MERGE = "nothing_to_merge"
    CORRECTED = "corrected"
    UNDER_THE_CARD = "under_the_card"
    ONE_MOMENT = "one_moment"
    HAS_LEFT = "has_left"
    NOT_YOUR_GROUP = "not_your_group"
    NOBODY_ABOVE = "nobody_above"
    ESCALATED = "escalated"
    NO_ROOM_KNOWN = "no_room_known"


def _toast(voice: Voice, toast: Toast) -> str:
    number, who = toast.number or "", name(toast.who or "")
    match toast.kind:
        case ToastKind.YOURS:
            return voice.say("#{number} is yours. Thank you!", number=number)
        case ToastKind.TAKEN_BY:
            return voice.say("#{number} is with {name} already.", number=number, name=who)
        case ToastKind.ALREADY_DONE:
            return voice.say("#{number} is finished already.", number=number)
        case ToastKind.MOVED_ON:
            return voice.say("#{number} has moved on; the card shows where it is now.", number=number)
        case ToastKind.OLD_CARD:
            return voice.say("This is an old card; the newest one is further down.")
        case ToastKind.NOT_FOR_YOU:
            return voice.say("This question is for somebody else. If you need help, just write it here.")
        case ToastKind.HANDED_OVER:
            return voice.say("#{number} has been handed over.", number=number)
        case ToastKind.NO_DUTY_CHAT:
            return voice.say("That group has no duty chat yet.")
        case ToastKind.DONE:
            return voice.say("#{number} is done. Thank you!", number=number)
        case ToastKind.ASKED:
            return voice.say("Asking the tenant of #{number} now.", number=number)
        case ToastKind.RECORDED:
            return voice.say("Recorded, thank you.")
        case ToastKind.NO_MORE:
            return voice.say("All of them are shown.")
        case ToastKind.SETTLED:
            return voice.say("This has been answered already. If anything is still wrong, just write it here.")
        case ToastKind.JOINED:
            return voice.say("#{number} now holds both reports.", number=number)
        case ToastKind.SPLIT:
            return voice.say("#{number} has a card of its own now.", number=number)
        case ToastKind.NOTHING_TO_MERGE:
            return voice.say("There is no other open ticket it could be merged with.")
        case ToastKind.CORRECTED:
            return voice.say("#{number} is set right, and I will remember it. Thank you!", number=number)
        case ToastKind.UNDER_THE_CARD:
            return voice.say("The reasons for #{number} are under this card already.", number=number)
        case ToastKind.ONE_MOMENT:
            return voice.say("One moment – tap again if you mean it.")
        case ToastKind.HAS_LEFT:
            return voice.say("You are no longer on the roster here. If that is a mistake, your lead can put you back.")
        case ToastKind.NOT_YOUR_GROUP:
            return voice.say("That is for the group that has #{number}. Thank you for helping!", number=number)
        case ToastKind.NOBODY_ABOVE:
            return voice.say("Everybody above has been told of #{number} already.", number=number)
        case ToastKind.ESCALATED:
            return voice.say("I have passed #{number} on. Thank you for saying so.", number=number)
        case ToastKind.NO_ROOM_KNOWN:
            return voice.say("Nobody knows yet which flat #{number} is about.", number=number)
