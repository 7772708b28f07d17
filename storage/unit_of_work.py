"""One act's view of the database: repositories over one session, inside a savepoint the writer commits."""

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from storage.directory import INFO, Directory
from storage.prepared import HELD, Held
from storage.repositories.afterwards import Afterwards
from storage.repositories.askings import Askings
from storage.repositories.attachments import Attachments
from storage.repositories.audits import Audits
from storage.repositories.authorities import Authorities
from storage.repositories.chats import Chats
from storage.repositories.complaints import Complaints
from storage.repositories.corrections import Corrections
from storage.repositories.figures import Figures
from storage.repositories.inbox import InboxRows
from storage.repositories.incidents import Incidents
from storage.repositories.kept_values import KeptValues
from storage.repositories.outbox import OutboxRows
from storage.repositories.passes import Passes
from storage.repositories.people import People
from storage.repositories.periods import Periods
from storage.repositories.place_codes import PlaceCodes
from storage.repositories.pushes import Pushes
from storage.repositories.questions import Questions
from storage.repositories.ready_answers import ReadyAnswers
from storage.repositories.registrations import Registrations
from storage.repositories.rosters import Rosters
from storage.repositories.searches import Searches
from storage.repositories.sites import Sites
from storage.repositories.tickets import Tickets
from storage.repositories.traffic import Traffic
from storage.repositories.trends import Trends
from storage.repositories.visits import Visits
from storage.repositories.windows import Windows
from storage.signals import Signal


class UnitOfWork:
    """Repositories that share one transaction. Nobody here commits; `storage.writer` does, once, for many acts."""

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        *,
        reading: bool = False,
        directory: Directory | None = None,
        held: Held | None = None,
    ) -> None:
        """`held` is shared by the acts of a batch and written by whoever made it; without one the unit has its own."""
        self.now, self.reading = now, reading
        self.signals: set[Signal] = set()
        self.claims_what_waits = False
        """Set by an act that claims what the acts before it left in the outbox, so that nobody need be woken for it."""
        self.asked: tuple[int, str] | None = None
        """Chat and message of the words this act answers, where they stand in a topic and the answer belongs there."""
        self._own = Held(connection) if held is None else None
        self.session = Session(
            connection,
            join_transaction_mode="rollback_only",
            expire_on_commit=False,
            info={INFO: directory, HELD: held or self._own},
        )

    @cached_property
    def sites(self) -> Sites:
        """Sites and buildings."""
        return Sites(self.session)

    @cached_property
    def chats(self) -> Chats:
        """Chats and link codes."""
        return Chats(self.session, self.now)

    @cached_property
    def rosters(self) -> Rosters:
        """Who is in the office, and when."""
        return Rosters(self.session)

    @cached_property
    def people(self) -> People:
        """People and their accounts."""
        return People(self.session)

    @cached_property
    def inbox(self) -> InboxRows:
        """Raw updates and their dispositions."""
        return InboxRows(self.session, self.signals)

    @cached_property
    def tickets(self) -> Tickets:
        """Tickets and their threads."""
        return Tickets(self.session, locks=not self.reading)

    @cached_property
    def incidents(self) -> Incidents:
        """Who reported the same thing."""
        return Incidents(self.session)

    @cached_property
    def complaints(self) -> Complaints:
        """The steps of complaints, and whom they are about."""
        return Complaints(self.session)

    @cached_property
    def corrections(self) -> Corrections:
        """What staff set right."""
        return Corrections(self.session)

    @cached_property
    def attachments(self) -> Attachments:
        """Files and their bytes."""
        return Attachments(self.session, self.signals)

    @cached_property
    def outbox(self) -> OutboxRows:
        """What waits to be said and what became of what was said."""
        return OutboxRows(self.session, self.signals)

    @cached_property
    def pushes(self) -> Pushes:
        """What is due later."""
        return Pushes(self.session, self.signals)

    @cached_property
    def askings(self) -> Askings:
        """Questions put to people."""
        return Askings(self.session)

    @cached_property
    def authorities(self) -> Authorities:
        """What each role may do alone."""
        return Authorities(self.session)

    @cached_property
    def ready_answers(self) -> ReadyAnswers:
        """What an office says often."""
        return ReadyAnswers(self.session)

    @cached_property
    def visits(self) -> Visits:
        """Visits to tenants, and what was charged."""
        return Visits(self.session)

    @cached_property
    def afterwards(self) -> Afterwards:
        """Callback checks and surveys."""
        return Afterwards(self.session)

    @cached_property
    def figures(self) -> Figures:
        """Counts for digests; read only."""
        return Figures(self.session)

    @cached_property
    def periods(self) -> Periods:
        """What happened in a period; read only."""
        return Periods(self.session)

    @cached_property
    def passes(self) -> Passes:
        """Who may read the managers' page."""
        return Passes(self.session)

    @cached_property
    def trends(self) -> Trends:
        """Where and when it happened; read only."""
        return Trends(self.session)

    @cached_property
    def windows(self) -> Windows:
        """Who may be written to where a platform counts."""
        return Windows(self.session)

    @cached_property
    def kept(self) -> KeptValues:
        """Values under a name."""
        return KeptValues(self.session)

    @cached_property
    def place_codes(self) -> PlaceCodes:
        """Codes on posters."""
        return PlaceCodes(self.session)

    @cached_property
    def audits(self) -> Audits:
        """Who looked at what."""
        return Audits(self.session)

    @cached_property
    def registrations(self) -> Registrations:
        """What staff register for others."""
        return Registrations(self.session)

    @cached_property
    def questions(self) -> Questions:
        """The question list."""
        return Questions(self.session)

    @cached_property
    def searches(self) -> Searches:
        """Tickets found again; read only."""
        return Searches(self.session)

    @cached_property
    def traffic(self) -> Traffic:
        """How much waits and how it ended; read only."""
        return Traffic(self.session)

    def flush(self) -> None:
        """Send what is pending to the database, where its constraints speak."""
        self.session.flush()
        if self._own is not None:
            self._own.write()

    def drop(self) -> None:
        """The act has failed: what it held back of its own is never written."""
        if self._own is not None:
            self._own.drop()

    def forget(self) -> None:
        """Let go of every loaded object; the transaction is the writer's to end."""
        self.session.close()
