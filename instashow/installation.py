"""Facts about the installation as a whole, kept in its database: so far the fingerprint of its secret key."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from instashow.db import Model, db, insert
from instashow.upgrade import Refusal


class OtherKey(Refusal):
    """This process signs with another key than the installation: sessions, links and tickets would not agree."""


class Fact(Model):
    """One named fact."""

    __tablename__ = "installation"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


def recognise(secret_key: str) -> None:
    """Keep the fingerprint of the first key seen; afterwards raises OtherKey for any other."""
    row = insert(Fact).values(name="key", value=fingerprint(secret_key))
    db.session.execute(row.on_conflict_do_nothing())
    if not known_by(secret_key):
        raise OtherKey(
            "INSTASHOW_SECRET_KEY is not the key that this database was begun with; expected that key "
            "(where none is set: the file secret-key in INSTASHOW_HOME)"
        )


def known_by(secret_key: str) -> bool:
    """Whether the installation was begun with this key, or with none yet."""
    kept = db.session.scalars(select(Fact.value).where(Fact.name == "key")).first()
    return kept in (None, fingerprint(secret_key))


def fingerprint(secret_key: str) -> str:
    """What tells keys apart without telling the key."""
    return hashlib.sha256(b"instashow installation key\n" + secret_key.encode()).hexdigest()
