"""The question list of each site, and what tenants said of the answers they were given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage.directory import remember
from storage.models import AskedQuestion, Entry, ListedQuestion, Ticket
from storage.models.base import one_of
from storage.question_vocabulary import Ending
from storage.vocabulary import Audience, CloseReason, EntryKind, Kind, Side

_LISTED = (
    select(ListedQuestion)
    .where(ListedQuestion.site_id == bindparam("site"), ListedQuestion.retired_at.is_(None))
    .order_by(ListedQuestion.id)
)


@dataclass(frozen=True, slots=True)
class Given:
    """How often an answer was given, and what was said of it; the rest said nothing."""

    times: int = 0
    yes: int = 0
    no: int = 0


@dataclass(frozen=True, slots=True)
class PastInquiry:
    """An inquiry that staff answered, with what they wrote last."""

    language: str
    words: str
    answer: str


@dataclass
class Questions:
    """Keeps the lists."""

    session: Session

    def recall(self, site_id: int) -> Sequence[ListedQuestion]:
        """A site's list; remembered, and the same sequence until one of them changes."""
        key = ("questions", site_id)
        return remember(self.session, key, lambda session: list(session.scalars(_LISTED, {"site": site_id})))

    def list_all(self, site_id: int) -> Sequence[ListedQuestion]:
        """Those that were retired as well, for a change."""
        return self.session.scalars(select(ListedQuestion).where(ListedQuestion.site_id == site_id)).all()

    def get(self, question_id: int) -> ListedQuestion:
        """One of them."""
        return self.session.get_one(ListedQuestion, question_id)

    def add(self, question: ListedQuestion) -> None:
        """Save a new one."""
        self.session.add(question)
        self.session.flush()

    def list_to_review(self, site_id: int, today: date) -> Sequence[ListedQuestion]:
        """Those whose day has come, the longest overdue first."""
        due = [one for one in self.recall(site_id) if one.review_on is not None and one.review_on <= today]
        return sorted(due, key=lambda one: (one.review_on or today, one.key))

    def note(self, asked: AskedQuestion) -> None:
        """Remember that somebody was answered."""
        self.session.add(asked)
        self.session.flush()

    def get_asked(self, asked_id: int) -> AskedQuestion:
        """One answer that was given."""
        return self.session.get_one(AskedQuestion, asked_id)

    def find_asked(self, person_id: int, since: datetime) -> AskedQuestion | None:
        """What this person was answered last, wherever, and has said nothing to."""
        return self.session.scalar(
            select(AskedQuestion)
            .where(
                AskedQuestion.person_id == person_id,
                AskedQuestion.at >= since,
                AskedQuestion.ending.is_(None),
            )
            .order_by(AskedQuestion.id.desc())
            .limit(1)
        )

    def count_given(self, site_id: int, since: datetime, until: datetime) -> dict[int, Given]:
        """By question, how often it was answered in that time, and what was said of it until now."""
        rows = self.session.execute(
            select(AskedQuestion.question_id, AskedQuestion.ending, func.count())
            .where(AskedQuestion.site_id == site_id, AskedQuestion.at >= since, AskedQuestion.at < until)
            .group_by(AskedQuestion.question_id, AskedQuestion.ending)
        )
        found: dict[int, Given] = {}
        for question_id, ending, count in rows:
            was = found.get(question_id, Given())
            found[question_id] = Given(
                was.times + count,
                was.yes + (count if ending is Ending.YES else 0),
                was.no + (count if ending in (Ending.NO, Ending.MORE) else 0),
            )
        return found

    def list_past(self, site_id: int, limit: int) -> Sequence[PastInquiry]:
        """Inquiries that staff answered and closed, the newest first."""
        answer = (
            select(Entry.text)
            .where(
                Entry.ticket_id == Ticket.id,
                Entry.kind == EntryKind.REPLY,
                Entry.side == Side.STAFF,
                Entry.audience == Audience.REPORTER,
                Entry.text != "",
            )
            .order_by(Entry.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        rows = self.session.execute(
            select(Ticket.language, Ticket.words, answer)
            .where(
                Ticket.site_id == site_id,
                Ticket.kind == Kind.INQUIRY,
                one_of(Ticket.close_reason, CloseReason.ANSWERED, CloseReason.CONFIRMED),
                answer.is_not(None),
            )
            .order_by(Ticket.id.desc())
            .limit(limit)
        )
        return [PastInquiry(*row) for row in rows]
