"""Signed-in browsers: a row each, and a copied cookie is dead when the row is gone."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from instashow.clock import now
from instashow.db import db, transaction
from instashow.people import sessions, visitors
from instashow.people.models import Person
from tests import cast
from tests.conftest import both_databases


@both_databases
def test_a_key_opens_a_session_until_it_ends(app: Flask) -> None:
    meena = cast.customer()
    with transaction():
        visitor = visitors.of_person(meena.id, now())
        session_id = sessions.begin(meena.id, key="secret", browser="Firefox", now=now())
    found = sessions.signed_in("secret", now())
    assert found is not None
    assert (found.id, found.session_id, found.visitor_id, found.visited_on) == (meena.id, session_id, visitor, None)
    assert sessions.signed_in("another", now()) is None
    assert sessions.signed_in("secret", now() + sessions.LASTS + timedelta(seconds=1)) is None
    with transaction():
        assert sessions.end(meena.id, session_id)
    assert sessions.signed_in("secret", now()) is None


@both_databases
def test_nobody_ends_the_session_of_another(app: Flask) -> None:
    meena, ravi = cast.customer(), cast.customer("ravi@example.com")
    with transaction():
        session_id = sessions.begin(meena.id, key="secret", browser="", now=now())
        assert not sessions.end(ravi.id, session_id)
    assert sessions.signed_in("secret", now())


def test_a_suspended_person_is_signed_out(app: Flask) -> None:
    meena = cast.customer()
    with transaction():
        sessions.begin(meena.id, key="secret", browser="", now=now())
        db.session.get_one(Person, meena.id).active = False
    assert sessions.signed_in("secret", now()) is None


def test_all_sessions_end_but_the_one_at_hand(app: Flask) -> None:
    meena = cast.customer()
    with transaction():
        here = sessions.begin(meena.id, key="here", browser="", now=now())
        sessions.begin(meena.id, key="there", browser="", now=now())
        assert sessions.end_all(meena.id, but=here) == 1
    assert [one.id for one in sessions.of(meena.id, now())] == [here]
