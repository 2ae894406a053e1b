"""The door for people: what is on, search, the page of a show, "tell me"."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from instashow import web
from instashow.clock import now
from instashow.db import transaction
from instashow.pages import Made, kept
from instashow.people.caller import person_id, signed_in
from instashow.shows import shows, wishes
from instashow.shows.views import found, suggested
from instashow.shows.views import home as day
from instashow.shows.views import show as one
from instashow.shows.views.place import asked, show_url
from instashow.theatres import picked
from instashow.web import see_other

bp = Blueprint("shows", __name__)
KEPT = ("city", "day", "tag", "language", "format", "from", "sort", "theatre")


@bp.get("/")
def home() -> Response:
    """What is on; with words, what is found by them."""
    return picked.remember(kept(_answer, among=KEPT, apart=picked.slug()))


@bp.get("/suggestions")
def suggestions() -> Response:
    """What is offered while one types (`q`); a page of its own it has not."""
    if not web.wants_part():
        return redirect(url_for(".home", q=request.args.get("q", "")))
    return make_response(render_template("shows/_suggestions.html", **suggested.context()))


@bp.get("/shows/<slugged:id>")
def show(id: int) -> Response:
    """One show, with a day's times by theatre."""
    make = lambda: one.page(id, asked())  # noqa: E731
    return picked.remember(kept(make, among=("city", "day"), also=(f"show:{id}",), apart=picked.slug()))


@bp.post("/shows/<slugged:id>/wish")
@signed_in
def tell(id: int) -> Response:
    """Tell me when its sale opens, or do not after all (`stop`)."""
    card, who = web.found(shows.find(id)), person_id()
    with transaction():
        if request.form.get("stop"):
            wishes.let_be(who, id)
        else:
            wishes.wish(who, id, now())
    web.say(_("We will not tell you.") if request.form.get("stop") else _("We tell you as soon as its sale opens."))
    return see_other(show_url(card))


def _answer() -> Made:
    asking = asked()
    return found.page(asking) if asking.wanted.q or "q" in asking.errors else day.page(asking)
