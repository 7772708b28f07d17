"""The name of a ticket's own topic in a duty chat that is a forum: short, for a list, and with no phone in it."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import quote
from handlers.notifications.speech import Speech
from locales import Voice
from storage.vocabulary import Kind, Urgency

PLACE, WORDS = 40, 48
"""Characters; a phone's list shows about thirty of the whole name."""
KIND_MARKS = {
    Kind.REPAIR: "🔧",
    Kind.COMPLAINT: "📣",
    Kind.INQUIRY: "❓",
    Kind.SUGGESTION: "💡",
    Kind.PRAISE: "🌟",
    Kind.SERVICE: "🛎",
}


@dataclass(frozen=True, slots=True)
class TicketTopic(Notification):
    """Opens the topic, and later gives it another name, closes it or opens it again."""

    number: int
    kind: Kind | None = None
    """None once nothing may be told of it here any more."""
    urgency: Urgency = Urgency.NORMAL
    place: str | None = None
    words: str = ""
    """Without the phones in them."""
    is_done: bool = False
    is_open: bool = True

    def say(self, _voice: Voice) -> Speech:
        """Number, what, where, a few words; nothing in it belongs to a language."""
        mark = "✅" if self.is_done else KIND_MARKS.get(self.kind, "") if self.kind else ""
        place = quote(self.place, PLACE) if self.place else ""
        parts = (f"#{self.number}", mark, place, quote(self.words, WORDS))
        return Speech("", " ".join(" ".join(filter(None, parts)).split()))
