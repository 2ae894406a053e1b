"""A room of letters for the tests: its kinds, its writers, and what they wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from instashow.alerts.letters import Addressee, Letter, NotReady


def greeting(to: Addressee, facts: dict[str, Any]) -> Letter | None:
    """A letter, none, a paper that is not ready, or a mistake: as the facts say."""
    if facts.get("say") == "nothing":
        return None
    if facts.get("say") == "later":
        raise NotReady
    if facts.get("say") == "boom":
        raise ZeroDivisionError
    return Letter(f"Hello {to.name or to.email}", f"In {to.language}", f"<p>In {to.language}</p>")


@contextmanager
def writers(app: Flask, **by_kind: Any) -> Iterator[None]:
    """These kinds have these writers while inside."""
    joined = app.extensions["instashow-writers"]
    before = dict(joined)
    joined.update(by_kind)
    yield
    joined.clear()
    joined.update(before)
