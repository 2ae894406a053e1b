"""The CSRF token reads anew on each page, and proves the same."""

from __future__ import annotations

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from instashow import proof
from tests.browsers import Browser


@given(st.text(min_size=1, max_size=60), st.binary(min_size=240, max_size=255))
def test_what_is_masked_is_told_again(plain: str, mask: bytes) -> None:
    assert proof.unmasked(proof.masked(plain, mask)) == plain


@given(st.text(max_size=60))
def test_anything_else_stays_as_it_is_or_is_refused_later(sent: str) -> None:
    assert isinstance(proof.unmasked(sent), str)
    assert proof.unmasked(sent.lstrip("~")) == sent.lstrip("~")


def test_two_pages_show_two_tokens_and_both_prove(app: Flask) -> None:
    browser = Browser(app)
    first, second = browser.token(), browser.token()
    assert first != second
    assert len({one[40:60] for one in (first, second)}) == 2
    for token in (first, second):
        assert browser.post("/login", {"csrf_token": token, "email": "a@b.example"}).status_code != 400
        answer = browser.post("/login", {"csrf_token": "", "email": "a@b.example"}, **{"X-CSRFToken": token})
        assert answer.status_code != 400


def test_a_token_of_another_session_or_bent_proves_nothing(app: Flask) -> None:
    stranger, browser = Browser(app).token(), Browser(app)
    own = browser.token()
    for wrong in (stranger, own[:-8] + "AAAAAAA=", own[:-3], "~", "~é", "~" + "A" * 9000):
        assert browser.post("/login", {"csrf_token": wrong, "email": "a@b.example"}).status_code == 400
    assert browser.post("/login", {"csrf_token": own, "email": "a@b.example"}).status_code != 400
