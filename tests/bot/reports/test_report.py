"""A month as a file: for managers with what stood out, for owners and developer without anything that points to one."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from benchmarks import year as simulated
from bot.commands.reports import report
from bot.reports.paper import print_report
from bot.reports.wording import sections_of
from bot.reports.workbook import report_book
from handlers.reports.period import Reader, Report, month_of, report_of, week_of
from locales import LOCALES, Voice
from storage.engine import open_engine
from storage.fresh import make_schema
from storage.models import Concern
from storage.writer import Writer


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    """A desk with a small year behind it."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('year') / 'lobby.db'}")
    make_schema(engine)
    simulated.write(engine, simulated.plan(1500))
    opened = Writer(engine, simulated.end)
    yield opened
    opened.close()
    engine.dispose()


def october(writer: Writer, reader: Reader) -> Report:
    return writer.read_now(lambda unit: report_of(unit, unit.sites.get(1), month_of("2026-10"), reader))


def words(found: Report, language: str = "en") -> str:
    sections = sections_of(Voice(language), found)
    return "\n".join("\t".join(map(str, row)) for each in sections for row in (*each.rows, each.notes))


def test_a_month_is_printed_and_filled_in_every_language(writer: Writer) -> None:
    found = october(writer, Reader.MANAGERS)
    for language in LOCALES:
        assert print_report(found, Voice(language)).startswith(b"%PDF")
        book = load_workbook(BytesIO(report_book(found, Voice(language))))
        formulas = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
        assert len(formulas) == 3
        assert all(re.fullmatch(r"=SUM\([BCE]2:[BCE]\d+\)", str(formula)) for formula in formulas)
    assert "完工率" in words(found, "zh_CN")
    assert re.search(r"#\d+", words(found))


def test_owners_and_developer_read_of_no_single_ticket(writer: Writer) -> None:
    owners, developer = (words(october(writer, reader)) for reader in (Reader.OWNERS, Reader.DEVELOPER))
    for text in (owners, developer):
        assert not re.search(r"#\d", text)
        assert "Tenant" not in text
    assert "Completion rate" in owners
    assert "plumbing" in developer
    assert not {"cleaning", "Completion rate", "complaint"} & set(re.split(r"[\t\n]", developer))
    sheets = load_workbook(BytesIO(report_book(october(writer, Reader.OWNERS), Voice("en"))))
    assert not any("#1" in str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)


def test_what_is_about_somebody_of_ours_goes_from_hand_to_hand_in_no_file(writer: Writer) -> None:
    slowest = october(writer, Reader.MANAGERS).overview.slowest[0]
    writer.submit(
        lambda unit: unit.complaints.guard(slowest.ticket_id, [Concern(ticket_id=slowest.ticket_id, is_above=True)])
    ).result()
    assert f"#{slowest.number}" not in words(october(writer, Reader.MANAGERS))


def test_next_month_is_guessed_from_the_last_three_and_says_how_far_off_it_is(writer: Writer) -> None:
    forecast = october(writer, Reader.OWNERS).forecast
    assert forecast is not None
    assert forecast.month.month == 11
    assert 90 < forecast.expected < 160
    assert forecast.error is not None
    assert 0 < forecast.error < 0.4
    early = writer.read_now(lambda unit: report_of(unit, unit.sites.get(1), month_of("2026-02"), Reader.OWNERS))
    assert early.forecast is None
    assert week_of(month_of("2026-10").first).days == 7


def test_a_file_of_another_kind_and_a_month_that_is_none_are_refused(tmp_path: Path) -> None:
    asked = CliRunner().invoke(report, ["--to", str(tmp_path / "month.doc")])
    assert (asked.exit_code, "in .pdf or .xlsx" in asked.output) == (2, True)
