"""A word with SQLite's planner, which keeps no counts and takes any index that fits, however little it narrows."""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class unindexed(FunctionElement[Any]):  # noqa: N801 -- it stands in statements like any function of the database
    """`unindexed(column)`: the column's value, for a condition that must not choose where the search begins."""

    name = "unindexed"
    inherit_cache = True


@compiles(unindexed)
def _as_it_is(element: "unindexed", compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.clauses, **how)


@compiles(unindexed, "sqlite")
def _with_a_plus(element: "unindexed", compiler: SQLCompiler, **how: Any) -> str:
    return f"+{compiler.process(element.clauses, **how)}"
