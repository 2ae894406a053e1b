"""People who are told things."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Person


def person(name: str = "Asha", *, language: str | None = None, confirmed: bool = True) -> Person:
    """A person with an address of their own."""
    with transaction():
        row = Person(
            email=f"{name.lower()}-{uuid.uuid4().hex[:6]}@example.org",
            name=name,
            password=None,
            fs_uniquifier=uuid.uuid4().hex,
            created_at=now(),
            language=language,
            confirmed_at=datetime.now(UTC).replace(tzinfo=None) if confirmed else None,
        )
        db.session.add(row)
        db.session.flush()
        return row
