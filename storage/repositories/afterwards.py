"""Callback checks and surveys."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from storage.models import Callback, Survey


@dataclass
class Afterwards:
    """What was asked after the work, and what people answered."""

    session: Session

    def add_callback(self, ticket_id: int, round_: int, person_id: int) -> Callback:
        """One check per finish; the pair of ticket and round is unique."""
        callback = Callback(ticket_id=ticket_id, round=round_, person_id=person_id)
        self.session.add(callback)
        self.session.flush()
        return callback

    def get_callback(self, ticket_id: int, round_: int) -> Callback:
        """The check of one finish, or `NoResultFound`."""
        return self.session.scalars(
            select(Callback).where(Callback.ticket_id == ticket_id, Callback.round == round_)
        ).one()

    def find_callback(self, ticket_id: int, round_: int) -> Callback | None:
        """The check of one finish, if it was sent."""
        return self.session.scalar(select(Callback).where(Callback.ticket_id == ticket_id, Callback.round == round_))

    def find_waiting_callback(self, person_id: int) -> Callback | None:
        """The newest check this person has been sent and not answered."""
        return self.session.scalar(
            select(Callback)
            .where(Callback.person_id == person_id, Callback.sent_at.is_not(None), Callback.outcome.is_(None))
            .order_by(Callback.id.desc())
            .limit(1)
        )

    def find_wordless_callback(self, person_id: int, since: datetime) -> Callback | None:
        """The newest check this person answered since then without adding words."""
        return self.session.scalar(
            select(Callback)
            .where(
                Callback.person_id == person_id,
                Callback.answered_at >= since,
                Callback.words.is_(None),
            )
            .order_by(Callback.id.desc())
            .limit(1)
        )

    def add_survey(self, survey: Survey) -> Survey:
        """Save an invitation and learn its id."""
        self.session.add(survey)
        self.session.flush()
        return survey

    def find_survey(self, digest: str) -> Survey | None:
        """The invitation behind a token's digest."""
        return self.session.scalar(select(Survey).where(Survey.digest == digest))

    def has_survey_since(self, person_id: int, since: datetime) -> bool:
        """Whether this person was invited lately; nobody is asked too often."""
        return bool(self.session.scalar(select(exists().where(Survey.person_id == person_id, Survey.sent_at >= since))))

    def answer_survey(self, survey_id: int, score: int, words: str | None, now: datetime) -> bool:
        """Record the one answer; False when it was answered before or has expired. Compare-and-set."""
        answered = self.session.scalar(
            update(Survey)
            .where(Survey.id == survey_id, Survey.answered_at.is_(None), Survey.expires_at > now)
            .values(score=score, words=words, answered_at=now)
            .returning(Survey.id)
        )
        return answered is not None
