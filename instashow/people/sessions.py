"""Signed-in browsers, a row each: begin, look up, list, end."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from instashow.db import Moment, db, insert
from instashow.people.models import Person, Session, Visit, Visitor
from instashow.statements import Statement

LASTS = timedelta(days=30)
"""After the last day on which it was seen."""


@dataclass(frozen=True)
class SignedIn:
    """Who asks: what every page needs to know of a signed-in person, read in one query."""

    id: int
    email: str
    username: str | None
    name: str
    language: str | None
    theme: str
    city_id: int | None
    zone: str | None
    confirmed_at: datetime | None
    fs_uniquifier: str
    visitor_id: int | None
    visited_on: date | None
    session_id: int | None = None
    token_id: int | None = None
    scopes: tuple[str, ...] = ()
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Flask-Login's word for it; the cookie itself holds the session's random key."""
        return self.fs_uniquifier


P: Any = Person.__table__
V: Any = Visitor.__table__
S: Any = Session.__table__
LAST_VISIT = select(func.max(Visit.__table__.c.day)).where(Visit.__table__.c.person_id == P.c.id)
SEEN = (
    P.c.id,
    P.c.email,
    P.c.username,
    P.c.name,
    P.c.language,
    P.c.theme,
    P.c.city_id,
    P.c.zone,
    P.c.confirmed_at,
    P.c.fs_uniquifier,
    V.c.id.label("visitor_id"),
    LAST_VISIT.scalar_subquery().label("visited_on"),
)
"""The columns of SignedIn that sessions and tokens share: the tables', since every request of a person reads them."""

_BY_KEY = Statement(
    lambda: (
        select(*SEEN, S.c.id.label("session_id"))
        .select_from(P.join(S, S.c.person_id == P.c.id).outerjoin(V, V.c.person_id == P.c.id))
        .where(S.c.key == bindparam("key"), S.c.ends_at > bindparam("now", type_=Moment), P.c.active)
    )
)


def hashed(secret: str) -> str:
    """What the database keeps of a random key: the key itself is only in the cookie."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def begin(person_id: int, *, key: str, browser: str, now: datetime) -> int:
    """A new session for the random `key` that the cookie will hold; its id."""
    row = insert(Session).values(
        key=hashed(key), person_id=person_id, started_at=now, seen_at=now, ends_at=now + LASTS, browser=browser[:300]
    )
    return int(db.session.execute(row.returning(Session.id)).scalar_one())


def signed_in(key: str, now: datetime) -> SignedIn | None:
    """Who holds this key, if the session stands and the person is active."""
    row = _BY_KEY.first({"key": hashed(key), "now": now})
    return SignedIn(*row) if row else None


def seen(session_id: int, now: datetime) -> None:
    """The browser came again: its session lasts from now."""
    db.session.execute(update(Session).where(Session.id == session_id).values(seen_at=now, ends_at=now + LASTS))


def of(person_id: int, now: datetime) -> Sequence[Row[int, str, datetime, datetime]]:
    """The person's standing sessions, last seen first: id, browser, started_at, seen_at."""
    standing = select(Session.id, Session.browser, Session.started_at, Session.seen_at).where(
        Session.person_id == person_id, Session.ends_at > now
    )
    return db.session.execute(standing.order_by(Session.seen_at.desc(), Session.id.desc())).all()


def end(person_id: int, session_id: int) -> bool:
    """End one of the person's own sessions; whether there was such a one."""
    gone = delete(Session).where(Session.id == session_id, Session.person_id == person_id)
    return db.session.execute(gone.returning(Session.id)).first() is not None


def end_all(person_id: int, *, but: int | None = None) -> int:
    """End all the person's sessions, but the one they sit at; how many ended."""
    gone = delete(Session).where(Session.person_id == person_id)
    if but is not None:
        gone = gone.where(Session.id != but)
    return len(db.session.execute(gone.returning(Session.id)).all())


def tidy(now: datetime) -> int:
    """Remove what has lapsed; how many."""
    return len(db.session.execute(delete(Session).where(Session.ends_at <= now).returning(Session.id)).all())
