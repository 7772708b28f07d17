"""Seals what leads back to an unnamed author: only whoever has the desk's secret can open it, and staff never do.

`cryptography` lives here and is loaded when the first unnamed complaint comes. What this protects against, and what it
does not, is in `docs/decisions/0010-complaints.md`.
"""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

MARK = "sealed:"
"""What a sealed address begins with; no platform's does."""
_PURPOSE = b"lobby unnamed complaints"
_TAG_LENGTH = 32


def seal(secret: str, text: str) -> str:
    """Never the same twice, so that two complaints of one author do not look alike."""
    return MARK + _box(secret).encrypt(text.encode()).decode()


@lru_cache(maxsize=512)
def opened(secret: str, sealed: str) -> str | None:
    """What was sealed; None where it was sealed with another secret, or is not sealed at all."""
    from cryptography.fernet import InvalidToken

    if not is_sealed(sealed):
        return None
    try:
        return _box(secret).decrypt(sealed.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        return None


def is_sealed(text: str | None) -> bool:
    """Whether something is sealed."""
    return text is not None and text.startswith(MARK)


def tag(secret: str, *parts: str) -> str:
    """A name for something that can be known again and not be read."""
    return MARK + hmac.new(_key(secret), "\n".join(parts).encode(), "sha256").hexdigest()[:_TAG_LENGTH]


@lru_cache(maxsize=8)
def _box(secret: str) -> "Fernet":
    from cryptography.fernet import Fernet

    return Fernet(urlsafe_b64encode(_key(secret)))


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(secret.encode())
