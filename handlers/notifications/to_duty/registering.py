"""What staff see while they register a request for somebody else, and once it is in the books."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.registration_vocabulary import Blank, Source
from storage.vocabulary import CallbackOutcome, Group, Trade


class FormState(StrEnum):
    """Where a form stands."""

    OPEN = "open"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class RegisterForm(Notification):
    """One message that is filled in question by question."""

    blank: Blank
    state: FormState = FormState.OPEN
    name: str | None = None
    place: str | None = None
    phone: str | None = None
    words: str | None = None
    files: int = 0
    is_again: bool = False
    """Whether the answer could not be taken for one."""

    def say(self, voice: Voice) -> Speech:
        """What is known, then the one question."""
        title = voice.say("📝 New request for somebody")
        lines = [f"👤 {name(self.name)}"] if self.name else []
        lines += [f"📍 {quote(self.place, 60)}"] if self.place else []
        lines += [f"☎️ {quote(self.phone, 40)}"] if self.phone else []
        lines += [voice.say("“{words}”", words=quote(self.words, 300))] if self.words else []
        lines += [voice.say_many("📎 {count} file", "📎 {count} files", self.files)] if self.files else []
        match self.state:
            case FormState.CANCELLED:
                return Speech("\n".join([*lines, voice.say("Cancelled; nothing was opened.")]), title)
            case FormState.OVER:
                said = voice.say("This form has been lying too long. /new begins another.")
                return Speech("\n".join([*lines, said]), title)
            case FormState.OPEN:
                return Speech("\n".join([*lines, f"👉 {self._question(voice)}"]), title, self._buttons(voice))

    def _question(self, voice: Voice) -> str:
        match self.blank:
            case Blank.WHO:
                return voice.say("Who is it? A name, or everything in one line.")
            case Blank.PLACE:
                return voice.say("Which building and room, or where is it?")
            case Blank.PHONE if self.is_again:
                return voice.say("That does not look like a phone number. Once more, or skip it?")
            case Blank.PHONE:
                return voice.say("Which phone number can we call?")
            case Blank.WORDS:
                return voice.say("What is it about? In their own words.")
            case Blank.SOURCE:
                return voice.say("How did it reach you? A photo can come first.")

    def _buttons(self, voice: Voice) -> tuple[tuple[Button, ...], ...]:
        cancel = Button(voice.say("✖️ Cancel"), "cancel")
        if self.blank is Blank.SOURCE:
            return (*source_rows(voice, None), (cancel,))
        skip = () if self.blank is Blank.WORDS else (Button(voice.say("Skip"), "skip"),)
        return ((*skip, cancel),)


@dataclass(frozen=True, slots=True)
class Registered(Notification):
    """It is in the books."""

    number: int
    source: Source
    group: Group | None = None
    is_told: bool = False
    """Whether the tenant has a chat with the desk, where they have been told its number."""
    is_joined: bool = False
    """Whether it is one more report of something known."""

    def say(self, voice: Voice) -> Speech:
        """Its number, with whom it is, and a tap to set right how it came."""
        lines = [voice.say("✅ Registered as #{number}.", number=self.number)]
        if self.group is not None:
            lines.append(f"👉 {voice.term('group', self.group)}")
        if self.is_joined:
            lines.append(voice.say("👥 Others have reported it too."))
        lines.append(
            voice.say("The tenant is told in their own chat.")
            if self.is_told
            else voice.say("The tenant has no chat with us: please tell them the number, and call when it is done.")
        )
        lines.append(f"🧾 {voice.term('source', self.source)}")
        return Speech("\n".join(lines), buttons=source_rows(voice, self.source))


@dataclass(frozen=True, slots=True)
class NobodyToWrite(Notification):
    """Staff wrote to a tenant who has no chat with the desk."""

    number: int
    name: str
    phone: str | None = None

    def say(self, voice: Voice) -> Speech:
        """So, and what to do instead."""
        said = voice.say("📵 #{number}: {name} has no chat with us.", number=self.number, name=name(self.name))
        instead = (
            voice.say("Please call {phone}.", phone=quote(self.phone, 40))
            if self.phone
            else voice.say("Please tell them in person.")
        )
        return Speech(voice.together(said, instead))


def source_rows(voice: Voice, chosen: Source | None) -> tuple[tuple[Button, ...], ...]:
    """How it may have come, but for what is chosen already."""
    buttons = [Button(voice.term("source", source), f"source:{source}") for source in Source if source is not chosen]
    return tuple(tuple(buttons[first : first + 3]) for first in range(0, len(buttons), 3))


@dataclass(frozen=True, slots=True)
class CallbackByPhone(Notification):
    """It is done for a tenant without a chat: somebody of the desk calls and asks."""

    number: int
    trade: Trade
    name: str
    place: str | None = None
    phone: str | None = None
    report: str | None = None
    outcome: CallbackOutcome | None = None
    tried_by: str | None = None
    tried_at: datetime | None = None

    def say(self, voice: Voice) -> Speech:
        """Whom to call about what, and what was heard."""
        title = voice.say(
            "📞 Please call back: #{number} {trade}", number=self.number, trade=voice.term("trade", self.trade)
        )
        contact = f"👤 {name(self.name)}"
        lines = [f"{contact} · ☎️ {quote(self.phone, 40)}" if self.phone else contact]
        lines += [f"📍 {quote(self.place, 60)}"] if self.place else []
        lines += [f"🔧 {quote(self.report, 200)}"] if self.report else []
        if self.tried_by and self.tried_at:
            heard = voice.term("outcome", self.outcome) if self.outcome else voice.say("nobody answered")
            lines.append(f"{voice.moment(self.tried_at)} · {name(self.tried_by)}: {heard}")
        if self.outcome is not None:
            return Speech("\n".join(lines), title)
        lines.append(voice.say("Is it really fixed?"))
        said = [Button(voice.term("outcome", each), f"called:{each}") for each in CallbackOutcome]
        nobody = Button(voice.say("📵 Nobody answers"), "called:nobody")
        return Speech("\n".join(lines), title, (tuple(said[:2]), tuple(said[2:]), (nobody,)))
