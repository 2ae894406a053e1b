"""The audit: one append-only record per staff action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from instashow.db import db, insert
from instashow.people.models import Audit


def record(
    person_id: int | None,
    act: str,
    kind: str,
    subject_id: int | None,
    *,
    now: datetime,
    theatre_id: int | None = None,
    token_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Who (None: the command line) did what to which thing, and what it was before and after, in the same
    transaction as the act."""
    db.session.execute(
        insert(Audit).values(
            at=now,
            person_id=person_id,
            token_id=token_id,
            act=act,
            kind=kind,
            subject_id=subject_id,
            theatre_id=theatre_id,
            before=before,
            after=after,
        )
    )
