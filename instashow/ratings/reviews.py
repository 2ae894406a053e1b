"""What people wrote: page by page, newest first; what staff hid is out, for its words and for its stars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from instashow.cache import changed
from instashow.db import db
from instashow.people import audit
from instashow.people.models import Person
from instashow.ratings.models import Rating
from instashow.ratings.rating import Subject, add, subject_of

A_PAGE = 10
LONGEST_REASON = 200


class NoReason(ValueError):
    """A review is hidden for a reason of at most 200 letters."""


@dataclass(frozen=True)
class Review:
    """One review; `name` is what its writer is called, or empty where the account is gone or has no name."""

    id: int
    name: str
    stars: int
    words: str
    at: datetime


@dataclass(frozen=True)
class Reviews:
    """A page of reviews, and the id to go on from; None: these were the last."""

    items: Sequence[Review]
    next: int | None


def page(subject: Subject, *, before: int | None = None, at_most: int = A_PAGE) -> Reviews:
    """The reviews with words, newest first, from before this id on; one statement."""
    written = (
        select(Rating, Person.name, Person.username)
        .outerjoin(Person, Person.id == Rating.person_id)
        .where(getattr(Rating, f"{subject.kind}_id") == subject.id, Rating.hidden_at.is_(None), Rating.review != "")
        .order_by(Rating.id.desc())
        .limit(at_most + 1)
    )
    if before is not None:
        written = written.where(Rating.id < before)
    rows = db.session.execute(written).all()
    items = [Review(one.id, _called(name, user), one.stars, one.review, one.rated_at) for one, name, user in rows]
    return Reviews(items[:at_most], items[at_most - 1].id if len(items) > at_most else None)


def hide(rating_id: int, *, by: int, why: str, now: datetime) -> None:
    """Take a review out of every list and its stars out of the average. Twice is once.

    Raises LookupError, NoReason.
    """
    reason = why.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise NoReason
    hiding = update(Rating).where(Rating.id == rating_id, Rating.hidden_at.is_(None))
    _turn(rating_id, hiding.values(hidden_at=now, hidden_why=reason, hidden_by=by), votes=-1, by=by, now=now)


def restore(rating_id: int, *, by: int, now: datetime) -> None:
    """Show a hidden review again, and count its stars. Twice is once. Raises LookupError."""
    showing = update(Rating).where(Rating.id == rating_id, Rating.hidden_at.is_not(None))
    _turn(rating_id, showing.values(hidden_at=None, hidden_why=None, hidden_by=None), votes=1, by=by, now=now)


def signed_otherwise(person_id: int) -> None:
    """They are called something else, or nothing any more: pages that print their reviews end."""
    written = select(Rating.show_id, Rating.theatre_id).where(Rating.person_id == person_id, Rating.review != "")
    for show_id, theatre_id in db.session.execute(written):
        changed("theatre" if show_id is None else "show", str(show_id or theatre_id))


def theatre_of(rating_id: int) -> int | None:
    """The theatre whose staff may hide it; None: a show's, which is the installation's. Raises LookupError."""
    row = db.session.get(Rating, rating_id)
    if row is None:
        raise LookupError(rating_id)
    return row.theatre_id


def _turn(rating_id: int, turning: object, *, votes: int, by: int, now: datetime) -> None:
    """Whoever turns the row counts the stars and signs for it."""
    before = db.session.get(Rating, rating_id, populate_existing=True)
    if before is None:
        raise LookupError(rating_id)
    why_before = before.hidden_why
    turned = db.session.execute(turning.returning(Rating.stars, Rating.hidden_why)).one_or_none()  # type: ignore[attr-defined]
    if turned is None:
        return
    subject = subject_of(before)
    add(subject, votes * turned.stars, votes)
    audit.record(
        by,
        "hide-review" if votes < 0 else "restore-review",
        "rating",
        rating_id,
        now=now,
        theatre_id=before.theatre_id,
        before={"hidden_why": why_before},
        after={"hidden_why": turned.hidden_why},
    )
    changed("programme")
    changed(subject.kind, str(subject.id))


def _called(name: str | None, username: str | None) -> str:
    """The first of somebody's names: a review is read by strangers."""
    return ((name or "").split() or [username or ""])[0]
