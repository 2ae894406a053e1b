"""Too often: guesses always, registrations and letters unless limits are off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from instashow import pace
from instashow.app import create_app
from instashow.config import Settings
from instashow.db import db
from instashow.outbox import Message
from instashow.pace import FileStorage
from instashow.upgrade import upgrade
from tests import cast
from tests.browsers import Browser
from tests.servers import redis_url


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    """The app with its limits on."""
    lax = app.extensions["instashow"]
    app.extensions["instashow"] = replace(lax, limits="on")
    yield app
    app.extensions["instashow"] = lax


def guess(app: Flask, email: str, password: str = "not this one", address: str = "10.0.0.1") -> int:
    answer = Browser(app)
    answer.client.environ_base["REMOTE_ADDR"] = address
    said = answer.post("/login", {"email": email, "password": password})
    if said.status_code == 429:
        assert 0 < int(said.headers["Retry-After"]) <= 3600
        assert "Too many at once" in said.text
    return said.status_code


@pytest.mark.parametrize("email", ["meena@example.com", "nobody@example.com"])
def test_guessing_ends_after_ten_misses_whether_or_not_there_is_an_account(app: Flask, email: str) -> None:
    cast.customer()
    assert [guess(app, email) for _ in range(12)] == [422] * 10 + [429] * 2
    assert guess(app, email, cast.PASSWORD) == 429
    assert guess(app, "ravi@example.com") == 422


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(app: Flask) -> None:
    cast.customer()
    for _ in range(12):
        guess(app, "meena@example.com", address="10.0.0.9")
    assert guess(app, "meena@example.com", address="10.0.0.9") == 429
    assert guess(app, "meena@example.com", cast.PASSWORD) == 303


def test_the_owners_return_forgives_their_misses(app: Flask) -> None:
    cast.customer()
    for _ in range(9):
        guess(app, "meena@example.com")
    assert guess(app, "meena@example.com", cast.PASSWORD) == 303
    assert [guess(app, "meena@example.com") for _ in range(9)] == [422] * 9


def test_one_account_is_guessed_from_many_addresses_only_so_often(app: Flask) -> None:
    cast.customer()
    tries = [guess(app, "meena@example.com", address=f"10.1.{n // 9}.1") for n in range(101)]
    assert tries == [422] * 100 + [429]


def test_many_sign_ins_from_one_address_are_fine(app: Flask) -> None:
    cast.customer()
    assert {guess(app, "meena@example.com", cast.PASSWORD) for _ in range(40)} == {303}


def test_guesses_at_the_password_now_count_too(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    form = {"current": "not this one", "new": "another line entirely"}
    assert [browser.post("/me/password", form).status_code for _ in range(11)] == [422] * 10 + [429]


def test_registrations_from_one_address_end(strict: Flask) -> None:
    def register(n: int, address: str) -> int:
        browser = Browser(strict)
        browser.client.environ_base["REMOTE_ADDR"] = address
        form = {"email": f"p{n}@example.com", "password": "a line from a song"}
        return browser.post("/register", form).status_code

    assert [register(n, "10.0.0.1") for n in range(31)] == [303] * 30 + [429]
    assert register(31, "10.0.0.2") == 303


def test_nobody_posts_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit over all doors, answered in our clothes with the seconds to wait."""
    monkeypatch.setattr(pace, "EVERYBODY", "5 per minute")
    made = create_app(Settings(home=tmp_path, secret_key="for tests only", base_url="http://localhost"))
    with made.app_context():
        upgrade()
        browser = Browser(made)
        codes = [browser.post("/me/name").status_code for _ in range(7)]
        assert codes == [303] * 5 + [429] * 2
        refused = browser.post("/me/name")
        assert 0 < int(refused.headers["Retry-After"]) <= 61
        assert "Too many at once" in refused.text
        assert browser.get("/login").status_code == 200


def test_without_limits_registrations_do_not_end(app: Flask) -> None:
    for n in range(31):
        form = {"email": f"p{n}@example.com", "password": "a line from a song"}
        assert Browser(app).post("/register", form).status_code == 303


def test_one_mailbox_is_not_flooded_and_the_page_says_the_same(strict: Flask) -> None:
    cast.customer()
    answers = {Browser(strict).post("/reset", {"email": "meena@example.com"}).location for _ in range(8)}
    assert answers == {"/reset/sent"}
    assert len(db.session.scalars(select(Message)).all()) == 5


def test_counts_are_shared_by_all_who_open_the_file(tmp_path: Path) -> None:
    place = f"instashow-file://{tmp_path}/limits.db"
    here, there = FileStorage(place), FileStorage(place)
    assert [here.incr("k", 60), there.incr("k", 60), here.incr("other", 60)] == [1, 2, 1]
    assert (here.get("k"), there.check()) == (2, True)
    assert here.incr("gone", 0) == 1
    assert (here.get("gone"), there.incr("gone", 60)) == (0, 1)
    there.clear("k")
    assert here.get("k") == 0
    here.reset()
    assert there.get("other") == 0


def test_redis_keeps_the_same_counts(run_folder: Path, tmp_path: Path) -> None:
    made = create_app(Settings(home=tmp_path, secret_key="for tests only", redis_url=redis_url(run_folder)))
    with made.app_context():
        pace.forget()
        assert not pace.spent("2 per minute", "me")
        pace.count("2 per minute", "me")
        pace.count("2 per minute", "me")
        assert pace.spent("2 per minute", "me")
        pace.forgive("2 per minute", "me")
        assert not pace.spent("2 per minute", "me")
