"""Which account is whose: a member of the roster sends a one-time code from it, once."""

import hashlib
import secrets

from handlers.linking import CODE_ALPHABET, CODE_LENGTH, CODE_LIVES
from handlers.notifications.to_duty import IamRefused, KnownAs
from handlers.premises import Refused
from handlers.roster.words import plain
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.models import Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition


def new_code(unit: UnitOfWork, site: Site, name: str) -> str:
    """A one-time code for a member; only its digest is kept, and an earlier one opens nothing any more."""
    members = [member for member in unit.rosters.list_members(site.id) if member.left_at is None]
    found = next((member for member in members if plain(member.name) == plain(name)), None)
    if found is None:
        known = ", ".join(member.name for member in members) or "nobody yet: lobby roster import FILE"
        raise Refused(f"{name} is not on the roster of {site.name}; on it: {known}")
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    found.code_digest, found.code_until = _digest(code), unit.now + CODE_LIVES
    unit.flush()
    return code


def bind(scene: Scene, code: str) -> Outcome:
    """`/iam CODE`: from now on this account speaks for that member, and for no other."""
    unit = scene.unit
    bound = unit.rosters.claim_code(_digest(code), scene.site.id, scene.person.id, scene.now)
    if bound is None:
        tell(unit, scene.chat, IamRefused(), scene.language)
        return Outcome(Disposition.REFUSED, reason="/iam")
    for other in unit.rosters.list_members(scene.site.id):
        if other.person_id == scene.person.id and other.id != bound.id:
            other.person_id = None
    tell(unit, scene.chat, KnownAs(bound.name, bound.role, bound.group), scene.language)
    return Outcome(Disposition.ANSWERED, reason="/iam")


def _digest(code: str) -> str:
    return hashlib.sha256(f"iam {code.strip().upper()}".encode()).hexdigest()
