"""Values under a name that change now and then, such as a platform's access token."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from storage.models import Kept


@dataclass
class KeptValues:
    """One row each; the newest value is all there is."""

    session: Session

    def find(self, name: str) -> str | None:
        """What is kept under the name."""
        kept = self.session.get(Kept, name)
        return kept.value if kept is not None else None

    def put(self, name: str, value: str) -> None:
        """From now on this."""
        kept = self.session.get(Kept, name)
        if kept is None:
            self.session.add(Kept(name=name, value=value))
        else:
            kept.value = value
        self.session.flush()
