"""one person on several channels."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """one person on several channels."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("bound_from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("code_digest", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("code_until", sa.DateTime(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_account_code_digest"), ["code_digest"])
        batch_op.create_foreign_key(batch_op.f("fk_account_bound_from_id_person"), "person", ["bound_from_id"], ["id"])

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("answers_chat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("answers_chosen", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("answers_chosen")
        batch_op.drop_column("answers_chat_id")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_account_bound_from_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_account_code_digest"), type_="unique")
        batch_op.drop_column("code_until")
        batch_op.drop_column("code_digest")
        batch_op.drop_column("bound_from_id")
