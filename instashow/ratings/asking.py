"""What a person is asked once a show is over: stars for the show and for the theatre, together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from instashow.booking.models import Booking, Ticket
from instashow.db import db
from instashow.ratings import rating
from instashow.ratings.models import Rating
from instashow.ratings.rating import Subject
from instashow.screenings.models import Screening
from instashow.shows.models import Show
from instashow.theatres.models import Theatre


@dataclass(frozen=True)
class Asked:
    """A night that may be rated: what was removed meanwhile is None; `given` are the person's ratings of it."""

    show: Show | None
    theatre: Theatre | None
    given: dict[Subject, Rating]

    def of(self, kind: str) -> Rating | None:
        """What they gave the "show" or the "theatre" before."""
        return next((row for subject, row in self.given.items() if subject.kind == kind), None)


def after(booking: Booking, now: datetime) -> Asked | None:
    """What a booking's page asks; None before the end, or where nothing of it is left. One statement."""
    screening = booking.screening
    went = booking.state == "live" and screening.state != "cancelled" and screening.ends_at <= now
    return _asked(booking.person_id, screening.show, screening.theatre) if went and booking.person_id else None


def last_night(person_id: int, subject: Subject, now: datetime) -> Asked | None:
    """The last night that they saw this show, or were at this theatre; None where they never were. Two statements."""
    nights = (
        select(Show, Theatre)
        .join(Screening, Screening.show_id == Show.id)
        .join(Theatre, Theatre.id == Screening.theatre_id)
        .join(Booking, Booking.screening_id == Screening.id)
        .join(Ticket, Ticket.booking_id == Booking.id)
        .where(Booking.person_id == person_id, Ticket.state == "live", Screening.state != "cancelled")
        .where(Screening.ends_at <= now, getattr(Screening, f"{subject.kind}_id") == subject.id)
        .order_by(Screening.ends_at.desc())
        .limit(1)
    )
    row = db.session.execute(nights).first()
    return _asked(person_id, row[0], row[1]) if row else None


def given(person_id: int, show_ids: Iterable[int]) -> dict[int, int | None]:
    """Stars by show: what the person gave, None for those of the shows that wait for some. One statement."""
    asked = dict.fromkeys(show_ids)
    rated = rating.of_person(person_id, [Subject("show", one) for one in asked])
    return {**asked, **{subject.id: row.stars for subject, row in rated.items()}}


def _asked(person_id: int, show: Show, theatre: Theatre) -> Asked | None:
    known_show = None if show.removed_at else show
    known_theatre = None if theatre.removed_at else theatre
    if known_show is None and known_theatre is None:
        return None
    subjects = [Subject("show", show.id), Subject("theatre", theatre.id)]
    return Asked(known_show, known_theatre, rating.of_person(person_id, subjects))
