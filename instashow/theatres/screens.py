"""The screens of a theatre."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from instashow.cache import changed
from instashow.db import db
from instashow.theatres import layouts
from instashow.theatres.models import Screen
from instashow.theatres.plan import Plan


class NameTaken(ValueError):
    """The theatre has a screen of this name."""


def add(theatre_id: int, name: str, plan: Plan, *, now: datetime, **beside: object) -> Screen:
    """A screen with its plan published. `beside`: format, setup_minutes and the like. Raises NameTaken, LayoutError."""
    if name in names(theatre_id):
        raise NameTaken(name)
    layout_id = layouts.publish(plan, now=now)
    screen = Screen(theatre_id=theatre_id, name=name, layout_id=layout_id, **beside)
    db.session.add(screen)
    db.session.flush()
    changed("theatre", str(theatre_id))
    return screen


def refit(screen: Screen, plan: Plan, *, now: datetime) -> Screen:
    """Give the screen another plan; screenings keep the one that they are pinned to. Raises LayoutError."""
    screen.layout_id = layouts.publish(plan, now=now)
    db.session.flush()
    changed("theatre", str(screen.theatre_id))
    return screen


def remove(screen: Screen, *, now: datetime) -> None:
    """Take the screen out of every list; its history stays."""
    screen.removed_at = now
    db.session.flush()
    changed("theatre", str(screen.theatre_id))


def names(theatre_id: int) -> set[str]:
    """The names of a theatre's screens."""
    standing = select(Screen.name).where(Screen.theatre_id == theatre_id, Screen.removed_at.is_(None))
    return set(db.session.scalars(standing))
