"""Several callbacks in one message: one person's of one day, or in a room those of the neighbours of an incident."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import quote
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_tenant.afterwards import RATINGS
from handlers.notifications.to_tenant.incidents import numbers_of
from locales import Voice
from storage.vocabulary import CallbackOutcome, Trade

MARKS = dict(zip(CallbackOutcome, ("✅", "🔸", "❌", "🚫"), strict=True))


@dataclass(frozen=True, slots=True)
class Job:
    """One finished job and what its tenant has said of it."""

    number: int
    round: int
    """Which finish is asked about."""
    trade: Trade
    place: str | None
    done_at: datetime
    outcome: CallbackOutcome | None = None
    is_settled: bool = False
    """Whether nothing is left to ask: answered, or open again because a neighbour said so."""


@dataclass(frozen=True, slots=True)
class CallbackChecks(Notification):
    """Are they really fixed? A row of buttons for each job; neighbours of one incident share a row."""

    is_last_word: ClassVar[bool] = True

    jobs: tuple[Job, ...]
    is_shared: bool
    """Whether it asks several people about the same thing, each of them for themselves."""
    is_reminder: bool = False
    rating: int | None = None

    def say(self, voice: Voice) -> Speech:
        """One tap a job records."""
        text = "\n".join(self._shared(voice) if self.is_shared and self.jobs else self._each(voice))
        if self.is_reminder and any(not job.is_settled for job in self.jobs):
            text = voice.say("Just one more time, then I won't ask again.") + "\n" + text
        return Speech(text, buttons=self._buttons(voice))

    def say_anew(self, voice: Voice) -> Speech:
        """Only what is left to ask, or what came of it: the answered ones stand above."""
        waiting = [job for job in self.jobs if not job.is_settled]
        if self.is_shared or len(waiting) == len(self.jobs):
            return self.say(voice)
        left = CallbackChecks(tuple(waiting), is_shared=False)._each(voice)[1:] if waiting else self._each(voice)[-1:]
        said = voice.say("📝 Noted, thank you.") if waiting or not (self._is_rated or self.rating) else None
        return Speech("\n".join(filter(None, (said, *left))), buttons=self._buttons(voice))

    def _shared(self, voice: Voice) -> list[str]:
        first = self.jobs[0]
        numbers = numbers_of(voice, tuple(job.number for job in self.jobs))
        job, time = _job(voice, first), voice.moment(first.done_at)
        lines = [voice.say("{numbers} ({job}), finished {time}: is it fixed?", numbers=numbers, job=job, time=time)]
        answered = sum(job.is_settled for job in self.jobs)
        if answered:
            lines.append(voice.say("Answered: {count} of {all}", count=answered, all=len(self.jobs)))
        return lines

    def _each(self, voice: Voice) -> list[str]:
        lines = [voice.say("These jobs are finished. Are they fixed?")]
        for job in self.jobs:
            number = voice.say("No. {number}", number=job.number)
            line = f"{number} · {_job(voice, job)} · {voice.moment(job.done_at)}"
            if job.outcome is not None:
                line = f"{MARKS[job.outcome]} {line} · {voice.term('outcome', job.outcome)}"
            lines.append(line)
        if any(job.outcome not in (None, CallbackOutcome.FIXED) for job in self.jobs):
            lines.append(voice.say("🔁 Sorry! What is not fixed is open again. What is still wrong?"))
        if any(not job.is_settled for job in self.jobs):
            lines.append(" · ".join(f"{mark} {voice.term('outcome', outcome)}" for outcome, mark in MARKS.items()))
        elif self.rating is not None:
            lines.append(voice.say("🙏 Thank you: {rating} out of 5. Anything to add?", rating=self.rating))
        elif self._is_rated:
            lines.append(voice.say("👍 How was the service, 1 to 5?"))
        return lines

    @property
    def _is_rated(self) -> bool:
        return any(job.outcome is CallbackOutcome.FIXED for job in self.jobs)

    def _buttons(self, voice: Voice) -> tuple[tuple[Button, ...], ...]:
        waiting = [job for job in self.jobs if not job.is_settled]
        if waiting and self.is_shared:
            good, middling, bad, none = (
                Button(f"{mark} {voice.term('outcome', outcome)}", f"callback:mine={outcome}")
                for outcome, mark in MARKS.items()
            )
            return ((good, middling), (bad, none))
        if waiting:
            return tuple(
                tuple(Button(f"{mark} {job.number}", f"callback:{job.number}={o}") for o, mark in MARKS.items())
                for job in waiting
            )
        if self.is_shared or self.rating is not None or not self._is_rated:
            return ()
        stars = tuple(Button("⭐" * n, f"rate:{n}") for n in RATINGS)
        return (stars[:2], stars[2:4], stars[4:])


def _job(voice: Voice, job: Job) -> str:
    trade = voice.term("trade", job.trade)
    return f"{trade} · {quote(job.place, 60)}" if job.place else trade
