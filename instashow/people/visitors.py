"""Who holds seats: one row a person, and one an anonymous session."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import select

from instashow.db import db, insert
from instashow.people.models import Visitor
from instashow.people.sessions import hashed


def of_person(person_id: int, now: datetime) -> int:
    """The person's visitor row, written where there is none."""
    if found := db.session.scalar(select(Visitor.id).where(Visitor.person_id == person_id)):
        return found
    row = insert(Visitor).values(person_id=person_id, created_at=now)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["person_id"]))
    return db.session.execute(select(Visitor.id).where(Visitor.person_id == person_id)).scalar_one()


def anonymous(key: str) -> int | None:
    """The visitor of the anonymous session whose cookie holds `key`, if it has held before."""
    return db.session.scalar(select(Visitor.id).where(Visitor.key == hashed(key)))


def welcome(key: str, *, address: str, now: datetime) -> int:
    """The visitor of an anonymous session, written where there is none; `address` is already hashed."""
    row = insert(Visitor).values(key=hashed(key), address=address, created_at=now)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["key"]))
    return db.session.execute(select(Visitor.id).where(Visitor.key == hashed(key))).scalar_one()


def address_hash(address: str, secret: str) -> str:
    """A network address as it is kept: hashed with the installation's key, so the table tells nobody's."""
    return hmac.new(secret.encode(), address.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
