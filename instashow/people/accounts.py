"""Accounts: make one, find it, confirm, change, suspend. Passwords arrive hashed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from instashow import outbox
from instashow.db import db, insert
from instashow.people import audit, naming, roles, sessions, tokens
from instashow.people.models import FavouriteTag, Person


class EmailTaken(Exception):
    """The address has an account."""


class UsernameTaken(Exception):
    """Somebody else has this user name."""


class LinkUsed(Exception):
    """What a mailed link would do was done before, or is no longer possible."""


def find(identity: str) -> Row[int, str | None, bool, str] | None:
    """Id, password hash, whether active and uniquifier of whoever has this e-mail or user name; always one query."""
    try:
        address = naming.email(identity)
    except naming.BadWord:
        address = identity.strip()
    who = select(Person.id, Person.password, Person.active, Person.fs_uniquifier)
    return db.session.execute(
        who.where(or_(func.lower(Person.email) == func.lower(address), Person.username_key == _key(identity)))
    ).first()


def by_email(email: str) -> Person | None:
    """The account of an address, however its letters are cased."""
    return db.session.scalar(select(Person).where(func.lower(Person.email) == func.lower(email)))


def called(person_id: int) -> tuple[str | None, ...]:
    """Address, user name and name: what no password of theirs should be."""
    names = select(Person.email, Person.username, Person.name).where(Person.id == person_id)
    return tuple(db.session.execute(names).first() or ())


def register(
    email: str,
    password_hash: str | None,
    *,
    now: datetime,
    username: str | None = None,
    name: str = "",
    language: str | None = None,
    evening_reminder: bool = True,
) -> int:
    """The id of a new, unconfirmed account, told to confirm its address. Raises EmailTaken, UsernameTaken."""
    person_id = create(
        email,
        password_hash,
        now=now,
        username=username,
        name=name,
        language=language,
        evening_reminder=evening_reminder,
    )
    outbox.tell(person_id, "welcome")
    return person_id


def create(email: str, password_hash: str | None, *, now: datetime, **words: Any) -> int:
    """The id of a new account that is told nothing: for the command line. Raises EmailTaken, UsernameTaken."""
    username = words.pop("username", None)
    row = insert(Person).values(
        email=email,
        password=password_hash,
        username=username,
        username_key=_key(username) if username else None,
        fs_uniquifier=secrets.token_hex(16),
        created_at=now,
        **{"name": "", "active": True, "theme": "auto", "review_format": "html", "evening_reminder": True, **words},
    )
    person_id = db.session.execute(row.on_conflict_do_nothing().returning(Person.id)).scalar()
    if person_id is None:
        raise EmailTaken if by_email(email) else UsernameTaken
    return int(person_id)


def confirm(person_id: int, email: str, *, now: datetime) -> None:
    """The address is theirs. Raises LinkUsed where it is confirmed already, or another by now."""
    confirmed = (
        update(Person)
        .where(Person.id == person_id, Person.email == email, Person.confirmed_at.is_(None), Person.active)
        .values(confirmed_at=now.replace(tzinfo=None))
    )
    if not db.session.execute(confirmed.returning(Person.id)).first():
        raise LinkUsed


def stands(person_id: int, stamp: str) -> bool:
    """Whether the account still has the uniquifier that a link was made for."""
    return db.session.scalar(_standing(person_id, stamp)) is not None


def keep_standing(person_id: int, stamp: str, fresh_hash: str | None) -> bool:
    """stands(), and until the transaction ends nobody changes that; where there is one, the same password's new hash.

    Whoever is about to change the row takes it alone: two that share it would wait for each other.
    """
    if db.session.scalar(_standing(person_id, stamp).with_for_update(read=fresh_hash is None)) is None:
        return False
    if fresh_hash:
        db.session.execute(update(Person).where(Person.id == person_id).values(password=fresh_hash))
    return True


def _standing(person_id: int, stamp: str) -> Select[int]:
    return select(Person.id).where(Person.id == person_id, Person.fs_uniquifier == stamp, Person.active)


def change_password(person_id: int, password_hash: str, *, stamp: str, now: datetime) -> None:
    """A new password: every session and token ends, and they are told.

    `stamp` is the account's uniquifier as it was when asked; another by now raises LinkUsed.
    """
    changed = (
        update(Person)
        .where(Person.id == person_id, Person.fs_uniquifier == stamp, Person.active)
        .values(password=password_hash, fs_uniquifier=secrets.token_hex(16))
    )
    if not db.session.execute(changed.returning(Person.id)).first():
        raise LinkUsed
    sessions.end_all(person_id)
    tokens.revoke_all(person_id, now=now)
    outbox.tell(person_id, "password_changed")


def reset_password(person_id: int, password_hash: str, *, stamp: str, now: datetime) -> None:
    """As change_password, by a link that only the address's owner has: so it confirms the address as well."""
    change_password(person_id, password_hash, stamp=stamp, now=now)
    db.session.execute(
        update(Person)
        .where(Person.id == person_id, Person.confirmed_at.is_(None))
        .values(confirmed_at=now.replace(tzinfo=None))
    )


def change_email(person_id: int, *, old: str, new: str, now: datetime) -> None:
    """The new address, confirmed by the link that was sent to it; the old one is told. Raises LinkUsed.

    Sessions and tokens go on: who has them knew the password, and that is the same.
    """
    changed = (
        update(Person)
        .where(Person.id == person_id, Person.email == old, Person.active)
        # another stamp: links that went to the old address open nothing any more
        .values(email=new, confirmed_at=now.replace(tzinfo=None), fs_uniquifier=secrets.token_hex(16))
    )
    try:
        with db.session.begin_nested():
            found = db.session.execute(changed.returning(Person.id)).first()
    except IntegrityError:
        raise LinkUsed from None
    if not found:
        raise LinkUsed
    outbox.tell(old, "email_changed", person=person_id, new=new)


def rename(person_id: int, *, name: str, username: str | None) -> None:
    """What they are called, and the name they sign in by. Raises UsernameTaken."""
    renamed = update(Person).where(Person.id == person_id)
    try:
        with db.session.begin_nested():
            db.session.execute(
                renamed.values(name=name, username=username, username_key=_key(username) if username else None)
            )
    except IntegrityError:
        raise UsernameTaken from None


def prefer(person_id: int, **wishes: Any) -> None:
    """Keep preferences: language, city_id with its zone, theme, review_format, evening_reminder."""
    allowed = {"language", "city_id", "zone", "theme", "review_format", "evening_reminder"}
    if unknown := set(wishes) - allowed:
        raise TypeError(f"no such preference: {', '.join(sorted(unknown))}")
    db.session.execute(update(Person).where(Person.id == person_id).values(**wishes))


def favour(person_id: int, tag_ids: set[int]) -> None:
    """Their favourite tags are these, and no others."""
    db.session.execute(delete(FavouriteTag).where(FavouriteTag.person_id == person_id))
    if tag_ids:
        rows = [{"person_id": person_id, "tag_id": one} for one in sorted(tag_ids)]
        db.session.execute(insert(FavouriteTag).values(rows).on_conflict_do_nothing())


def favourites(person_id: int) -> set[int]:
    """Ids of a person's favourite tags."""
    return set(db.session.scalars(select(FavouriteTag.tag_id).where(FavouriteTag.person_id == person_id)))


def suspend(person_id: int, *, by: int | None, now: datetime) -> None:
    """They may not sign in, and every session ends. Raises roles.LastAdmin."""
    roles.keep_an_admin(without=person_id)
    db.session.execute(update(Person).where(Person.id == person_id).values(active=False))
    sessions.end_all(person_id)
    audit.record(by, "suspend", "person", person_id, now=now)


def resume(person_id: int, *, by: int | None, now: datetime) -> None:
    """They may sign in again."""
    again = update(Person).where(Person.id == person_id, Person.erased_at.is_(None))
    db.session.execute(again.values(active=True))
    audit.record(by, "resume", "person", person_id, now=now)


def _key(typed: str) -> str:
    return naming.username_key(typed.strip())
