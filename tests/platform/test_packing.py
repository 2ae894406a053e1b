"""Answers travel packed, and whoever keeps them can tell them apart."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Flask, Response, request

from instashow import packing
from tests import cast
from tests.browsers import Browser

pytestmark = pytest.mark.usefixtures("playing")

BOTH = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize(
    ("accepted", "how"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("br;q=0", None),
        ("", None),
        ("br;q=nonsense, \x00", None),
    ],
)
def test_a_page_is_packed_as_the_browser_reads_best(accepted: str, how: str | None) -> None:
    assert packing.agreed(accepted) == how


def test_a_page_says_the_same_packed_and_plain_by_flask_and_before_it(app: Flask) -> None:
    browser = Browser(app)
    plain = browser.get("/").data
    for _ in range(3):  # made anew, from the cache, before Flask
        for how, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            answer = browser.get("/", **{"Accept-Encoding": how})
            assert (answer.headers["Content-Encoding"], unpack(answer.data)) == (how, plain)
            assert len(answer.data) == int(answer.headers["Content-Length"]) < len(plain) / 2
            assert "Accept-Encoding" in answer.headers["Vary"]
        again = browser.get("/")
        assert ("Content-Encoding" in again.headers, again.data) == (False, plain)
        assert int(again.headers["Content-Length"]) == len(plain)


def test_a_page_of_ones_own_is_packed_too(app: Flask) -> None:
    browser = Browser(app).sign_in(cast.customer())
    answer = browser.get("/me", **BOTH)
    assert answer.headers["Content-Encoding"] == "br"
    assert b"csrf_token" in brotli.decompress(answer.data)


def test_short_answers_and_pictures_go_as_they_are(app: Flask) -> None:
    browser = Browser(app)
    short = browser.get("/healthz", **BOTH)
    assert ("Content-Encoding" in short.headers, "Accept-Encoding" in short.headers["Vary"]) == (False, True)
    face = browser.get("/static/vendor/fonts/archivo.woff2", **BOTH)
    assert (face.status_code, face.data[:4], "Content-Encoding" in face.headers) == (200, b"wOF2", False)


def test_an_errors_page_is_packed(app: Flask) -> None:
    answer = Browser(app).get("/nowhere", **BOTH)
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (404, "br")


def test_what_is_asked_by_head_has_its_length_and_no_body(app: Flask) -> None:
    with app.app_context():
        answer = app.test_client().head("/login", headers=BOTH)
    assert (answer.status_code, answer.data, answer.headers["Content-Encoding"]) == (200, b"", "br")


def test_a_packed_answer_is_known_again_by_its_weak_tag() -> None:
    house = Flask(__name__)
    packing.init_app(house)

    @house.get("/news")
    def news() -> Response:
        answer = Response("all the seats that are taken " * 99)
        answer.add_etag()
        return answer.make_conditional(request)

    browser = house.test_client()
    answer = browser.get("/news", headers=BOTH)
    tag = answer.headers["ETag"]
    assert (answer.headers["Content-Encoding"], tag[:2]) == ("br", "W/")
    assert browser.get("/news", headers=BOTH | {"If-None-Match": tag}).status_code == 304
    assert browser.get("/news", headers=BOTH | {"If-None-Match": '"other"'}).status_code == 200


def test_what_streams_is_never_gathered_to_be_packed() -> None:
    house = Flask(__name__)
    packing.init_app(house)
    house.add_url_rule("/export", view_func=lambda: Response(iter(["row\n"] * 999), mimetype="text/csv"))
    answer = house.test_client().get("/export", headers=BOTH)
    assert ("Content-Encoding" in answer.headers, len(answer.data)) == (False, 4 * 999)
