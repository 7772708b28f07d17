"""An answer from the office's question list, and whether that was it."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import REPLY_LENGTH, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.question_vocabulary import Ending


@dataclass(frozen=True, slots=True)
class ListAnswer(Notification):
    """The office's own words, to one who asked; what came of it takes the question's place under them."""

    answer: str
    asked: str | None = None
    """What was asked, where the answer stands in another chat."""
    ending: Ending | None = None
    """What the tenant said to it."""

    def say(self, voice: Voice) -> Speech:
        """The answer first, and a way to a person."""
        said = "💡 " + quote(self.answer, REPLY_LENGTH)
        if self.asked is not None:
            said = f"“{quote(self.asked)}”\n{said}"
        if self.ending is not None:
            return Speech(said + "\n\n" + self._end(voice))
        buttons = (Button(voice.say("👍 Yes"), "answered:yes"), Button(voice.say("🙋 No, ask a person"), "answered:no"))
        return Speech(said + "\n\n" + voice.say("Was this what you asked?"), buttons=(buttons,))

    def say_anew(self, voice: Voice) -> Speech:
        """Only what came of it: the answer itself stands above, and each message may be counted."""
        return self.say(voice) if self.ending is None else Speech(self._end(voice))

    def _end(self, voice: Voice) -> str:
        if self.ending is Ending.YES:
            return voice.say("👌 Glad that was it.")
        return voice.say("🙋 I have passed your question on to a person.")


@dataclass(frozen=True, slots=True)
class AnsweredInPrivate(Notification):
    """In the room: the answer is not for everybody, or too long for it."""

    def say(self, voice: Voice) -> Speech:
        """One line."""
        return Speech(voice.say("📩 I have written you the answer in private."))


@dataclass(frozen=True, slots=True)
class CommonQuestions(Notification):
    """What many ask, each a tap away: the key of a listed question and how it is put."""

    questions: tuple[tuple[int, str], ...]

    def say(self, voice: Voice) -> Speech:
        """The list; any other question is written as it comes."""
        if not self.questions:
            return Speech(voice.say("💬 Just write your question, a person answers it."))
        rows = tuple((Button(quote(asked, 60), f"common:{key}"),) for key, asked in self.questions)
        return Speech(voice.say("💬 This is often asked. Any other question: just write it."), buttons=rows)


@dataclass(frozen=True, slots=True)
class CommonAnswer(Notification):
    """The office's own words to one of them."""

    asked: str
    answer: str

    def say(self, voice: Voice) -> Speech:
        """What was asked, the answer, and the way to a person."""
        lines = (f"“{quote(self.asked)}”", "💡 " + quote(self.answer, REPLY_LENGTH))
        return Speech("\n".join(lines) + "\n\n" + voice.say("Is something still open? Just write it."))
