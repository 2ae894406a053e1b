"""A browser for each person: keeps cookies, sends forms with their CSRF token."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from instashow.db import db
from instashow.people.models import Person
from tests.cast import PASSWORD


class Browser:
    """One browser; `sign_in` makes it somebody's."""

    def __init__(self, app: Flask, **headers: str) -> None:
        self.app = app
        self.client = app.test_client()
        self._headers = headers

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._ask("GET", path, headers)

    def post(self, path: str, form: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        """Send a form with the token of this browser's session."""
        words = {"csrf_token": self.token(), **(form or {})}
        return self._ask("POST", path, headers, data=words)

    def token(self) -> str:
        """The hidden field of a page that has one."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/reset").text)
        assert found, "no token on the page"
        return found[1]

    def sign_in(self, person: Person, password: str = PASSWORD) -> Browser:
        answer = self.post("/login", {"email": person.email, "password": password})
        assert answer.status_code == 303, answer.text
        return self

    def _ask(self, method: str, path: str, headers: dict[str, str], **words: Any) -> TestResponse:
        """Each request in a context of its own, as a server does; what the test then reads is what was written."""
        with self.app.app_context():
            answer = self.client.open(path, method=method, headers={**self._headers, **headers}, **words)
        db.session.rollback()
        return answer

    @property
    def signed_in(self) -> bool:
        return self.get("/me").status_code == 200
