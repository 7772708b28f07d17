"""The sentences composed for these tests, one file per language: what is expected, then what a tenant wrote."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "sentences"
UNCHECKED = "?"


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """A sentence and its expected columns as text.

    `?` is not checked, trade `-` means none, and a slash parts trades that a careful reader could defend.
    `is_missed`: a line that begins with `~` is known to be misread, and its mark goes when it is not any more.
    """

    kind: str
    trade: str
    urgency: str
    text: str
    is_missed: bool = False


def own_sentences() -> list[OwnSentence]:
    """All of them. `ValueError` for a line that does not have its three columns."""
    sentences: list[OwnSentence] = []
    for page in sorted(FOLDER.glob("*.txt")):
        for line in page.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                columns, _, text = line.partition(" | ")
                kind, trade, urgency = columns.split()
                is_missed = kind.startswith("~")
                sentences.append(OwnSentence(kind.removeprefix("~"), trade, urgency, text, is_missed))
    return sentences
