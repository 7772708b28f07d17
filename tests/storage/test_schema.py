"""The schema: what the migrations build is what the models say, on both engines, and who may open it."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, event, inspect

from storage.engine import open_engine
from storage.fresh import make_schema
from storage.models import Base
from storage.schema import SchemaNewer, is_behind, is_newer, upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database in which nobody has built anything."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bare.db'}"
    url: str = request.getfixturevalue("empty_postgresql")
    return url


def test_what_the_migrations_build_is_what_the_models_say(engine: Engine) -> None:
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        built = inspect(connection)
        for table in Base.metadata.sorted_tables:
            partial = {index["name"] for index in built.get_indexes(table.name) if index.get("dialect_options")}
            wanted = {index.name for index in table.indexes if index.dialect_kwargs}
            assert wanted <= partial, table.name
            checks = {check["name"] for check in built.get_check_constraints(table.name)}
            assert {c.name for c in table.constraints if c.__visit_name__ == "check_constraint"} <= checks


def test_a_new_database_is_behind_and_then_is_not(bare_url: str) -> None:
    engine = open_engine(bare_url)
    assert is_behind(engine)
    upgrade(engine)
    assert not is_behind(engine)
    assert not is_newer(engine)
    upgrade(engine)
    engine.dispose()


def test_a_throw_away_database_is_as_the_migrations_would_build_it(bare_url: str) -> None:
    engine = open_engine(bare_url)
    make_schema(engine)
    assert not is_behind(engine)
    assert not is_newer(engine)
    upgrade(engine)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


_STARTS = """
import sys
from storage.engine import open_engine
from storage.schema import is_behind, upgrade
engine = open_engine(sys.argv[1])
upgrade(engine)
sys.exit(is_behind(engine))
"""


def test_two_processes_that_start_at_once_both_find_it_built(bare_url: str) -> None:
    command = [sys.executable, "-c", _STARTS, bare_url]
    starts = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(2)]
    assert [start.wait(60) for start in starts] == [0, 0]


def test_a_start_on_a_database_that_is_up_to_date_loads_no_migrations(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    looks = f"import sys\n{_STARTS.strip().removesuffix('sys.exit(is_behind(engine))')}print('alembic' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", looks, url], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "False"


def test_a_database_of_a_newer_lobby_is_refused_by_name(engine: Engine) -> None:
    with engine.begin() as connection:
        before = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    try:
        assert is_newer(engine)
        assert not is_behind(engine)
        with pytest.raises(SchemaNewer, match="9999"):
            upgrade(engine)
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{before}'")


def test_all_steps_are_one_commit(bare_url: str) -> None:
    """A power cut leaves the old schema or the new one, and the disk is waited for once."""
    engine = open_engine(bare_url)
    commits: list[Connection] = []
    event.listen(engine, "commit", commits.append)
    upgrade(engine)
    assert len(commits) == 1
    engine.dispose()


def test_references_are_checked_again_after_an_upgrade(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_sqlite_keeps_what_it_has_promised_through_a_power_cut(migrated_sqlite: Path) -> None:
    engine = open_engine(f"sqlite:///{migrated_sqlite}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()
    with sqlite3.connect(migrated_sqlite) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("url", ["mysql://root@host/lobby", "oracle://host"])
def test_another_database_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite:///file\.db"):
        open_engine(url)
