"""`python -m locales extract|check|compile`: keeps every catalog in step with the sentences in the code."""

import sys
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from locales import HERE, LOCALES, catalog_path

ROOMS = ("bot", "handlers", "locales")
SILENT = "channels"
"""Channels carry sentences and never say one of their own."""
KEYWORDS = {"say": None, "say_many": (1, 2), "pgettext": ((1, "c"), 2)}
TEMPLATE = HERE / "desk.pot"
WIDTH = 110


def main(arguments: list[str]) -> int:
    """Run one of the three; the exit code is 1 when a catalog lags."""
    match arguments:
        case ["extract"]:
            extract()
            return 0
        case ["check"]:
            faults = check()
            sys.stderr.writelines(f"{fault}\n" for fault in faults)
            return 1 if faults else 0
        case ["compile"]:
            for language in LOCALES:
                compile_catalog(language)
            return 0
        case _:
            sys.stderr.write("usage: python -m locales extract|check|compile\n")
            return 2


def collect() -> Catalog:
    """Every sentence in the code."""
    root = HERE.parent
    catalog = Catalog(project="lobby", charset="utf-8", fuzzy=False)
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if SILENT not in path.parts:
                _collect_from(catalog, path, "python", root)
        for path in sorted((root / room).rglob("*.html")):
            _collect_from(catalog, path, "jinja2.ext:babel_extract", root)
    return catalog


def _collect_from(catalog: Catalog, path: Path, method: str, root: Path) -> None:
    for _, message, _, context in extract_from_file(method, path, keywords=KEYWORDS):
        catalog.add(message, locations=[(path.relative_to(root).as_posix(), 0)], context=context)


def extract() -> None:
    """Write the template and bring every catalog up to it, keeping what is translated."""
    template = collect()
    _write(template, TEMPLATE)
    for language in LOCALES:
        path = catalog_path(language)
        catalog = _read(path, language) if path.exists() else Catalog(locale=language, project="lobby", charset="utf-8")
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.fuzzy = False
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(catalog, path)


def check() -> list[str]:
    """What lags: sentences missing, untranslated, left over, or with other `{names}` than the original."""
    faults: list[str] = []
    wanted = {_key(message): message for message in collect() if message.id}
    for language in LOCALES:
        present = {_key(message): message for message in _read(catalog_path(language), language) if message.id}
        faults += [f"{language}: missing, run `make catalogs`: {key[1]!r}" for key in wanted.keys() - present.keys()]
        faults += [
            f"{language}: no longer said, run `make catalogs`: {key[1]!r}" for key in present.keys() - wanted.keys()
        ]
        for key in wanted.keys() & present.keys():
            faults += [f"{language}: {fault}: {key[1]!r}" for fault in _faults_of(present[key], language)]
    return sorted(faults)


def _faults_of(message: Message, language: str) -> list[str]:
    originals, strings = _forms(message.id), _forms(message.string)
    if language != "en" and not all(strings):
        return ["not translated"]
    names = set[str]().union(*(_names(original) for original in originals))
    return [
        f"names other things than the original ({', '.join(sorted(_names(string) ^ names))})"
        for string in strings
        if string and _names(string) - {"count"} != names - {"count"}
    ]


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _forms(said: object) -> tuple[str, ...]:
    """The singular and the plural, or the one form there is."""
    return tuple(str(form) for form in said) if isinstance(said, list | tuple) else (str(said),)


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _forms(message.id)[0]


def compile_catalog(language: str) -> Path:
    """Write a language's `.mo` beside its `.po`."""
    source = catalog_path(language)
    target = source.with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, _read(source, language))
    return target


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(catalog: Catalog, path: Path) -> None:
    """The same sentences make the same bytes: the header has no dates, and names nobody."""
    with path.open("wb") as file:
        file.write(_header(catalog).encode())
        write_po(file, catalog, width=WIDTH, include_lineno=False, omit_header=True)


def _header(catalog: Catalog) -> str:
    fields = ["Project-Id-Version: lobby"]
    if catalog.locale:
        fields += [f"Language: {catalog.locale_identifier}", f"Plural-Forms: {catalog.plural_forms}"]
    fields += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields), "\n"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
