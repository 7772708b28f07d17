"""A bare Bot API call. Its error says what happened and never quotes the address, which carries the token."""

import json
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout


class CallFailed(Exception):
    """No success. `status` is 0 when nothing came back; `retry_after` is in seconds."""

    def __init__(self, reason: str, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.status, self.retry_after = reason, status, retry_after


async def call(
    session: ClientSession, api_base: str, token: str, method: str, arguments: dict[str, Any], patience: ClientTimeout
) -> Any:
    """The `result` of one call, or `CallFailed`."""
    try:
        async with session.post(f"{api_base}/bot{token}/{method}", json=arguments, timeout=patience) as response:
            status, body = response.status, await response.read()
    except (ClientError, OSError) as error:
        raise CallFailed(type(error).__name__) from None
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise CallFailed(f"HTTP {status} with a body that is no JSON", status) from None
    if not isinstance(answer, dict):
        raise CallFailed(f"HTTP {status} with an answer of another shape", status)
    if answer.get("ok") is True and "result" in answer:
        return answer["result"]
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    raise CallFailed(
        str(answer.get("description") or f"HTTP {status}")[:200],
        status,
        float(wait) if isinstance(wait, int | float) else None,
    )
