"""Sign up, sign in, sign out, and the language of those who have no account."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from instashow.booking import adopting, holds
from instashow.clock import now
from instashow.config import LANGUAGES
from instashow.db import transaction
from instashow.people import caller, entering, security
from instashow.people.entering import AddressKnown, BadForm
from instashow.people.views import OWN_NAMES, bp
from instashow.people.views.held import slip
from instashow.web import safe_next, say, see_other


@bp.get("/register")
def register() -> Any:
    return _onward() if caller.me() else _page("people/register.html", {"evening": "1", **request.args.to_dict()})


@bp.post("/register")
def sign_up() -> Any:
    try:
        newcomer = entering.sign_up(request.form)
        with transaction():
            entering.come_in(newcomer, now())
    except BadForm as bad:
        return _page("people/register.html", request.form, bad), 422
    adopting.adopt_held()
    say(_("Welcome. A letter is on its way: its link confirms your address."))
    return _onward()


@bp.get("/login")
def login() -> Any:
    return _onward() if caller.me() else _page("people/login.html", request.args)


@bp.post("/login")
def sign_in() -> Any:
    try:
        known = entering.sign_in(request.form)
        with transaction():
            entering.come_in(known, now())
    except BadForm as bad:
        return _page("people/login.html", request.form, bad), 422
    adopting.adopt_held()
    return _onward()


@bp.post("/logout")
def logout() -> Any:
    visitor = caller.visitor_if_any()
    with transaction():
        if visitor is not None:
            holds.give_up(visitor)
        security.leave()
    return see_other(url_for("shows.home"))


@bp.get("/language/<code>")
def pick_language(code: str) -> Response:
    """For those without an account; a cookie keeps it. A person's own choice is on their page, and stands."""
    if code not in LANGUAGES:
        abort(404)
    answer = redirect(safe_next(request.args.get("next"), "/"), 303)
    answer.set_cookie("language", code, max_age=365 * 86400, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def _onward() -> Response:
    return see_other(safe_next(request.values.get("next"), url_for("shows.home")))


def _page(page: str, form: Any, bad: BadForm | None = None) -> str:
    errors = dict(bad.errors) if bad else {}
    if isinstance(bad, AddressKnown):
        errors |= {field: _with_way_in(sentence, form) for field, sentence in errors.items()}
    facts = {"errors": errors, "own_names": OWN_NAMES, "slip": slip(), "here": "me"}
    return render_template(page, form={**form, "password": ""}, **facts)


def _with_way_in(sentence: str, form: Any) -> Markup:
    """The sentence as a link to where one signs in, and on from there to where one was going."""
    url = url_for("people.login", next=form.get("next") or None)
    return Markup('<a href="%s">%s</a>') % (url, sentence)
