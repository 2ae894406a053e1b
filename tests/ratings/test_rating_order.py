"""One guest rates from the show's form, another from the theatre's, at the same moment: neither waits for the other
for ever."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from instashow.clock import now
from instashow.db import transaction
from instashow.people import accounts
from instashow.ratings import rating
from instashow.ratings.rating import Subject
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.meeting import Meet, after, meeting
from tests.ratings.went import goes, over, tonight

pytestmark = pytest.mark.races
HERE = "tests.ratings.test_rating_order"


def by_form(kind: str, email: str, show: int, theatre: int, meet: Meet) -> int:
    """Send the form of the show, or of the theatre, with both stars; the answer's status."""
    rating.add = after(meet, rating.add)
    person = accounts.by_email(email)
    assert person
    own, other, beside = (show, "theatre", theatre) if kind == "show" else (theatre, "show", show)
    form = {"stars": "4", other: str(beside), "other_stars": "5"}
    app: Any = current_app
    return Browser(app._get_current_object()).sign_in(person).post(f"/{kind}s/{own}/rating", form).status_code


def in_own_order(kind: str, email: str, show: int, theatre: int, meet: Meet) -> str:
    """The same by the rule alone, first what one has before one's eyes."""
    rating.add = after(meet, rating.add)
    person = accounts.by_email(email)
    assert person
    said = [Subject("show", show), Subject("theatre", theatre)]
    try:
        with transaction():
            for subject in said if kind == "show" else reversed(said):
                rating.rate(person.id, subject, stars=4, review="", now=now())
    except OperationalError:
        return "deadlock"
    return "rated"


def two_guests() -> list[dict[str, Any]]:
    show = tonight()
    people = [cast.customer(f"{kind}@example.com") for kind in ("show", "theatre")]
    for person in people:
        goes(person, show)
    over(show)
    there = {"show": show.show_id, "theatre": show.theatre_id}
    return [{"kind": kind, "email": f"{kind}@example.com", **there} for kind in ("show", "theatre")]


@both_databases
def test_both_forms_take_the_rows_in_one_order(app: Flask) -> None:
    assert meeting(app, *((f"{HERE}:by_form", words) for words in two_guests())) == [303, 303]


@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_in_two_orders_one_of_them_would_fail(app: Flask) -> None:
    told = meeting(app, *((f"{HERE}:in_own_order", words) for words in two_guests()), locked=False)
    assert sorted(told) == ["deadlock", "rated"]
