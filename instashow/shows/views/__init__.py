"""The door for people: what is on, search, the page of a show."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from instashow.shows.views import home as day
from instashow.shows.views.kept import kept
from instashow.shows.views.place import asked

bp = Blueprint("shows", __name__)
KEPT = ("city", "day", "tag", "language", "format", "from", "sort", "theatre")


@bp.get("/")
def home() -> Response:
    """What is on; with words, what is found by them."""
    return kept(lambda: day.page(asked()), among=KEPT)
