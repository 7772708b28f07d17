"""Seals of WeChat and WeCom: signatures and encryption of what their servers bring and what answers it.

wechatpy makes them; what it does not check is checked here: it compares with `!=`, and anything may come out of a seal
that is not theirs.
"""

import hmac
import json
import re
import time
from typing import NamedTuple

from aiohttp import web
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.crypto.base import WeChatCipher
from wechatpy.utils import WeChatSigner

FRESH_SECONDS = 300.0
FILE_BLOCK = 32
_NONCE = re.compile(r"[\x21-\x7e]{1,128}")


class Forged(Exception):
    """Not signed by whoever knows our secrets."""


class Signed(NamedTuple):
    """What stands in the address of a sealed call."""

    signature: str
    timestamp: str
    nonce: str

    @classmethod
    def of(cls, request: web.Request) -> "Signed":
        """What this call says of itself, or `Forged` when it is not of these minutes."""
        asked = cls(*(request.query.get(name, "") for name in ("msg_signature", "timestamp", "nonce")))
        is_time = asked.timestamp.isascii() and asked.timestamp.isdigit() and len(asked.timestamp) < 12
        if not is_time or abs(time.time() - int(asked.timestamp)) > FRESH_SECONDS:
            raise Forged
        if not _NONCE.fullmatch(asked.nonce):
            raise Forged
        return asked


class Seal:
    """Signatures and, where a key is set, encryption of callbacks and of what answers them."""

    def __init__(self, secret: str, aes_key: str, account: str) -> None:
        self._secret = secret
        self._account = account
        self._crypto = WeChatCrypto(secret, aes_key, account) if aes_key else None
        self._prp = PrpCrypto(self._crypto.key) if self._crypto is not None else None

    @property
    def encrypts(self) -> bool:
        """Whether callbacks must come encrypted."""
        return self._crypto is not None

    def is_signed(self, signature: str, *signed: str) -> bool:
        """Whether the signature is of these parts; compared in the same time whatever is wrong with it."""
        expected = self._signature(*signed).encode()
        return hmac.compare_digest(expected, signature.encode("utf-8", "surrogateescape"))

    def open(self, envelope: str, signature: str, timestamp: str, nonce: str) -> str:
        """What was encrypted, or `Forged`; `envelope` is the text inside `Encrypt`."""
        if self._crypto is None or not self.is_signed(signature, timestamp, nonce, envelope):
            raise Forged
        try:
            opened = self._crypto.decrypt_message({"Encrypt": envelope}, signature, timestamp, nonce)
        except Exception as error:  # padding, base64, lengths, another account: it checks little and raises anything
            raise Forged from error
        return str(opened)

    async def prove(self, request: web.Request) -> web.Response:
        """WeCom's console checks an address: say the echo opened, with nothing around it."""
        try:
            return web.Response(text=self.open(request.query.get("echostr", ""), *Signed.of(request)))
        except Forged:
            return web.Response(status=403)

    def close(self, xml: str, nonce: str) -> str:
        """The answer as the platform takes it: sealed where callbacks are."""
        if self._crypto is None:
            return xml
        return str(self._crypto.encrypt_message(xml, nonce, str(int(time.time()))))

    def seal(self, text: str, timestamp: str, nonce: str) -> tuple[str, str]:
        """The text encrypted, and the signature over it."""
        if self._prp is None:
            raise Forged
        envelope: str = self._prp.encrypt(text, self._account).decode()
        return envelope, self._signature(timestamp, nonce, envelope)

    def close_json(self, text: str, nonce: str) -> str:
        """The answer where the platform speaks JSON."""
        stamp = str(int(time.time()))
        envelope, signature = self.seal(text, stamp, nonce)
        return json.dumps({"encrypt": envelope, "msgsignature": signature, "timestamp": int(stamp), "nonce": nonce})

    def open_file(self, content: bytes) -> bytes:
        """A file sealed with this key, or `Forged`."""
        if self._crypto is None:
            raise Forged
        return opened_file(content, self._crypto.key)

    def _signature(self, *signed: str) -> str:
        signer = WeChatSigner()
        signer.add_data(self._secret, *(part.encode("utf-8", "surrogateescape") for part in signed))
        return str(signer.signature)


def opened_file(content: bytes, key: bytes) -> bytes:
    """A file under AES-256-CBC, filled up to 32 bytes; `Forged` when this key does not open it."""
    try:
        plain: bytes = WeChatCipher(key).decrypt(content)
    except ValueError as error:
        raise Forged from error
    filling = plain[-1] if plain else 0
    if not 1 <= filling <= FILE_BLOCK or plain[-filling:] != bytes([filling]) * filling:
        raise Forged
    return plain[:-filling]
