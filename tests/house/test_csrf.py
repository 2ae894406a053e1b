"""Every unsafe route outside the API refuses a request without a CSRF token."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from instashow import web

PROOF_IS_THE_LINK = {"alerts.unsubscribe"}
"""One-click unsubscribe: its signed link is the proof."""
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def answers(app: Flask) -> dict[str, int]:
    """What each unsafe route says to a request that brings nothing."""
    browser = app.test_client()
    return {
        f"{method} {rule.rule}": browser.open(re.sub(r"<[^>]+>", "1", rule.rule), method=method).status_code
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith("/api/v1") and rule.endpoint not in PROOF_IS_THE_LINK
        for method in sorted((rule.methods or set()) & UNSAFE)
    }


def test_without_a_token_every_unsafe_route_answers_400(app: Flask) -> None:
    said = answers(app)
    assert said
    assert {route: status for route, status in said.items() if status != 400} == {}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/screenings/1/holds", {"OPTIONS", "POST"}),
        ("DELETE", "/screenings/1/holds", {"OPTIONS", "POST"}),
        ("PATCH", "/screenings/1/holds", {"OPTIONS", "POST"}),
        ("DELETE", "/", {"GET", "HEAD", "OPTIONS"}),
        ("POST", "/shows/1", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_method_that_a_door_does_not_know_is_405(app: Flask, method: str, path: str, allowed: set[str]) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        answer = app.test_client().open(path, method=method, headers=headers)
        assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, allowed)


@pytest.mark.parametrize("method", sorted(UNSAFE))
def test_where_no_door_is_every_method_is_404(app: Flask, method: str) -> None:
    assert app.test_client().open("/nothing", method=method).status_code == 404


def test_without_the_protection_a_route_would_answer_something_else(app: Flask) -> None:
    """The control."""
    hooks = app.before_request_funcs[None]
    place = hooks.index(web.protect)
    del hooks[place]
    try:
        assert app.test_client().post("/logout").status_code != 400
    finally:
        hooks.insert(place, web.protect)
