"""The audit: lines are added, and nobody changes or removes one, whatever he writes to the database."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from storage.registration_vocabulary import Look
from storage.writer import Writer


def test_a_line_once_written_stays_as_it_is(writer: Writer, engine: Engine) -> None:
    writer.submit(lambda unit: unit.audits.add(Look.PHONE, unit.now, 1, about="138****8000")).result()
    wishes = ["UPDATE audit SET about = ''", "DELETE FROM audit"]
    wishes += ["TRUNCATE audit"] if engine.dialect.name == "postgresql" else []
    for wish in wishes:
        with pytest.raises(DBAPIError, match="only added"), engine.begin() as connection:
            connection.execute(text(wish))
    (line,) = writer.read_now(lambda unit: list(unit.audits.list_newest(1, 10)))
    assert (line.look, line.about) == (Look.PHONE, "138****8000")


def test_a_throw_away_database_keeps_its_lines_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    from storage.engine import open_engine
    from storage.fresh import make_schema

    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('fresh') / 'fresh.db'}")
    make_schema(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO audit (at, look, site_id, about) VALUES ('2026-03-02', 'list', 1, '')"))
    with pytest.raises(DBAPIError, match="only added"), engine.begin() as connection:
        connection.execute(text("DELETE FROM audit"))
    engine.dispose()
