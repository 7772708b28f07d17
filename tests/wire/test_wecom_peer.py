"""Tencent's own client on our far end's line: what the tests of our bot rest on is the line that client knows."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.wire.fake_wechat import PEERS
from tests.wire.fake_wecom import BOT, GROUP
from tests.wire.fake_wecom_line import SECRET, FakeWecomLine
from tests.wire.wecom_stage import so

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (PEERS / "node_modules/@wecom/aibot-node-sdk").is_dir(),
    reason="Tencent's client is not installed: make peers",
)


class Tencents:
    """The client in a process of its own, and what it tells."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.told: list[dict[str, Any]] = []
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.told.append(json.loads(line))

    def has_told(self, what: str) -> bool:
        """Whether it has told so."""
        return any(each["what"] == what for each in self.told)

    async def ends(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._reading


async def started(fake: FakeWecomLine, secret: str = SECRET) -> Tencents:
    """Tencent's client on its way in."""
    pipe = asyncio.subprocess.PIPE
    command = ("node", "aibot.mjs", fake.line, BOT, secret)
    return Tencents(await asyncio.create_subprocess_exec(*command, cwd=PEERS, stdin=pipe, stdout=pipe))


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[FakeWecomLine]:
    """The far end."""
    async with FakeWecomLine() as fake:
        yield fake


async def test_it_is_let_in_told_taken_answered_and_kicked_as_ours_is(fake: FakeWecomLine) -> None:
    client = await started(fake)
    await so(lambda: client.has_told("authenticated"), "it to be let in")
    await so(lambda: fake.pings, "a sign of life")
    await fake.says("Li", "在吗", quote="🔵 #1001 报修")
    await so(lambda: client.has_told("refused"), "plain text to be refused")
    assert client.told[1] == {"what": "heard", "text": "@值班机器人 在吗", "quote": "🔵 #1001 报修", "who": "Li"}
    assert client.told[2] == {"what": "refused", "code": 40008}
    assert [each.kind for each in fake.chats[GROUP]] == ["markdown", "template_card", "image"]
    assert [len(content) for content in fake.files.values()] == [700_000]
    card = fake.chats[GROUP][1]
    await fake.taps("Wu", card, "接单")
    await so(lambda: client.has_told("changed"), "the card to be changed")
    assert {"what": "tapped", "key": "k.take", "task": "sdk-1"} in client.told
    assert card.labels == ["完成"]
    other = await started(fake)
    await so(lambda: client.has_told("kicked") and other.has_told("authenticated"), "the newer one to have the line")
    await asyncio.gather(client.ends(), other.ends())


async def test_it_is_refused_as_ours_is(fake: FakeWecomLine) -> None:
    client = await started(fake, "another-secret")
    await so(lambda: client.has_told("error"), "a refusal")
    assert "40001" in client.told[0]["text"]
    await client.ends()
