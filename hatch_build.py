"""Compiles the catalogs while the package is built, so that an installed Lobby speaks without Babel's reader."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogHook(BuildHookInterface):
    """Writes `desk.mo` beside every `desk.po`, for wheels and editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling's signature
        """Called by hatchling before it collects files; `artifacts` in pyproject.toml takes the results along."""
        for source in Path(self.root, "locales").glob("*/LC_MESSAGES/desk.po"):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text, locale=source.parts[-3]))
