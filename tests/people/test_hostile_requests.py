"""What no form of ours sends: NUL bytes, other scripts in numbers, huge integers, foreign hosts, plain cookies."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from instashow import web
from instashow.app import create_app
from instashow.config import Settings
from instashow.upgrade import upgrade
from tests import cast
from tests.browsers import Browser
from tests.conftest import both_databases
from tests.queries import counted


@both_databases
def test_a_nul_byte_is_refused_at_its_field_and_elsewhere_in_words(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    form = {"email": "a\0@example.com", "password": "a line from a song", "name": "a\0b"}
    for path, field in (("/login", "email"), ("/register", "email"), ("/reset", "email"), ("/me/name", "name")):
        answer = browser.post(path, form)
        assert answer.status_code == 422, path
        assert "There is a character in it that we cannot keep." in answer.text, path
        assert form[field].replace("\0", "\ufffd") in answer.text, path
    assert (
        browser.post("/register", {**form, "email": "x@example.com", "name": "", "password": "a song\0!"}).status_code
        == 422
    )
    assert browser.get("/login?next=%00").status_code == 303, "in an address it is left out"
    assert browser.get("/reset/%00").status_code == 404
    assert browser.get("/login?next=/me").status_code == 303


def test_what_is_a_persons_own_is_kept_by_no_cache(app: Flask) -> None:
    browser = Browser(app)
    assert browser.get("/login").headers["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in browser.get("/reset/sent").headers
    browser.sign_in(cast.customer())
    assert browser.get("/reset/sent").headers["Cache-Control"] == "private, no-cache"


def test_a_static_file_asks_nothing_of_the_database(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    with counted() as asked:
        assert browser.get("/static/js/theme.js").status_code == 200
    assert asked == []


def test_numbers_in_paths_and_questions_are_bounded(app: Flask) -> None:
    assert [web.whole(text, 1, 100) for text in ("1", "100", "007")] == [1, 100, 7]
    bad = ("", None, "0", "101", "-1", "1.0", "1e2", "٣", "²", "9" * 5000, " 1")
    assert [web.whole(text, 1, 100) for text in bad] == [None] * len(bad)


def test_an_odd_address_to_come_back_to_is_none(app: Flask) -> None:
    browser = Browser(app)
    for there in ("http://[", "http://[::1", "//[", "http://localhost:99999999/"):
        answer = browser.get("/bookings", **{"HX-Request": "true", "HX-Current-URL": there})
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login"), there
    answer = browser.get("/bookings", **{"HX-Request": "true", "HX-Current-URL": "http://localhost/bookings?list=past"})
    assert answer.headers["HX-Redirect"] == "/login?next=/bookings?list%3Dpast"


@pytest.mark.parametrize("good", ["/", "/me", "/shows/12-bahubali?day=2026-11-21", "/search?q=बाहुबली"])
def test_a_page_of_ours_may_be_next(good: str) -> None:
    assert web.safe_next(good, "/otherwise") == good


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "",
        "me",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\n/evil.example",
        "/a\\b",
        "javascript:1",
        "//[",
        "http://[",
    ],
)
def test_no_other_host_is_ever_next(bad: str | None) -> None:
    assert web.safe_next(bad, "/otherwise") == "/otherwise"


@pytest.mark.parametrize(
    ("base_url", "asked", "secure"),
    [
        ("http://localhost:5000", "http://localhost:5000", False),
        ("https://cinema.example", "http://127.0.0.1:5000", False),
        ("https://cinema.example", "https://cinema.example", True),
        ("https://cinema.example", "http://cinema.example", True),
    ],
)
def test_the_cookie_is_as_safe_as_its_way(tmp_path: Path, base_url: str, asked: str, secure: bool) -> None:
    app = create_app(Settings(home=tmp_path, secret_key="for tests only", base_url=base_url))
    with app.app_context():
        upgrade()
    cookie = app.test_client().get("/login", base_url=asked).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie, cookie.startswith("__Host-")) == (secure, secure)


def test_a_page_without_a_form_sets_no_cookie(app: Flask) -> None:
    answer = Browser(app).get("/reset/sent")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_the_page_speaks_the_language_asked_for(app: Flask) -> None:
    browser = Browser(app)
    assert '<html lang="hi"' in browser.get("/login", **{"Accept-Language": "hi-IN,hi;q=0.9"}).text
    answer = browser.get("/language/ta?next=/login")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert '<html lang="ta"' in browser.get("/login", **{"Accept-Language": "hi"}).text
    assert browser.get("/language/xx").status_code == 404
    assert browser.get("/language/ta?next=//evil.example").location == "/"


def test_an_error_on_a_part_is_a_slip_and_not_a_page_inside_the_page(app: Flask) -> None:
    answer = Browser(app).get("/nowhere", **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (404, "#toasts")
    assert "<html" not in answer.text
    assert "That is not there any more." in answer.text
    assert "<html" in Browser(app).get("/nowhere").text
