"""Keys that a person gives to programs: name, scopes, an end, and a way to take them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from instashow.db import Moment, db, insert
from instashow.people.models import Token
from instashow.people.sessions import SEEN, P, SignedIn, V, hashed

SCOPES = ("read", "book", "staff")
"""read: own things; book: hold, book, cancel, rate; staff: what the person's roles allow."""
LASTS = timedelta(days=90)
NAME_MOST = 60
USED_EVERY = timedelta(minutes=5)

T: Any = Token.__table__
_BY_KEY = (
    select(*SEEN, T.c.id.label("token_id"), T.c.scopes)
    .select_from(P.join(T, T.c.person_id == P.c.id).outerjoin(V, V.c.person_id == P.c.id))
    .where(
        T.c.key == bindparam("key"),
        T.c.revoked_at.is_(None),
        T.c.expires_at > bindparam("now", type_=Moment),
        P.c.active,
    )
)


class BadScope(ValueError):
    """A scope that there is not."""


def issue(person_id: int, *, token: str, name: str, scopes: Sequence[str], now: datetime, expires_at: datetime) -> int:
    """Keep the hash of a new token; its id. Raises BadScope."""
    if not scopes or not set(scopes) <= set(SCOPES):
        raise BadScope
    row = insert(Token).values(
        person_id=person_id,
        key=hashed(token),
        name=name[:NAME_MOST],
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=expires_at,
    )
    return int(db.session.execute(row.returning(Token.id)).scalar_one())


def bearer(token: str, now: datetime) -> SignedIn | None:
    """Who gave this token, if it stands and they are active."""
    row = db.session.execute(_BY_KEY, {"key": hashed(token), "now": now}).mappings().first()
    return SignedIn(**{**row, "scopes": tuple(row["scopes"])}) if row else None


def used(token_id: int, now: datetime) -> None:
    """It was used; noted every five minutes at most."""
    stale = or_(Token.used_at.is_(None), Token.used_at < now - USED_EVERY)
    db.session.execute(update(Token).where(Token.id == token_id, stale).values(used_at=now))


def of(person_id: int, now: datetime) -> Sequence[Token]:
    """The person's standing tokens, newest first."""
    standing = select(Token).where(Token.person_id == person_id, Token.revoked_at.is_(None), Token.expires_at > now)
    return db.session.scalars(standing.order_by(Token.id.desc())).all()


def revoke(person_id: int, token_id: int, *, now: datetime) -> bool:
    """Take back one of the person's own tokens; whether there was such a one standing."""
    mine = update(Token).where(Token.id == token_id, Token.person_id == person_id, Token.revoked_at.is_(None))
    return db.session.execute(mine.values(revoked_at=now).returning(Token.id)).first() is not None


def revoke_all(person_id: int, *, now: datetime) -> None:
    """Take all back."""
    mine = update(Token).where(Token.person_id == person_id, Token.revoked_at.is_(None))
    db.session.execute(mine.values(revoked_at=now))
