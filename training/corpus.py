"""The project's own sentences, `locales/*/corpus/*.tsv`, and the fingerprint that ties a model to them.

A file is lines of `label<TAB>text`; a line `# writer 001: …` says that another person begins to speak. A label is
`kind.trade`, with `!` when it cannot wait, or `chatter` alone.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from handlers.understanding import features
from storage.vocabulary import Kind, Trade

LOCALES = Path(__file__).parent.parent / "locales"


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence with its label. `writer` is unlike that of any other writer in any language."""

    text: str
    kind: Kind
    trade: Trade | None
    is_urgent: bool
    writer: str
    language: str


def corpus_files() -> list[Path]:
    """Every page of the corpus, in one order everywhere."""
    return sorted(LOCALES.glob("*/corpus/*.tsv"), key=lambda page: page.relative_to(LOCALES).as_posix())


def _phrase_files() -> list[Path]:
    return sorted(LOCALES.glob("*/phrases/*.toml"), key=lambda page: page.relative_to(LOCALES).as_posix())


def read_corpus() -> list[Sample]:
    """All samples. `ValueError` names the line that is not one."""
    samples: list[Sample] = []
    for page in corpus_files():
        language = page.parts[-3]
        writer = f"{language}:{page.stem}"
        for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), start=1):
            if line.startswith("#"):
                writer = f"{language}:{line.partition(':')[0]}"
            elif line.strip():
                samples.append(_sample(line, writer, language, f"{page.name}:{number}"))
    return samples


def _sample(line: str, writer: str, language: str, where: str) -> Sample:
    label, tab, text = line.partition("\t")
    kind, _, trade = label.removesuffix("!").partition(".")
    try:
        sample = Sample(text, Kind(kind), Trade(trade) if trade else None, label.endswith("!"), writer, language)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
    if not tab or not text.strip() or (sample.trade is None) != (sample.kind is Kind.CHATTER):
        raise ValueError(f"{where}: not `kind.trade<TAB>text` nor `chatter<TAB>text`")
    return sample


def fingerprint() -> str:
    """Changes with any sentence, label, phrase or feature: a model of another fingerprint is not of this corpus."""
    told = hashlib.sha256()
    settings = (features.DENSE_NAMES, features.LONGEST_STRETCH, features.MOST_WORDS, features.READ)
    told.update(json.dumps(settings).encode())
    for page in (*corpus_files(), *_phrase_files()):
        told.update(page.relative_to(LOCALES).as_posix().encode() + b"\0" + page.read_bytes() + b"\0")
    return told.hexdigest()
