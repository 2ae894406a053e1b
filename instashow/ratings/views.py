"""The door for people: rate what one saw, change and delete it, read what others wrote."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from instashow import web
from instashow.clock import now
from instashow.db import transaction
from instashow.people import caller
from instashow.people.caller import signed_in
from instashow.ratings import asking, rating, reviews
from instashow.ratings.asking import Asked
from instashow.ratings.rating import BadRating, NotAttended, Subject
from instashow.shows import shows
from instashow.theatres import theatres
from instashow.web import LARGEST_ID, found, safe_next, whole

bp = Blueprint("ratings", __name__)


@bp.get("/shows/<slugged:id>/rating", defaults={"kind": "show"}, endpoint="show_rating")
@bp.get("/theatres/<slugged:id>/rating", defaults={"kind": "theatre"}, endpoint="theatre_rating")
@signed_in
def ask(id: int, kind: Any) -> tuple[str, int] | str:
    subject = _there(kind, id)
    asked = asking.last_night(caller.person_id(), subject, now())
    return _form(subject, asked, {}, typed={"stars": request.args.get("stars", "")}, status=200 if asked else 403)


@bp.post("/shows/<slugged:id>/rating", defaults={"kind": "show"}, endpoint="rate_show")
@bp.post("/theatres/<slugged:id>/rating", defaults={"kind": "theatre"}, endpoint="rate_theatre")
@signed_in
def rate(id: int, kind: Any) -> Any:
    subject = _there(kind, id)
    said = _said(subject)
    try:
        with transaction():
            for one, stars, review in sorted(said, key=lambda one: one[0].kind):  # in one order: nobody waits in a ring
                _rate(one, stars, review)
    except NotAttended:
        return _form(subject, None, {}, status=403)
    except BadRating as bad:
        asked = asking.last_night(caller.person_id(), subject, now())
        return _form(subject, asked, _words(bad, [subject, *(one for one, *_ in said)]), typed=request.form, status=422)
    return _kept(subject, _("Thank you. Your stars count."))


@bp.post("/shows/<slugged:id>/rating/removal", defaults={"kind": "show"}, endpoint="unrate_show")
@bp.post("/theatres/<slugged:id>/rating/removal", defaults={"kind": "theatre"}, endpoint="unrate_theatre")
@signed_in
def take_back(id: int, kind: Any) -> Any:
    subject = _there(kind, id)
    with transaction():
        gone = rating.take_back(caller.person_id(), subject)
    return _kept(subject, _("Your rating is deleted.") if gone else _("There was no rating of yours."))


@bp.get("/shows/<slugged:id>/ratings", defaults={"kind": "show"}, endpoint="show_reviews")
@bp.get("/theatres/<slugged:id>/ratings", defaults={"kind": "theatre"}, endpoint="theatre_reviews")
def read(id: int, kind: Any) -> Response:
    subject = _there(kind, id)
    page = reviews.page(subject, before=whole(request.args.get("before"), 1, LARGEST_ID))
    facts: dict[str, Any] = {"reviews": page, "more": _more(subject, page.next), "subject": subject}
    facts |= {
        "told_in": _languages(subject),
        "named": _named(subject),
        "told": len(page.items) if web.wants_part() else 0,
    }
    return web.page_or_part("ratings/read.html", part="ratings/_reviews.html", **facts)


def _there(kind: Any, id: int) -> Subject:
    """The show or theatre, unless it was removed."""
    there = shows.find(id) if kind == "show" else theatres.find(id)
    return Subject(kind, found(there).id)


def _languages(subject: Subject) -> tuple[str, ...]:
    """What a show is in; its reviews may be as well."""
    return tuple(one.language for one in found(shows.find(subject.id)).languages) if subject.kind == "show" else ()


def _named(subject: Subject) -> str:
    if subject.kind == "show":
        return str(found(shows.find(subject.id)).title)
    return str(found(theatres.find(subject.id)).name)


def _said(subject: Subject) -> list[tuple[Subject, str, str | None]]:
    """What the form says: the subject's own stars and, asked together with them, the other's."""
    said = [(subject, request.form.get("stars", ""), request.form.get("review"))]
    other = "theatre" if subject.kind == "show" else "show"
    beside = whole(request.form.get(other), 1, LARGEST_ID)
    stars, review = request.form.get("other_stars", ""), request.form.get("other_review")
    if beside and (stars or (review or "").strip()):
        said.append((Subject("theatre" if other == "theatre" else "show", beside), stars, review))
    skipped = len(said) == 2 and not said[0][1] and not (said[0][2] or "").strip()
    return said[1:] if skipped else said


def _rate(subject: Subject, stars: str, review: str | None) -> None:
    try:
        rating.rate(caller.person_id(), subject, stars=whole(stars, 1, 5), review=review, now=now())
    except BadRating as bad:
        own = subject.id == (request.view_args or {}).get("id") and subject.kind == (request.view_args or {})["kind"]
        raise BadRating({field if own else f"other_{field}": code for field, code in bad.errors.items()}) from bad
    except LookupError:
        abort(404)


def _words(bad: BadRating, asked: list[Subject]) -> dict[str, str]:
    """A sentence at each field, which names what it is about; of those asked, the last may be the other half's."""
    said: dict[str, str] = {}
    for field, code in bad.errors.items():
        title = _named(asked[-1] if field.startswith("other_") else asked[0])
        told = {
            "missing": _("Choose one to five stars for %(title)s.", title=title),
            "too_long": _("What you write about %(title)s may have %(n)s letters.", title=title, n=rating.LONGEST),
            "characters": _("There is a character in it that we cannot keep."),
        }
        said[field] = told[code]
    return said


def _form(
    subject: Subject, asked: Asked | None, errors: dict[str, str], *, typed: Any = None, status: int = 200
) -> tuple[str, int]:
    if web.wants_part():
        abort(status, _("Only who saw it may rate it, once it is over.") if not asked else " ".join(errors.values()))
    facts = {"subject": subject, "asked": asked, "errors": errors, "typed": typed or {}, "longest": rating.LONGEST}
    return render_template("ratings/rate.html", here="tickets", named=_named(subject), **facts), status


def _kept(subject: Subject, words: str) -> Any:
    """Back to where the form stood; a form that is a part is answered in its place."""
    if web.wants_part():
        own = rating.of_person(caller.person_id(), [subject]).get(subject)
        facts = {"rate": {"action": request.path}, "value": own.stars if own else None, "title": _named(subject)}
        return render_template("ratings/rated.html", next=request.form.get("next", ""), said=words, **facts)
    web.say(words)
    return web.see_other(safe_next(request.form.get("next"), f"/{subject.kind}s/{subject.id}"))


def _more(subject: Subject, before: int | None) -> str | None:
    return url_for(f"ratings.{subject.kind}_reviews", id=subject.id, before=before) if before else None
