"""What a browser's cookie says counts while it is signed by us and young enough; nobody changes what another reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask, session

from instashow.people.security import _unsigned
from instashow.people.sessions import LASTS

THEN = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def cookie(app: Flask) -> Iterator[str]:
    """The cookie of a browser that was given a visitor's key, and something to say on the next page."""
    with time_machine.travel(THEN, tick=False):
        browser = app.test_client()
        with browser.session_transaction() as said:
            said.update(visitor="a key", _flashes=[("message", {"text": "Good."})])
        kept = browser.get_cookie("instashow")
        assert kept
        yield f"instashow={kept.value}"


def read(app: Flask, cookie: str, *, after: timedelta = timedelta(0)) -> dict[str, object]:
    with time_machine.travel(THEN + after, tick=False), app.test_request_context(headers={"Cookie": cookie}):
        return dict(session)


def test_a_cookie_is_read_until_it_is_too_old(app: Flask, cookie: str) -> None:
    assert read(app, cookie)["visitor"] == "a key"
    assert read(app, cookie, after=LASTS)["visitor"] == "a key"
    assert read(app, cookie, after=LASTS + timedelta(seconds=1)) == {}


def test_one_from_the_future_is_not_ours(app: Flask, cookie: str) -> None:
    assert read(app, cookie, after=timedelta(seconds=-5)) == {}


@pytest.mark.parametrize("change", [lambda word: word[:-2], lambda word: word[::-1], lambda word: "A" + word[1:]])
def test_a_changed_one_says_nothing(app: Flask, cookie: str, change: object) -> None:
    name, _, word = cookie.partition("=")
    assert callable(change)
    assert read(app, f"{name}={change(word)}") == {}
    assert read(app, cookie)["visitor"] == "a key"


def test_what_one_request_changes_the_next_does_not_see(app: Flask, cookie: str) -> None:
    with time_machine.travel(THEN, tick=False), app.test_request_context(headers={"Cookie": cookie}):
        session["_flashes"].append(("message", {"text": "Bad."}))
        session["visitor"] = "another"
    assert read(app, cookie) == {"visitor": "a key", "_flashes": [("message", {"text": "Good."})]}


@pytest.mark.parametrize("junk", ["x" * 200, "x" * 30_000])
def test_what_is_not_ours_is_not_remembered(app: Flask, cookie: str, junk: str) -> None:
    _unsigned.cache_clear()
    assert read(app, cookie)["visitor"] == "a key"
    known = _unsigned.cache_info().currsize
    assert known == 1
    assert read(app, f"instashow={junk}") == {}
    assert _unsigned.cache_info().currsize == known
