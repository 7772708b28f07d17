"""`python -m tests.wire.fake_telegram --port 8081 [--lean]`: the fake as a process of its own, driven over /_/."""

import argparse
import asyncio
import sys

from tests.wire.fake_telegram.fake import FakeTelegram


async def serve(port: int, lean: bool) -> None:
    async with FakeTelegram(port=port, lean=lean) as fake:
        sys.stdout.write(f"{fake.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="fake_telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--lean", action="store_true", help="no call log, no checks: for benches")
    options = parser.parse_args()
    try:
        asyncio.run(serve(options.port, options.lean))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
