"""Giving and taking roles, and the promise that the last active admin stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from instashow.db import db, insert
from instashow.people import audit
from instashow.people.models import ROLES, Duty, Person, Role


class LastAdmin(Exception):
    """The installation would be left without an active admin."""


class NotGiven(Exception):
    """The role cannot be held there: admin is everywhere, the others at a theatre."""


def give(person_id: int, role: str, theatre_id: int | None, *, by: int | None, now: datetime) -> bool:
    """Give a role, at a theatre or (admin) everywhere; False where they hold it already. Raises NotGiven."""
    if role not in ROLES or (role == "admin") is not (theatre_id is None):
        raise NotGiven(role)
    row = insert(Duty).values(
        person_id=person_id, role_id=_role_id(role), theatre_id=theatre_id, given_by=by, given_at=now
    )
    new = db.session.execute(row.on_conflict_do_nothing().returning(Duty.id)).first() is not None
    if new:
        _record(by, "give-role", person_id, role, theatre_id, now)
    return new


def take(person_id: int, role: str, theatre_id: int | None, *, by: int | None, now: datetime) -> bool:
    """Take a role away; False where they do not hold it. Raises LastAdmin."""
    if role == "admin":
        keep_an_admin(without=person_id)
    gone = delete(Duty).where(
        Duty.person_id == person_id,
        Duty.role_id == select(Role.id).where(Role.name == role).scalar_subquery(),
        Duty.theatre_id.is_(None) if theatre_id is None else Duty.theatre_id == theatre_id,
    )
    held = db.session.execute(gone.returning(Duty.id)).first() is not None
    if held:
        _record(by, "take-role", person_id, role, theatre_id, now)
    return held


def keep_an_admin(*, without: int) -> None:
    """Another active admin stays, and goes on staying until this transaction ends. Raises LastAdmin.

    Whoever demotes, suspends or removes asks here first; all of them queue at the admin role's row.
    """
    lock_admins()
    admins = active_admins()
    if without in admins and len(admins) == 1:
        raise LastAdmin


def lock_admins() -> None:
    """Whoever changes the set of admins waits here for the others; on SQLite writers queue anyway."""
    db.session.execute(select(Role.id).where(Role.name == "admin").with_for_update()).all()


def active_admins() -> set[int]:
    """Ids of the people who hold the admin role and may sign in."""
    held = (
        select(Duty.person_id)
        .join(Role, Role.id == Duty.role_id)
        .join(Person, Person.id == Duty.person_id)
        .where(Role.name == "admin", Duty.theatre_id.is_(None), Person.active)
    )
    return set(db.session.scalars(held))


def has_admin() -> bool:
    """Whether anybody holds the admin role, active or not."""
    held = select(func.count()).select_from(Duty).join(Role, Role.id == Duty.role_id).where(Role.name == "admin")
    return bool(db.session.scalar(held))


def _role_id(role: str) -> int:
    db.session.execute(insert(Role).values(name=role).on_conflict_do_nothing(index_elements=["name"]))
    return db.session.execute(select(Role.id).where(Role.name == role)).scalar_one()


def _record(by: int | None, act: str, person_id: int, role: str, theatre_id: int | None, now: datetime) -> None:
    audit.record(by, act, "person", person_id, theatre_id=theatre_id, after={"role": role}, now=now)
