"""What happens to an account while somebody is signing in, or changing it, with the password of a moment ago."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import accounts, entering, security
from instashow.people.entering import BadForm
from instashow.people.models import Person, Session
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases

OURS = {"email": "meena@example.com", "password": cast.PASSWORD}
NEW = "another line from it"


def change(person: Person) -> None:
    with transaction():
        accounts.change_password(person.id, security.hashed(NEW), stamp=person.fs_uniquifier, now=now())


@both_databases
@pytest.mark.parametrize("hashed_anew", [False, True])
def test_a_sign_in_under_way_undoes_no_change_of_the_password(app: Flask, hashed_anew: bool) -> None:
    meena = cast.customer()
    with app.test_request_context("/login", method="POST"):
        judged = entering.sign_in(OURS)
        change(meena)
        late = replace(judged, fresh_hash=security.hashed(cast.PASSWORD)) if hashed_anew else judged
        with pytest.raises(BadForm, match="password"), transaction():
            entering.come_in(late, now())
    assert db.session.scalars(select(func.count()).select_from(Session)).one() == 0
    assert Browser(app).post("/login", OURS).status_code == 422
    assert Browser(app).post("/login", {**OURS, "password": NEW}).status_code == 303


@both_databases
def test_the_same_password_is_kept_at_todays_cost(app: Flask) -> None:
    meena = cast.customer()
    fresh = security.hashed(cast.PASSWORD)
    with app.test_request_context("/login", method="POST"):
        judged = entering.sign_in(OURS)
        with transaction():
            entering.come_in(replace(judged, fresh_hash=fresh), now())
    assert db.session.scalars(select(Person.password).where(Person.id == meena.id)).one() == fresh
    assert db.session.scalars(select(func.count()).select_from(Session)).one() == 1


@both_databases
def test_nobody_signs_in_to_an_account_that_was_closed_meanwhile(app: Flask) -> None:
    meena = cast.customer()
    with app.test_request_context("/login", method="POST"):
        judged = entering.sign_in(OURS)
        with transaction():
            accounts.suspend(meena.id, by=None, now=now())
        with pytest.raises(BadForm), transaction():
            entering.come_in(judged, now())
    assert db.session.scalars(select(func.count()).select_from(Session)).one() == 0
