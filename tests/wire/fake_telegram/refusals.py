"""The ways the Bot API says no, in the words of the official server (tdlib/telegram-bot-api, Client.cpp).

Every method in `methods/` raises `Refused`; `http.py` turns it into the JSON answer.
"""

from collections.abc import Mapping
from typing import Any

PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    409: "Conflict",
    500: "Internal Server Error",
}

QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_TOOK_OVER = "terminated by setWebhook request"
WEBHOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Refused(Exception):
    """An error answer: HTTP status, description as sent, and `parameters` when the real server adds them."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def worded(code: int, text: str) -> str:
    """The server's own wording rule: prefix, then the text with a small first letter unless it is a constant."""
    prefix = PREFIXES[code]
    if text.startswith(prefix):
        return text
    is_constant = len(text) > 1 and (text[1] == "_" or "A" <= text[1] <= "Z")
    return f"{prefix}: {text if is_constant else text[:1].lower() + text[1:]}"


def bad_request(text: str, **parameters: Any) -> Refused:
    return Refused(400, worded(400, text), parameters)


def forbidden(text: str) -> Refused:
    return Refused(403, worded(403, text))


def conflict(text: str) -> Refused:
    return Refused(409, worded(409, text))


def unauthorized() -> Refused:
    return Refused(401, "Unauthorized")


def not_found() -> Refused:
    return Refused(404, "Not Found")


def too_many(retry_after: int) -> Refused:
    text = f"Too Many Requests: retry after {retry_after}"
    return Refused(429, text, {"retry_after": retry_after})
