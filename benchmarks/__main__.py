"""`python -m benchmarks [--json FILE]`: every measurement, as a table and as JSON."""

import argparse
import json
import platform
from pathlib import Path

from benchmarks import callbacks, digest, loop, neighbours, store, understanding


def main() -> None:
    """Run all, print all."""
    parser = argparse.ArgumentParser(description="Speed and memory, side by side in one run.")
    parser.add_argument("--json", type=Path, default=Path("artifacts/bench.json"), help="where the figures go")
    arguments = parser.parse_args()
    read, kept, alike = understanding.run(), store.run(), neighbours.run()
    print("\n".join([*understanding.show(read), *store.show(kept), *neighbours.show(alike)]), flush=True)
    summed = digest.run()
    print("\n".join(digest.show(summed)), flush=True)
    measured = loop.run()
    called = callbacks.run()
    print("\n".join([*loop.show(measured), *callbacks.show(called)]))
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    about = {"python": platform.python_version(), "machine": platform.machine()}
    figures = {
        "about": about,
        "understanding": read,
        "store": kept,
        "neighbours": alike,
        "digest": summed,
        "loop": loop.as_json(measured),
        "wechat_callbacks": called,
    }
    arguments.json.write_text(json.dumps(figures, indent=2))
    print(f"JSON in {arguments.json}")


if __name__ == "__main__":
    main()
