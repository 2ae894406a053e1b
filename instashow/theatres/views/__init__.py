"""The door for people: theatres, found by name, place, city, experience, rating and distance; the page of one."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from instashow.pages import kept
from instashow.theatres import picked
from instashow.theatres.views import listed, one

bp = Blueprint("theatres", __name__)


@bp.get("/theatres")
def index() -> Response:
    """Theatres, as asked for."""
    among = ("city", "tag", "min_rating")
    return picked.remember(kept(listed.page, among=among, also=("figures",), apart=picked.slug()))


@bp.get("/theatres/<slugged:id>")
def theatre(id: int) -> Response:
    """One theatre, with its week screen by screen."""
    return kept(lambda: one.page(id), among=("day",), also=(f"theatre:{id}",))
