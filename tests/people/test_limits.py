"""Too often: registrations, letters, all posts; lifted where limits are off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import TooManyRequests

from instashow import pace
from instashow.app import create_app
from instashow.config import Settings
from instashow.counting import FileStorage
from instashow.db import db
from instashow.outbox import Message
from instashow.upgrade import upgrade
from tests import cast
from tests.browsers import Browser
from tests.servers import free_port, redis_url


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    """The app with its limits on."""
    lax = app.extensions["instashow"]
    app.extensions["instashow"] = replace(lax, limits="on")
    yield app
    app.extensions["instashow"] = lax


def test_registrations_from_one_address_end(strict: Flask) -> None:
    def register(n: int, address: str) -> int:
        browser = Browser(strict)
        browser.client.environ_base["REMOTE_ADDR"] = address
        form = {"email": f"p{n}@example.com", "password": "a line from a song"}
        return browser.post("/register", form).status_code

    assert [register(n, "10.0.0.1") for n in range(31)] == [303] * 30 + [429]
    assert register(31, "10.0.0.2") == 303


class Doors:
    """One address that tries all doors in turn, on the same kind of form."""

    def __init__(self, app: Flask, address: str, **form: str) -> None:
        self.browser = Browser(app)
        self.browser.client.environ_base["REMOTE_ADDR"] = address
        till = {"screening": str(cast.screening().id), "key": "k" * 20, "total": "0", **form}
        self.form = {**till, "csrf_token": self.browser.token()}

    def try_in_turn(self, doors: Sequence[str], times: int) -> list[int]:
        """The doors' answers."""
        return [self.try_at(doors[n % len(doors)]) for n in range(times)]

    def try_at(self, door: str) -> int:
        return self.browser.client.post(door, data=self.form).status_code


def test_sign_ups_of_one_address_are_counted_for_all_doors_together(strict: Flask) -> None:
    doors = ("/register", "/checkout")
    form = {"who": "new", "email": "no address", "password": "a line from a song"}
    here, there = Doors(strict, "10.0.0.1", **form), Doors(strict, "10.0.0.2", **form)
    assert here.try_in_turn(doors, 30) == [422] * 30
    assert here.try_in_turn(doors, 2) == [429] * 2
    assert there.try_in_turn(doors, 2) == [422] * 2
    here.form["who"] = "in"
    assert here.try_at("/checkout") == 422


def test_sign_ins_of_one_address_are_counted_for_all_doors_together(strict: Flask) -> None:
    doors = ("/login", "/admin/login", "/checkout")
    form = {"who": "in", "email": "meena@example.com", "password": ""}
    here, there = Doors(strict, "10.0.0.1", **form), Doors(strict, "10.0.0.2", **form)
    assert here.try_in_turn(doors, 120) == [422] * 120
    assert here.try_in_turn(doors, 3) == [429] * 3
    assert there.try_in_turn(doors, 3) == [422] * 3


def test_a_newcomer_who_is_known_is_counted_as_signing_in_too(strict: Flask) -> None:
    """The till signs in whoever has an account already: no door around the limit."""
    cast.customer()
    form = {"who": "in", "email": "meena@example.com", "password": ""}
    here, there = Doors(strict, "10.0.0.1", **form), Doors(strict, "10.0.0.2", **form)
    assert here.try_in_turn(["/login"], 120) == [422] * 120
    for one in (here, there):
        one.form.update(who="new", password=cast.PASSWORD)
    assert here.try_at("/checkout") == 429
    assert there.try_at("/checkout") == 409, "signed in, but nothing is held"


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


def test_a_stranger_is_not_flooded_by_a_change_of_address(strict: Flask) -> None:
    browsers = [Browser(strict).sign_in(cast.customer(f"p{n}@example.com")) for n in range(4)]

    def ask(browser: Browser, email: str) -> int:
        return browser.post("/me/email", {"email": email, "current": cast.PASSWORD}).status_code

    asked = [ask(browser, email) for browser in browsers for email in ("victim@example.com", "VICTIM@example.com")]
    assert asked == [303] * 8
    assert len(db.session.scalars(select(Message)).all()) == 5
    assert ask(browsers[0], "another@example.com") == 303
    assert len(db.session.scalars(select(Message)).all()) == 6


def test_one_person_asks_for_letters_to_new_addresses_only_so_often(strict: Flask) -> None:
    browser = Browser(strict).sign_in(cast.customer())
    form = {"current": cast.PASSWORD}
    asked = [browser.post("/me/email", {**form, "email": f"new{n}@example.com"}).status_code for n in range(11)]
    assert asked == [303] * 10 + [429]
    assert len(db.session.scalars(select(Message)).all()) == 10


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::6", "2001:db8:1:3::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nowhere", "nowhere"),
    ],
)
def test_an_address_is_counted_by_its_household(told: str, counted: str) -> None:
    assert pace.network(told) == counted


@pytest.mark.parametrize("kind", ["file", "redis"])
def test_the_counts(kind: str, run_folder: Path, tmp_path: Path) -> None:
    url = redis_url(run_folder) if kind == "redis" else None
    made = create_app(Settings(home=tmp_path, secret_key="for tests only", redis_url=url))
    with made.app_context():
        pace.forget()
        assert [pace.over("2 per minute", "me") for _ in range(3)] == [False, False, True]
        pace.give_back("2 per minute", "me")
        pace.give_back("2 per minute", "me")
        assert [pace.over("2 per minute", "me") for _ in range(2)] == [False, True]
        with pytest.raises(TooManyRequests) as refused:
            pace.spend("2 per minute", "me")
        assert 0 < (refused.value.retry_after or 0) <= 61
        pace.forgive("2 per minute", "me")
        assert not pace.over("2 per minute", "me")


def test_without_redis_limits_go_on_in_the_process_and_it_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone = f"redis://127.0.0.1:{free_port()}/0"
    made = create_app(Settings(home=tmp_path, secret_key="for tests only", base_url="http://localhost", redis_url=gone))
    with made.app_context():
        upgrade()
        cast.customer()
        answers = [Browser(made).post("/login", {"email": "meena@example.com", "password": "no"}) for _ in range(12)]
        assert [one.status_code for one in answers] == [422] * 10 + [429] * 2
        assert Browser(made).post("/reset", {"email": "meena@example.com"}).status_code == 303
    assert [one.message for one in caplog.records if "the counter of limits" in one.message] == [
        "the counter of limits does not answer; said once until it does"
    ]


def test_counting_requests_never_fails(strict: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Every door has a name to be counted by, the browser's own files too."""
    for path in ("/", "/static/vendor/app.css", "/login", "/sw.js", "/nowhere"):
        Browser(strict).get(path)
    assert [one.message for one in caplog.records if "ate limit" in one.message] == []
