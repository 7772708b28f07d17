"""Every sentence the code says is in the template: one inside an f-string is passed over when sentences are taken."""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

import locales.__main__ as keeper

ROOT = Path(__file__).parent.parent.parent
SAYS = {"say": 1, "say_many": 2}
"""How many of the first arguments are sentences."""


def sentences() -> Iterator[tuple[str, str]]:
    """Each sentence written out in a call of a voice, with where it stands."""
    for path in (path for room in ("bot", "handlers", "locales") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAYS:
                for said in node.args[: SAYS[node.func.attr]]:
                    if isinstance(said, ast.Constant) and isinstance(said.value, str):
                        yield said.value, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_sentence_is_in_the_template() -> None:
    with keeper.TEMPLATE.open("rb") as file:
        template = read_po(file)
    known = {said for message in template for said in (message.id if isinstance(message.id, tuple) else (message.id,))}
    assert [f"{place}: {said}" for said, place in sentences() if said not in known] == []
