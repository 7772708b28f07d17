"""How well the desk reads messages whose labels are known: the figures behind `lobby score`. Pure arithmetic."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.understanding.reading import read
from handlers.understanding.understanding import Understanding
from storage.vocabulary import Kind, Urgency

KINDS = tuple(kind.value for kind in Kind if kind is not Kind.SERVICE)
"""The kinds labels know. An answer of `service` is right where the label is inquiry or repair."""
_AS_SERVICE = {Kind.INQUIRY.value, Kind.REPAIR.value}
_CHATTER = Kind.CHATTER.value
_FOLDED = {ord(old): new for old, new in zip("棟幢樓層號室房", "栋栋楼层号室室", strict=True)}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message with what is known of it; a part that is None was not labelled, except `trade` of chatter."""

    text: str
    kind: str
    language: str = "?"
    other_kinds: tuple[str, ...] = ()
    trade: str | None = None
    is_urgent: bool | None = None
    unit: str | None = None
    other_units: tuple[str, ...] = ()
    phone: str | None = None

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Labelled":
        """From one JSON object. `KeyError` without text or kind, `ValueError` for a kind that is none."""
        if row["kind"] not in KINDS:
            raise ValueError(f"{row['kind']!r} is no kind; use one of {', '.join(KINDS)}")
        return cls(
            text=row["text"],
            kind=row["kind"],
            language=row.get("lang") or "?",
            other_kinds=tuple(row.get("alt_kinds") or ()),
            trade=row.get("trade"),
            is_urgent=None if row.get("urgent_ambiguous") else row.get("urgent"),
            unit=row.get("room") if row.get("room_kind") == "unit" else None,
            other_units=tuple(row.get("alt_rooms") or ()),
            phone=row.get("phone"),
        )


@dataclass(frozen=True, slots=True)
class Kinds:
    """Figures of kinds for one set of messages, as shares from 0 to 1; None where nothing could be measured."""

    messages: int
    f1: float
    right: float
    chatter_answered: float | None
    requests_missed: float | None
    per_kind: dict[str, tuple[float, float, float, int]]
    """Precision, recall, F1 and how many there are."""


@dataclass(frozen=True, slots=True)
class Score:
    """Everything `lobby score` shows. `confusion` counts (label, answer)."""

    strict: Kinds
    lenient: Kinds
    by_language: dict[str, Kinds]
    confusion: Counter[tuple[str, str]]
    trade: float | None
    unit: float | None
    phone: float | None
    urgent_recall: float | None
    urgent_precision: float | None
    calibration: list[tuple[float, int, float]] = field(default_factory=list)
    """From this confidence on, how many, and the share that is right."""


def score(rows: Sequence[Labelled], reader: Callable[[str], Understanding] = read) -> Score:
    """Read every message and compare. An empty list gives empty figures."""
    pairs = [(row, reader(row.text)) for row in rows]
    strict = [(row.kind, _answer(heard, (row.kind,))) for row, heard in pairs]
    lenient = [_forgiven(row, heard) for row, heard in pairs]
    wanted = [(row, heard) for row, heard in pairs if row.kind != _CHATTER]
    urgent = [(row.is_urgent, _is_urgent(heard)) for row, heard in pairs if row.is_urgent is not None]
    languages = sorted({row.language for row in rows})
    return Score(
        strict=_kinds(strict),
        lenient=_kinds(lenient),
        by_language={
            language: _kinds([pair for pair, row in zip(strict, rows, strict=True) if row.language == language])
            for language in languages
        },
        confusion=Counter(strict),
        trade=_share(row.trade == (heard.trade and heard.trade.value) for row, heard in wanted if row.trade),
        unit=_share(_is_unit(row, heard) for row, heard in pairs if row.unit),
        phone=_share(row.phone == heard.phone for row, heard in pairs if row.phone),
        urgent_recall=_share(said for meant, said in urgent if meant),
        urgent_precision=_share(meant for meant, said in urgent if said),
        calibration=_calibration(
            [(heard.confidence, meant == said) for (_, heard), (meant, said) in zip(pairs, strict, strict=True)]
        ),
    )


def _answer(heard: Understanding, right: tuple[str, ...]) -> str:
    """The answer in the labels' words: `service` is the right one of inquiry and repair, else inquiry."""
    if heard.kind is not Kind.SERVICE:
        return heard.kind.value
    return next((kind for kind in right if kind in _AS_SERVICE), Kind.INQUIRY.value)


def _forgiven(row: Labelled, heard: Understanding) -> tuple[str, str]:
    """Label and answer, where any of the kinds a careful reader could defend is the label if it was the answer."""
    answer = _answer(heard, (row.kind, *row.other_kinds))
    return (answer if answer in row.other_kinds else row.kind), answer


def _kinds(pairs: Sequence[tuple[str, str]]) -> Kinds:
    per_kind: dict[str, tuple[float, float, float, int]] = {}
    for kind in KINDS:
        hits = sum(meant == said == kind for meant, said in pairs)
        meant_so = sum(meant == kind for meant, _ in pairs)
        said_so = sum(said == kind for _, said in pairs)
        precision, recall = hits / said_so if said_so else 0.0, hits / meant_so if meant_so else 0.0
        f1 = 2 * hits / (meant_so + said_so) if meant_so + said_so else 0.0
        per_kind[kind] = (precision, recall, f1, meant_so)
    measured = [
        figures[2] for kind, figures in per_kind.items() if figures[3] or any(said == kind for _, said in pairs)
    ]
    return Kinds(
        messages=len(pairs),
        f1=sum(measured) / len(measured) if measured else 0.0,
        right=_share(meant == said for meant, said in pairs) or 0.0,
        chatter_answered=_share(said != _CHATTER for meant, said in pairs if meant == _CHATTER),
        requests_missed=_share(said == _CHATTER for meant, said in pairs if meant != _CHATTER),
        per_kind=per_kind,
    )


def _share(hits: Iterable[bool | None]) -> float | None:
    counted = [bool(hit) for hit in hits]
    return sum(counted) / len(counted) if counted else None


def _is_urgent(heard: Understanding) -> bool:
    return heard.urgency in {Urgency.EMERGENCY, Urgency.URGENT}


def _is_unit(row: Labelled, heard: Understanding) -> bool:
    said = _plain(heard.place.words or "")
    return any(said == _plain(unit) for unit in (row.unit or "", *row.other_units))


def _plain(place: str) -> str:
    """A place without what people write in different ways: width, spaces, traditional signs, F and 楼."""
    folded = unicodedata.normalize("NFKC", place).casefold().translate(_FOLDED)
    return "".join(folded.split()).replace("f", "楼").removesuffix("室").removesuffix("号")


def _calibration(said: Sequence[tuple[float, bool]]) -> list[tuple[float, int, float]]:
    steps = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
    rows = []
    for step in steps:
        sure = [is_right for confidence, is_right in said if confidence >= step]
        rows.append((step, len(sure), sum(sure) / len(sure) if sure else 0.0))
    return rows
