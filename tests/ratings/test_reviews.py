"""Reviews to read: newest first, page by page; hidden by staff with a reason, and restored."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from instashow.clock import now
from instashow.db import db, transaction
from instashow.people.models import Audit, Person
from instashow.ratings import rating, reviews
from instashow.ratings.models import Rating
from instashow.ratings.rating import Subject
from instashow.shows.models import Show
from tests import cast
from tests.conftest import both_databases
from tests.ratings.went import goes, over, tonight


def told(*reviewers: tuple[str, int, str]) -> Subject:
    show = tonight()
    people = [cast.customer(f"{n}@example.com", name=name) for n, (name, _, _) in enumerate(reviewers)]
    for person in people:
        goes(person, show)
    over(show)
    subject = Subject("show", show.show_id)
    for person, (_, stars, words) in zip(people, reviewers, strict=True):
        with transaction():
            rating.rate(person.id, subject, stars=stars, review=words, now=now())
    return subject


def sums(subject: Subject) -> tuple[int, int]:
    row = db.session.get_one(Show, subject.id, populate_existing=True)
    return row.stars_sum, row.stars_count


def test_reviews_come_newest_first_and_page_by_page(app: Flask, queries: list[str]) -> None:
    subject = told(("Meena Raghavan", 5, "one"), ("ரவி", 4, ""), ("", 3, "three"), ("Asha", 1, "four"))
    queries.clear()
    first = reviews.page(subject, at_most=2)
    assert len(queries) == 1
    assert [(one.name, one.words) for one in first.items] == [("Asha", "four"), ("", "three")]
    last = reviews.page(subject, before=first.next, at_most=2)
    assert [(one.name, one.words) for one in last.items] == [("Meena", "one")]
    assert last.next is None
    assert reviews.page(Subject("theatre", 1)).items == []


@both_databases
def test_a_hidden_review_counts_for_nothing_until_it_is_restored(app: Flask) -> None:
    subject = told(("Meena", 5, "fine"), ("Troll", 1, "rude"))
    boss: Person = cast.admin()
    rude = db.session.scalars(select(Rating.id).where(Rating.review == "rude")).one()
    hide(rude, boss.id, now())
    hide(rude, boss.id, now())
    assert sums(subject) == (5, 1)
    assert [one.words for one in reviews.page(subject).items] == ["fine"]
    for _ in range(2):
        with transaction():
            reviews.restore(rude, by=boss.id, now=now())
    assert sums(subject) == (6, 2)
    asked = select(Audit.act, Audit.person_id, Audit.before, Audit.after).where(Audit.kind == "rating")
    signed = db.session.execute(asked.order_by(Audit.id)).all()
    assert [tuple(row) for row in signed] == [
        ("hide-review", boss.id, {"hidden_why": None}, {"hidden_why": "an insult"}),
        ("restore-review", boss.id, {"hidden_why": "an insult"}, {"hidden_why": None}),
    ]


def hide(rating_id: int, by: int, at: datetime) -> None:
    with transaction():
        reviews.hide(rating_id, by=by, why=" an insult ", now=at)


def test_a_hidden_review_stays_hidden_when_its_writer_changes_or_deletes_it(app: Flask) -> None:
    subject = told(("Meena", 5, "fine"), ("Troll", 1, "rude"))
    rude = db.session.scalars(select(Rating).where(Rating.review == "rude")).one()
    hide(rude.id, cast.admin().id, now())
    assert rude.person_id is not None
    with transaction():
        rating.rate(rude.person_id, subject, stars=2, review="ruder", now=now())
    assert (sums(subject), len(reviews.page(subject).items)) == ((5, 1), 1)
    with transaction():
        rating.take_back(rude.person_id, subject)
    assert sums(subject) == (5, 1)


@pytest.mark.parametrize("why", ["", "  ", "x" * 201])
def test_hiding_wants_a_reason(app: Flask, why: str) -> None:
    subject = told(("Meena", 5, "fine"))
    fine, boss = db.session.scalars(select(Rating.id)).one(), cast.admin()
    with pytest.raises(reviews.NoReason), transaction():
        reviews.hide(fine, by=boss.id, why=why, now=now())
    assert sums(subject) == (5, 1)


def test_nobody_hides_what_is_not_there(app: Flask) -> None:
    with pytest.raises(LookupError), transaction():
        reviews.hide(7, by=1, why="gone", now=now())
    with pytest.raises(LookupError):
        reviews.theatre_of(7)
