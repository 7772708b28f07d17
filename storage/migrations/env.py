"""Alembic's entry: `storage.schema` hands it an open connection, and every step runs in that one transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.models import Base
from storage.models.base import Utc, Words


def written_plainly(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Our own column types as SQL's, so that old steps still run when the code around them has changed."""
    match kind, item:
        case "type", Utc():
            return "sa.DateTime()"
        case "type", Words():
            return "sa.String(24)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=written_plainly,
)
context.run_migrations()
