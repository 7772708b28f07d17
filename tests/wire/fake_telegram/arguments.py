"""One call's parameters, whichever way they came: query string, urlencoded form, multipart or JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.wire.fake_telegram.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    content: bytes
    name: str
    mime: str


@dataclass(slots=True)
class Arguments:
    """`values` are strings from forms and plain values from JSON bodies; the readers accept both."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """Anything that is no number counts as absent; too small and too large are moved to the edge."""
        try:
            value = int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default
        value = value if low is None else max(low, value)
        return value if high is None else min(high, value)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "yes", "1")

    def parsed(self, name: str, what: str = "") -> Any:
        """A JSON-serialised parameter; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"Can't parse {what or name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file sent as this parameter, directly or as attach://part."""
        direct = self.uploads.get(name)
        return direct or self.attached(self.text(name))

    def attached(self, reference: str) -> Upload | None:
        return self.uploads.get(reference.removeprefix("attach://")) if reference.startswith("attach://") else None


async def read_arguments(request: web.Request) -> Arguments:
    arguments = Arguments(dict(request.query))
    if request.method != "POST" or not request.can_read_body:
        return arguments
    if request.content_type == "application/json":
        body = await request.json()
        arguments.values |= body if isinstance(body, dict) else {}
        return arguments
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            arguments.uploads[name] = Upload(value.file.read(), value.filename, value.content_type)
        else:
            arguments.values[name] = value if isinstance(value, str) else bytes(value).decode()
    return arguments
