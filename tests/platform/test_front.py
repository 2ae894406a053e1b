"""A kept page is handed out before Flask, and never a moment longer than it is true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from instashow.clock import now
from instashow.db import transaction
from instashow.shows import shows
from tests import cast
from tests.browsers import Browser
from tests.saturday import hold

pytestmark = pytest.mark.usefixtures("on_saturday")


def flask_answers(app: Flask, browser: Browser, path: str, **headers: str) -> bool:
    """Whether the request came as far as Flask."""
    came = []
    note = app.before_request_funcs.setdefault(None, [])
    note.insert(0, lambda: came.append(path))
    try:
        assert browser.get(path, **headers).status_code == 200
    finally:
        note.pop(0)
    return bool(came)


def warm(browser: Browser, path: str = "/") -> None:
    for _ in range(3):
        browser.get(path)


def test_the_third_visitor_is_answered_at_once_with_the_same_page(app: Flask, playing: Any) -> None:
    browser = Browser(app)
    first = browser.get("/")
    warm(browser)
    assert not flask_answers(app, browser, "/")
    again = browser.get("/")
    assert again.text == first.text
    assert {name: value for name, value in again.headers if name != "X-Request-ID"} == {
        name: value for name, value in first.headers if name != "X-Request-ID"
    }
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    assert "Cookie" in again.headers["Vary"]


def test_who_asks_otherwise_is_answered_by_flask(app: Flask, playing: Any) -> None:
    browser = Browser(app)
    warm(browser)
    assert flask_answers(app, browser, "/", **{"Accept-Language": "hi"})
    assert flask_answers(app, browser, "/", **{"HX-Request": "true"})
    other = Browser(app)
    other.client.set_cookie("language", "ta")
    assert flask_answers(app, other, "/")
    assert flask_answers(app, Browser(app).sign_in(cast.customer()), "/")
    assert not flask_answers(app, browser, "/")


def test_it_ends_with_a_change_a_hold_and_its_time(app: Flask, playing: Any) -> None:
    browser = Browser(app)
    for what in ("hold", "change", "minute"):
        warm(browser)
        assert not flask_answers(app, browser, "/")
        if what == "hold":
            hold(playing, 6)
        elif what == "change":
            with transaction():
                shows.change(shows.find(playing.show_id) or playing.show, title="Other")
        else:
            with time_machine.travel(now() + timedelta(minutes=1), tick=False):
                assert flask_answers(app, browser, "/")
            continue
        assert flask_answers(app, browser, "/"), what


def test_it_is_counted_like_any_other(app: Flask, playing: Any) -> None:
    browser = Browser(app)
    warm(browser)
    counted = 'instashow_requests_total{method="GET",route="/",status="200"} '

    def number() -> float:
        return float(browser.get("/metrics").text.split(counted)[1].split("\n")[0])

    before = number()
    assert not flask_answers(app, browser, "/")
    assert number() == before + 1
