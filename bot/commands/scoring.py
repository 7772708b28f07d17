"""`lobby score FILE`: how well the desk reads messages whose labels are known."""

from pathlib import Path

import click

from handlers.understanding.labels import BadLabel, labels_in_lines, labels_in_table
from handlers.understanding.scoring import KINDS, Kinds, Score, score

TABLES = (".tsv", ".tab")
UNNAMED = "?"
"""What the score calls the language of lines that name none."""


@click.command("score")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def score_file(file: Path) -> None:
    """Measure the reading on FILE.

    FILE holds a JSON object a line with text and kind, or, when its name ends in .tsv, a table with tabs.

    \b
    Also compared where a line has them: lang, alt_kinds, trade, urgent (with urgent_ambiguous),
    room (with room_kind "unit" and alt_rooms), phone.
    A table has the columns language, kind (others after a slash), trade, urgent, room,
    telephone, message; "-" is nothing, and lines that begin with # are remarks.
    """
    labels = labels_in_table if file.suffix.lower() in TABLES else labels_in_lines
    try:
        rows = list(labels(file.read_text(encoding="utf-8")))
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name} is not UTF-8 text: save it as UTF-8 and try again") from None
    except BadLabel as error:
        raise click.ClickException(f"{file.name}, {error}") from None
    if not rows:
        raise click.ClickException(f"{file.name} holds no messages")
    click.echo(_report(score(rows)))


def _report(result: Score) -> str:
    lines = [_row("", "messages", "macro-F1", "right", "chatter answered", "requests missed")]
    lines.append(_kinds("strict", result.strict))
    lines.append(_kinds("lenient", result.lenient))
    lines += [_kinds(language, kinds) for language, kinds in _named(result).items()]
    lines += ["", _row("kind (strict)", "messages", "precision", "recall", "F1")]
    for kind, (precision, recall, f1, messages) in result.strict.per_kind.items():
        figures = (_percent(precision), _percent(recall), f"{f1:.3f}") if messages else ("no such label",)
        lines.append(_row(kind, str(messages), *figures))
    lines += ["", _row("label, then answer", *KINDS)]
    lines += [_row(label, *(str(result.confusion[label, answer]) for answer in KINDS)) for label in KINDS]
    lines += ["", _row("trade right", _or_unlabelled(result.trade)), _row("unit right", _or_unlabelled(result.unit))]
    lines.append(_row("phone right", _or_unlabelled(result.phone)))
    lines.append(_row("urgent recall", _or_unlabelled(result.urgent_recall)))
    lines += [_row("urgent precision", _or_unlabelled(result.urgent_precision)), ""]
    lines.append(_row("confidence from", "messages", "right"))
    lines += [_row(f"{step:.2f}", str(count), _percent(right)) for step, count, right in result.calibration]
    return "\n".join(lines)


def _named(result: Score) -> dict[str, Kinds]:
    """The languages; lines that name none stand under plain words, and where all do so the whole is their row."""
    if set(result.by_language) == {UNNAMED}:
        return {}
    return {"no language" if name == UNNAMED else name: kinds for name, kinds in result.by_language.items()}


def _kinds(name: str, kinds: Kinds) -> str:
    missed = (_percent(kinds.chatter_answered), _percent(kinds.requests_missed))
    return _row(name, str(kinds.messages), f"{kinds.f1:.3f}", _percent(kinds.right), *missed)


def _row(first: str, *rest: str) -> str:
    return (first.ljust(20) + "".join(each.rjust(max(12, len(each) + 2)) for each in rest)).rstrip()


def _or_unlabelled(share: float | None) -> str:
    return "no labels in this file" if share is None else _percent(share)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"
