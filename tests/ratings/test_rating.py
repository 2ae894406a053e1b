"""Rating by those who went: one a person and subject, sums exact, own ones changed and deleted."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.booking import cancelling
from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Person
from instashow.ratings import rating
from instashow.ratings.models import Rating
from instashow.ratings.rating import BadRating, NotAttended, Subject
from instashow.screenings.models import Screening
from instashow.shows.models import Show
from tests import cast
from tests.conftest import both_databases
from tests.ratings.went import goes, over, tonight


def rate(person: Person, subject: Subject, stars: int | None, review: str | None = "") -> None:
    with transaction():
        rating.rate(person.id, subject, stars=stars, review=review, now=now())


def sums(show: Screening) -> tuple[int, int]:
    row = db.session.get_one(Show, show.show_id, populate_existing=True)
    return row.stars_sum, row.stars_count


def rows() -> list[tuple[int, str]]:
    return [(one.stars, one.review) for one in db.session.scalars(select(Rating).order_by(Rating.id))]


@both_databases
def test_who_went_rates_show_and_theatre_once_each(app: Flask) -> None:
    meena, show = cast.customer(), tonight()
    goes(meena, show)
    over(show)
    rate(meena, Subject("show", show.show_id), 4, "Warm\r\nand loud. 🎟")
    rate(meena, Subject("theatre", show.theatre_id), 5)
    assert sums(show) == (4, 1)
    rate(meena, Subject("show", show.show_id), 2, None)
    assert sums(show) == (2, 1)
    assert rows() == [(2, "Warm\nand loud. 🎟"), (5, "")]


@both_databases
def test_nobody_rates_before_the_end_or_without_having_gone(app: Flask) -> None:
    meena, ravi, show = cast.customer(), cast.customer("ravi@example.com"), tonight()
    goes(meena, show)
    subject = Subject("show", show.show_id)
    with pytest.raises(NotAttended):
        rate(meena, subject, 5)
    over(show)
    with pytest.raises(NotAttended):
        rate(ravi, subject, 5)
    rate(meena, subject, 5)
    assert sums(show) == (5, 1)


def test_the_minute_of_the_end_counts_as_over(app: Flask) -> None:
    meena, show = cast.customer(), tonight()
    goes(meena, show)
    subject = Subject("show", show.show_id)
    assert rating.attended(meena.id, subject, show.ends_at)
    assert not rating.attended(meena.id, subject, show.ends_at.replace(year=show.ends_at.year - 1))


def test_a_cancelled_ticket_gives_no_right_to_rate(app: Flask) -> None:
    meena, show = cast.customer(), tonight()
    booking = goes(meena, show)
    with transaction():
        cancelling.cancel(meena.id, booking.reference, ticket_ids=None, now=now())
    over(show)
    with pytest.raises(NotAttended):
        rate(meena, Subject("show", show.show_id), 5)
    assert sums(show) == (0, 0)


def test_a_screening_that_was_called_off_cannot_be_rated(app: Flask) -> None:
    meena, show = cast.customer(), tonight()
    goes(meena, show)
    over(show)
    with transaction():
        db.session.get_one(Screening, show.id).state = "cancelled"
        db.session.flush()
    with pytest.raises(NotAttended):
        rate(meena, Subject("show", show.show_id), 5)


@pytest.mark.parametrize("stars", [None, 0, 6, -1, 2**63])
def test_stars_are_one_to_five(app: Flask, stars: int | None) -> None:
    meena, show = cast.customer(), tonight()
    goes(meena, show)
    over(show)
    with pytest.raises(BadRating) as bad:
        rate(meena, Subject("show", show.show_id), stars)
    assert bad.value.errors == {"stars": "missing"}


def test_a_review_has_500_letters_at_most(app: Flask) -> None:
    meena, show = cast.customer(), tonight()
    goes(meena, show)
    over(show)
    subject = Subject("show", show.show_id)
    with pytest.raises(BadRating) as bad:
        rate(meena, subject, 3, "அ" * 501)
    assert bad.value.errors == {"review": "too_long"}
    rate(meena, subject, 3, "அ" * 500 + "\r\n ")
    assert rows() == [(3, "அ" * 500)]


@both_databases
def test_deleting_an_own_rating_takes_its_stars_along(app: Flask) -> None:
    meena, ravi, show = cast.customer(), cast.customer("ravi@example.com"), tonight()
    for person in (meena, ravi):
        goes(person, show)
    over(show)
    subject = Subject("show", show.show_id)
    rate(meena, subject, 5)
    rate(ravi, subject, 1)
    with transaction():
        assert rating.take_back(meena.id, subject)
        assert not rating.take_back(meena.id, subject)
    assert sums(show) == (1, 1)


def test_what_was_removed_is_rated_no_more(app: Flask) -> None:
    meena, show = cast.customer(), tonight()
    goes(meena, show)
    over(show)
    with transaction():
        db.session.get_one(Show, show.show_id).removed_at = now()
        db.session.flush()
    with pytest.raises(LookupError):
        rate(meena, Subject("show", show.show_id), 5)
    with pytest.raises(LookupError):
        rate(meena, Subject("theatre", 2**40), 5)
