"""Me: what I am called, what I like; each part of the page is a form of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from instashow import web, wording
from instashow.clock import now
from instashow.config import LANGUAGES
from instashow.db import db, transaction
from instashow.people import accounts, caller, naming, sessions
from instashow.people.caller import signed_in
from instashow.people.entering import BadForm, Reading, said
from instashow.people.models import Person
from instashow.people.views import OWN_NAMES, bp
from instashow.ratings import reviews
from instashow.shows import favourites
from instashow.theatres import served

THEMES = ("auto", "light", "dark")
REVIEWS = ("html", "pdf")


@bp.get("/me")
@signed_in
def me() -> Any:
    return page()


@bp.post("/me/name")
@signed_in
def rename() -> Any:
    read = Reading(request.form)
    name, username = read("name", naming.name), read("username", naming.username)
    try:
        read.finish()
        with transaction():
            accounts.rename(caller.person_id(), name=name or "", username=username)
            reviews.signed_otherwise(caller.person_id())
    except BadForm as bad:
        return page("name", bad.errors), 422
    except accounts.UsernameTaken:
        return page("name", {"username": said("taken")}), 422
    return _kept()


@bp.post("/me/preferences")
@signed_in
def prefer() -> Any:
    wishes, errors = _wishes(request.form)
    tags = {int(one) for one in request.form.getlist("tag") if web.whole(one, 1, web.LARGEST_ID)}
    if errors:
        return page("preferences", errors), 422
    known = {tag.id for tag in favourites.choices(caller.person_id())}
    with transaction():
        accounts.prefer(caller.person_id(), **wishes)
        accounts.favour(caller.person_id(), tags & known)
    return _kept()


def page(which: str = "", errors: Mapping[str, str] | None = None) -> str:
    """The page; with errors, in the part that has them, as typed."""
    someone = db.session.get_one(Person, caller.person_id(), populate_existing=True)
    typed = request.form if errors else {}
    return render_template(
        "people/me.html",
        me=someone,
        wrong={which: errors or {}},
        typed=typed,
        own_names=OWN_NAMES,
        cities=[(one.id, wording.city(one.name, one.native_name)) for one in served.cities()],
        tags=[(tag.id, wording.tag(tag.name)) for tag in favourites.choices(someone.id)],
        chosen_tags=accounts.favourites(someone.id),
        sessions=len(sessions.of(someone.id, now())),
        duties=caller.duties(),
        here="me",
    )


def _wishes(form: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Preferences that were sent, and what is wrong with them; what was not sent stays as it is."""
    wishes: dict[str, Any] = {"evening_reminder": form.get("evening") == "1"}
    errors = {}
    for field, column, known in (
        ("language", "language", LANGUAGES),
        ("theme", "theme", THEMES),
        ("review", "review_format", REVIEWS),
    ):
        if field in form and form[field] not in known:
            errors[field] = _("Choose one of these.")
        elif field in form:
            wishes[column] = form[field]
    if form.get("city"):
        city = served.city(web.whole(form["city"], 1, web.LARGEST_ID) or 0)
        wishes |= {"city_id": city.id, "zone": city.zone} if city else {}
        errors |= {} if city else {"city": _("Choose one of these.")}
    elif "city" in form:
        wishes |= {"city_id": None, "zone": None}
    return wishes, errors


def _kept() -> Any:
    web.say(_("Kept."))
    return web.see_other(url_for("people.me"))
