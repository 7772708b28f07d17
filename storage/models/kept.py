"""Small things the desk makes once and must find again."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Kept(Base):
    """A value under a name, such as the secret that signs survey links where the operator set none."""

    __tablename__ = "kept"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
