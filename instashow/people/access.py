"""Access: who may do what, where. What is not named here nobody may, the admin aside."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from instashow.db import db
from instashow.people.models import Duty, Person, Role

DOOR = frozenset({"scan", "live-counts"})
BOX_OFFICE = DOOR | {
    "find-at-door",
    "undo-scan",
    "sell",
    "comp",
    "mark-paid",
    "refund",
    "reseat",
    "find-bookings",
    "shifts",
}
MANAGER = BOX_OFFICE | {
    "theatre",
    "screens",
    "layouts",
    "planner",
    "prices",
    "stop-sales",
    "cancel-screenings",
    "reports",
    "exports",
    "audit",
    "give-roles",
    "add-theatre",
    "shows",
    "tags",
    "hide-reviews",
}
MAY = {"door": DOOR, "box-office": BOX_OFFICE, "manager": MANAGER}
"""What each role may at its theatres. The admin may everything; alone what stands in none of these:
cities, merge-tags, managers, global-prices, webhooks, jobs, settings."""


@dataclass(frozen=True)
class Duties:
    """What a person was given: admin or not, and their roles by theatre."""

    admin: bool = False
    roles: frozenset[tuple[str, int]] = frozenset()

    def may(self, act: str, theatre_id: int | None) -> bool:
        """Whether they may do it at this theatre; None is the whole installation, which is the admin's."""
        return self.admin or any(at == theatre_id and act in MAY[role] for role, at in self.roles)

    def may_somewhere(self, act: str) -> bool:
        """Whether there is a theatre where they may."""
        return self.admin or any(act in MAY[role] for role, _ in self.roles)

    def theatres(self, act: str) -> frozenset[int] | None:
        """The theatres where they may; None is every theatre."""
        return None if self.admin else frozenset(at for role, at in self.roles if act in MAY[role])

    @property
    def staff(self) -> bool:
        """Whether they were given anything."""
        return self.admin or bool(self.roles)


def duties_of(person_id: int) -> Duties:
    """The duties of a person; none where they are suspended."""
    held = (
        select(Role.name, Duty.theatre_id)
        .join(Duty, Duty.role_id == Role.id)
        .join(Person, Person.id == Duty.person_id)
        .where(Duty.person_id == person_id, Person.active)
    )
    rows = db.session.execute(held).all()
    return Duties(
        admin=any(name == "admin" and at is None for name, at in rows),
        roles=frozenset((name, at) for name, at in rows if name in MAY and at is not None),
    )


def may(person_id: int, act: str, theatre_id: int | None = None) -> bool:
    """Whether the person may do it at this theatre; None is the whole installation, which is the admin's."""
    return duties_of(person_id).may(act, theatre_id)


def theatres_of(person_id: int, role: str) -> frozenset[int] | None:
    """The theatres where the person holds this role or one that may all that it may; None is every theatre."""
    wanted = MAY[role]
    duties = duties_of(person_id)
    return None if duties.admin else frozenset(at for held, at in duties.roles if wanted <= MAY[held])
