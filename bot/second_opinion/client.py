"""Asks an OpenAI-compatible endpoint, once and in time. Whatever goes wrong is None: the local answer stands."""

import asyncio
import json
from time import monotonic
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

from handlers.understanding.second_opinion import INSTRUCTIONS, SecondOpinion, Unusable, opinion_in

log = structlog.get_logger(__name__)

MOST_BYTES = 64_000
MOST_TOKENS = 60
FAILURES = 3
"""In a row, after which the endpoint is left alone for a while."""
REST_SECONDS = 60.0


class Client:
    """Knows the address and the key; sees redacted words only, and never says whose."""

    def __init__(self, url: str, model: str, key: str, seconds: float) -> None:
        self._url, self._model, self._key, self._seconds = f"{url}/chat/completions", model, key, seconds
        self._session: ClientSession | None = None
        self._failures, self._rest_until = 0, 0.0

    @property
    def is_resting(self) -> bool:
        """Whether it failed so often lately that asking would only cost time."""
        return monotonic() < self._rest_until

    async def ask(self, words: str) -> SecondOpinion | None:
        """The opinion on redacted words, or None. Raises nothing but a cancellation."""
        try:
            async with asyncio.timeout(self._seconds):
                opinion = opinion_in(await self._answer(words))
        except (TimeoutError, ClientError, Unusable, OSError, ValueError, LookupError, TypeError) as error:
            self._failures += 1
            if self._failures >= FAILURES:
                self._failures, self._rest_until = 0, monotonic() + REST_SECONDS
            log.info("second_opinion_failed", error=type(error).__name__)  # never the answer: it may quote the words
            return None
        self._failures = 0
        return opinion

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _answer(self, words: str) -> object:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=self._seconds))
        question: dict[str, Any] = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": INSTRUCTIONS},
                {"role": "user", "content": json.dumps(words, ensure_ascii=False)},
            ],
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "response_format": {"type": "json_object"},
        }
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        # A redirect would carry the key and the words to an address nobody set.
        async with self._session.post(self._url, json=question, headers=headers, allow_redirects=False) as response:
            if response.status != 200:
                raise Unusable(f"status {response.status}")
            body = await response.content.read(MOST_BYTES + 1)
            while len(body) <= MOST_BYTES and (more := await response.content.read(MOST_BYTES)):
                body += more
            if len(body) > MOST_BYTES:
                raise Unusable("too long")
            return json.loads(body)["choices"][0]["message"]["content"]
