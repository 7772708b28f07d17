"""A bot without a library: one HTTP call, one answer. For tests of the fake itself and for quick probing."""

import json
import urllib.error
import urllib.request
from typing import Any


class PlainBot:
    def __init__(self, url: str, token: str) -> None:
        self._base = f"{url}/bot{token}"

    def ask(self, method: str, within: float = 10.0, **values: Any) -> dict[str, Any]:
        """The whole answer, `{"ok": …}`, whatever its HTTP status."""
        status, body = self.ask_raw(method, within, **values)
        answer: dict[str, Any] = json.loads(body)
        assert status == answer.get("error_code", 200)
        return answer

    def ask_raw(self, method: str, within: float = 10.0, **values: Any) -> tuple[int, bytes]:
        request = urllib.request.Request(  # noqa: S310 - loopback only
            f"{self._base}/{method}", json.dumps(values).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=within) as response:  # noqa: S310
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def gets(self, method: str, **values: Any) -> Any:
        """The result; AssertionError with the server's sentence if it refused."""
        answer = self.ask(method, **values)
        assert answer["ok"], answer["description"]
        return answer["result"]

    def is_told(self, method: str, **values: Any) -> str:
        """The description of the refusal; AssertionError if there was none."""
        answer = self.ask(method, **values)
        assert not answer["ok"], f"{method} was not refused"
        return str(answer["description"])
