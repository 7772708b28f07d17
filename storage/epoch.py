"""A moment as seconds since 1970, on both engines: what durations are counted from."""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class epoch(FunctionElement[int]):  # noqa: N801 -- it stands in statements like any function of the database
    """`epoch(column)`: whole seconds; fractions are cut off."""

    name = "epoch"
    type = BigInteger()
    inherit_cache = True


@compiles(epoch, "sqlite")
def _on_sqlite(element: "epoch", compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **how)}) AS INTEGER)"


@compiles(epoch, "postgresql")
def _on_postgresql(element: "epoch", compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {compiler.process(element.clauses, **how)})) AS BIGINT)"
