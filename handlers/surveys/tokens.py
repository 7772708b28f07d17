"""Survey tokens: signed, random, one-time. Only a digest is stored, so a copied database opens nothing."""

import hashlib
import secrets

from itsdangerous import BadSignature, URLSafeSerializer

SALT = "lobby.survey"
RANDOM_BYTES = 16


def new_token(secret: str) -> tuple[str, str]:
    """A token for the link and the digest to store."""
    random = secrets.token_urlsafe(RANDOM_BYTES)
    return str(URLSafeSerializer(secret, salt=SALT).dumps(random)), _digest(random)


def digest_of(token: str, secret: str) -> str | None:
    """The digest behind a token, or None when it was not signed here."""
    try:
        random = URLSafeSerializer(secret, salt=SALT).loads(token)
    except BadSignature:
        return None
    return _digest(random) if isinstance(random, str) else None


def _digest(random: str) -> str:
    return hashlib.sha256(random.encode()).hexdigest()
