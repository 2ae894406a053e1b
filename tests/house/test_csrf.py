"""Every unsafe route outside the API refuses a request without a CSRF token."""

from __future__ import annotations

import re

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


def test_without_the_protection_a_route_would_answer_something_else(app: Flask) -> None:
    """The control."""
    hooks = app.before_request_funcs[None]
    place = hooks.index(web.protect)
    del hooks[place]
    try:
        assert app.test_client().post("/logout").status_code != 400
    finally:
        hooks.insert(place, web.protect)
