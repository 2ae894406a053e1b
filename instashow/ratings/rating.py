"""Rating a show or a theatre: one rating a person and subject, by those who went, once it is over.

The subject's sum and count are changed by one atomic UPDATE with each rating, so any number may rate at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from instashow.booking.models import Booking, Ticket
from instashow.cache import changed
from instashow.db import db, insert, on_sqlite
from instashow.ratings.models import Rating
from instashow.screenings.models import Screening
from instashow.shows.models import Show
from instashow.theatres.models import Theatre
from instashow.typed import LINES, keepable

LONGEST = 500
"""Letters of a review at most."""


@dataclass(frozen=True)
class Subject:
    """What is rated."""

    kind: Literal["show", "theatre"]
    id: int


class NotAttended(Exception):
    """They have no ticket for it whose screening is over."""

    code = "not_attended"


class BadRating(ValueError):
    """What was typed is no rating; `errors` by field, as codes: missing, too_long, characters."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field} {code}" for field, code in errors.items()))
        self.errors = errors


def rate(person_id: int, subject: Subject, *, stars: int | None, review: str | None, now: datetime) -> None:
    """Write or change the person's rating: 1 to 5 stars and a short review (None: what they wrote before stays).

    Raises LookupError for what is not there or was removed, NotAttended, BadRating.
    """
    _refuse_unless_there(subject)
    if not attended(person_id, subject, now):
        raise NotAttended
    given, words = checked(stars, review)
    while not (_write(person_id, subject, given, words or "", now) or _rewrite(person_id, subject, given, words, now)):
        pass  # it was deleted between the two
    _tell_caches(subject)


def take_back(person_id: int, subject: Subject) -> bool:
    """Delete the person's rating; whether there was one."""
    own = delete(Rating).where(Rating.person_id == person_id, _about(subject))
    gone = db.session.execute(own.returning(Rating.stars, Rating.hidden_at)).one_or_none()
    if gone is None:
        return False
    if gone.hidden_at is None:
        add(subject, -gone.stars, -1)
    _tell_caches(subject)
    return True


def attended(person_id: int, subject: Subject, now: datetime) -> bool:
    """Whether the person has a ticket, not cancelled, for a screening of it that is over."""
    return subject in seen(person_id, [subject], now)


def seen(person_id: int, subjects: Iterable[Subject], now: datetime) -> set[Subject]:
    """Those of the subjects that the person may rate by now."""
    asked = list(subjects)
    went = (
        select(Screening.show_id, Screening.theatre_id)
        .join(Booking, Booking.screening_id == Screening.id)
        .join(Ticket, Ticket.booking_id == Booking.id)
        .where(Booking.person_id == person_id, Ticket.state == "live")
        .where(Screening.state != "cancelled", Screening.ends_at <= now)
        .where(or_(*(getattr(Screening, f"{one.kind}_id") == one.id for one in asked)))
        .distinct()
    )
    rows = db.session.execute(went).all() if asked else []
    known = {Subject("show", show_id) for show_id, _ in rows} | {Subject("theatre", there) for _, there in rows}
    return known & set(asked)


def of_person(person_id: int, subjects: Iterable[Subject]) -> dict[Subject, Rating]:
    """The person's ratings of these, in one statement."""
    asked = list(subjects)
    if not asked:
        return {}
    own = select(Rating).where(Rating.person_id == person_id, or_(*(_about(one) for one in asked)))
    rows = db.session.scalars(own.execution_options(populate_existing=True))
    return {subject_of(row): row for row in rows}


def subject_of(rating: Rating) -> Subject:
    """What a rating is about."""
    return Subject("show", rating.show_id) if rating.show_id else Subject("theatre", rating.theatre_id or 0)


def add(subject: Subject, stars: int, votes: int) -> None:
    """Add to the subject's sum and count, in the statement itself: no rater reads what another writes."""
    table: type[Show] | type[Theatre] = Show if subject.kind == "show" else Theatre
    db.session.execute(
        update(table)
        .where(table.id == subject.id)
        .values(stars_sum=table.stars_sum + stars, stars_count=table.stars_count + votes)
        .execution_options(synchronize_session=False)
    )


def checked(stars: int | None, review: str | None) -> tuple[int, str | None]:
    """The stars and the review as they are kept. Raises BadRating."""
    words = None if review is None else "\n".join(review.split("\r\n")).strip()
    errors = {} if stars in range(1, 6) else {"stars": "missing"}
    if words and len(words) > LONGEST:
        errors["review"] = "too_long"
    elif words and not keepable(words, but=LINES):
        errors["review"] = "characters"
    if errors or stars is None:
        raise BadRating(errors)
    return stars, words


def _refuse_unless_there(subject: Subject) -> None:
    table: type[Show] | type[Theatre] = Show if subject.kind == "show" else Theatre
    there = select(table.id).where(table.id == subject.id, table.removed_at.is_(None))
    if db.session.scalars(there).one_or_none() is None:
        raise LookupError(subject.id)


def _write(person_id: int, subject: Subject, stars: int, review: str, now: datetime) -> bool:
    """The first one: whoever inserts the row counts it."""
    column = f"{subject.kind}_id"
    values: dict[str, Any] = {column: subject.id, "person_id": person_id, "stars": stars, "review": review}
    row = insert(Rating).values(**values, rated_at=now)
    fresh = row.on_conflict_do_nothing(index_elements=["person_id", column]).returning(Rating.id)
    if db.session.execute(fresh).first() is None:
        return False
    add(subject, stars, 1)
    return True


def _rewrite(person_id: int, subject: Subject, stars: int, review: str | None, now: datetime) -> bool:
    """Another one in its place: only the difference counts, and nothing of a hidden one."""
    own = select(Rating).where(Rating.person_id == person_id, _about(subject))
    own = own.execution_options(populate_existing=True)
    rating = db.session.scalars(own if on_sqlite() else own.with_for_update()).one_or_none()
    if rating is None:
        return False
    if rating.hidden_at is None:
        add(subject, stars - rating.stars, 0)
    rating.stars, rating.rated_at = stars, now
    rating.review = rating.review if review is None else review
    db.session.flush()
    return True


def _about(subject: Subject) -> ColumnElement[bool]:
    return and_(getattr(Rating, f"{subject.kind}_id") == subject.id)


def _tell_caches(subject: Subject) -> None:
    changed("programme")
    changed(subject.kind, str(subject.id))
