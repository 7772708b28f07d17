"""What a complaint has beside its ticket: the step at hand, guarded like the ticket's state, and whom it is about."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.complaint_vocabulary import Affected, ComplaintStep, Weight
from storage.models.base import Base, PrimaryKey, Shared, Words
from storage.vocabulary import Group

UNDECIDED = (ComplaintStep.CONFIRM, ComplaintStep.INVESTIGATE, ComplaintStep.PROPOSE, ComplaintStep.ANSWER)
"""The steps before the tenant has accepted what is to be done."""


class WrongStep(Exception):
    """The complaint has moved on; a late tap gets a kind answer."""

    def __init__(self, complaint: "Complaint", what: str) -> None:
        super().__init__(f"complaint of ticket {complaint.ticket_id} is at {complaint.step}: cannot {what}")
        self.complaint = complaint


class Complaint(Base):
    """One complaint on its way through the seven steps."""

    __tablename__ = "complaint"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True, autoincrement=False)
    begun_at: Mapped[datetime]
    """When the step at hand began."""
    step: Mapped[ComplaintStep] = mapped_column(Words(ComplaintStep), default=ComplaintStep.CONFIRM)
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    """By when the step at hand is promised; None where nothing is."""
    is_asked: Mapped[bool] = mapped_column(default=False)
    """Whether the step waits for the tenant's word."""
    weight: Mapped[Weight | None] = mapped_column(Words(Weight), default=None)
    affected: Mapped[Affected | None] = mapped_column(Words(Affected), default=None)
    account: Mapped[str | None] = mapped_column(Text, default=None)
    """What was told, in the desk's words, as the tenant was asked to confirm it."""
    finding: Mapped[str | None] = mapped_column(Text, default=None)
    proposal: Mapped[str | None] = mapped_column(Text, default=None)
    proposals: Mapped[int] = mapped_column(default=0)
    summary: Mapped[str | None] = mapped_column(Text, default=None)
    late_steps: Mapped[int] = mapped_column(default=0)
    filed_at: Mapped[datetime | None] = mapped_column(default=None)
    sealed_words: Mapped[str | None] = mapped_column(Text, default=None)
    """What an anonymous author wrote, whole and sealed, until they say that it may be shown."""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do about it."""
        return self.step is ComplaintStep.FILED

    def ask_account(self, account: str, now: datetime) -> None:
        """The tenant is asked whether we have understood; again, as often as it takes."""
        self._expect("confirm", ComplaintStep.CONFIRM)
        self._go(ComplaintStep.CONFIRM, now)
        self.account, self.is_asked = account, True

    def confirm(self, now: datetime) -> None:
        """Yes, that is what happened."""
        self._expect("confirm", ComplaintStep.CONFIRM)
        self._go(ComplaintStep.INVESTIGATE, now)

    def doubt(self, now: datetime) -> None:
        """Not quite: the account has to be put right."""
        self._expect("doubt", ComplaintStep.CONFIRM)
        self._go(ComplaintStep.CONFIRM, now)

    def find(self, finding: str, now: datetime) -> None:
        """What was found out; before a proposal is made it may be written anew."""
        self._expect("investigate", ComplaintStep.INVESTIGATE, ComplaintStep.PROPOSE)
        self.finding = finding
        if self.step is ComplaintStep.INVESTIGATE:
            self._go(ComplaintStep.PROPOSE, now)

    def propose(self, proposal: str, now: datetime) -> None:
        """What we would do, for the tenant to accept; a better one may follow before the answer."""
        self._expect("propose", ComplaintStep.PROPOSE, ComplaintStep.ANSWER)
        self.proposal, self.proposals = proposal, self.proposals + 1
        self._go(ComplaintStep.ANSWER, now)
        self.is_asked = True

    def accept(self, now: datetime) -> None:
        """The tenant agrees: now it is to be done."""
        self._expect("accept", ComplaintStep.ANSWER)
        self._go(ComplaintStep.CARRY_OUT, now)

    def refuse(self, now: datetime) -> None:
        """The tenant would like something else."""
        self._expect("refuse", ComplaintStep.ANSWER)
        self._go(ComplaintStep.PROPOSE, now)

    def finish(self, now: datetime) -> None:
        """What was agreed has been done, or it has settled itself at whatever step."""
        self._expect("finish", *UNDECIDED, ComplaintStep.CARRY_OUT)
        self._go(ComplaintStep.CALL_BACK, now)

    def reopen(self, now: datetime) -> None:
        """The callback came back bad: another proposal is due."""
        self._expect("reopen", ComplaintStep.CALL_BACK, ComplaintStep.SUMMARISE, ComplaintStep.FILED)
        self._go(ComplaintStep.PROPOSE, now)
        self.summary = self.filed_at = None

    def end(self, now: datetime) -> None:
        """The callback has its answer, or silence has had its time: the summary is due."""
        self._expect("end", ComplaintStep.CALL_BACK)
        self._go(ComplaintStep.SUMMARISE, now)

    def file(self, summary: str, now: datetime) -> None:
        """Into the register."""
        self._expect("file", ComplaintStep.SUMMARISE)
        self._go(ComplaintStep.FILED, now)
        self.summary, self.filed_at = summary, now

    def weigh(self, *, weight: Weight | None = None, affected: Affected | None = None) -> None:
        """How heavy it is and whom it concerns, at any step: it may turn out otherwise."""
        if self.is_over:
            raise WrongStep(self, "weigh")
        self.weight, self.affected = weight or self.weight, affected or self.affected

    def _go(self, step: ComplaintStep, now: datetime) -> None:
        self.step, self.begun_at, self.is_asked, self.due_at = step, now, False, None

    def _expect(self, what: str, *steps: ComplaintStep) -> None:
        if self.step not in steps:
            raise WrongStep(self, what)


class Concern(Shared, Base):
    """Somebody of the office a complaint is about, as closely as it is known: they and theirs never see it.

    One member, else whoever speaks from an account, else anybody of a group; with none of them anybody at all.
    """

    __tablename__ = "concern"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[PrimaryKey] = mapped_column(init=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    group: Mapped[Group | None] = mapped_column(Words(Group), default=None)
    is_above: Mapped[bool] = mapped_column(default=False)
    """Whether it is somebody above the groups whom nobody has named."""
