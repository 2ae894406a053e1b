"""Many people rate at the same moment: the sum and the count are exact, and one person stays one row."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow.clock import now
from instashow.db import db, transaction
from instashow.ratings import rating
from instashow.ratings.models import Rating
from instashow.ratings.rating import Subject
from instashow.shows.models import Show
from instashow.theatres.models import Theatre
from tests import cast
from tests.conftest import both_databases
from tests.races import race
from tests.ratings.went import goes, over, tonight

pytestmark = pytest.mark.races


def rate(person: int, show: int, theatre: int, stars: int) -> bool:
    """What one rater does: show and theatre together."""
    with transaction():
        rating.rate(person, Subject("show", show), stars=stars, review="", now=now())
        rating.rate(person, Subject("theatre", theatre), stars=stars, review="", now=now())
    return True


def rate_and_regret(person: int, show: int, theatre: int, stars: int) -> bool:
    """One who cannot decide."""
    rate(person, show, theatre, stars)
    with transaction():
        rating.take_back(person, Subject("show", show))
    return rate(person, show, theatre, stars)


@both_databases
@pytest.mark.parametrize("act", ["rate", "rate_and_regret"])
def test_sums_are_exact_when_many_rate_at_once(app: Flask, act: str) -> None:
    show = tonight()
    people = [cast.customer(f"{n}@example.com") for n in range(8)]
    for person in people:
        goes(person, show)
    over(show)
    runners = [
        {"person": person.id, "show": show.show_id, "theatre": show.theatre_id, "stars": 1 + (n + again) % 5}
        for again in range(4)
        for n, person in enumerate(people)
    ]
    assert all(race(app, f"tests.ratings.test_rating_race:{act}", runners))
    for table, column in ((Show, Rating.show_id), (Theatre, Rating.theatre_id)):
        counted = select(func.sum(Rating.stars), func.count()).where(column.is_not(None))
        stars, votes = db.session.execute(counted).one()
        row = db.session.scalars(select(table)).one()
        assert (row.stars_sum, row.stars_count) == (stars, votes)
        assert votes == 8
