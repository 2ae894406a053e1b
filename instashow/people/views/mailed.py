"""What letters link to: a new password, a confirmed address, a changed one. Nothing here tells who has an account.

A link opened is a page with a button, since mail scanners open links too.
"""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from instashow import outbox, web
from instashow.clock import now
from instashow.db import transaction
from instashow.pace import paced
from instashow.people import accounts, caller, common_passwords, links, mailbox, naming, security
from instashow.people.entering import Reading
from instashow.people.views import bp

ASKED = "30 per hour"
"""Letters asked for from one address of the network."""


@bp.get("/reset")
def reset() -> Any:
    return render_template("people/ask_letter.html", what="reset", form=request.args, errors={})


@bp.post("/reset")
@paced(ASKED)
def ask_reset() -> Any:
    return _ask("reset", "people.reset_sent")


@bp.get("/reset/sent")
def reset_sent() -> Any:
    return render_template("people/letter_sent.html", what="reset")


@bp.get("/reset/<token>")
def new_password(token: str) -> Any:
    stamp = _reset_stamp(token)
    return render_template("people/new_password.html", token=token, errors={}) if stamp else _stale("reset")


@bp.post("/reset/<token>")
@paced(ASKED)
def set_password(token: str) -> Any:
    found, read = _reset_stamp(token), Reading(request.form)
    if not found:
        return _stale("reset")
    own = accounts.called(found[0])
    password = read("password", lambda typed: common_passwords.uncommon(typed, own=own))
    if password is None:
        return render_template("people/new_password.html", token=token, errors=read.errors), 422
    fresh = security.hashed(password)
    try:
        with transaction():
            accounts.reset_password(found[0], fresh, stamp=found[1], now=now())
    except accounts.LinkUsed:
        return _stale("reset")
    web.say(_("Your new password stands. Everywhere else you were signed out."))
    return web.see_other(url_for("people.login"))


@bp.get("/confirm")
def confirm() -> Any:
    someone = caller.me()
    form = {"email": someone.email} if someone else request.args
    return render_template("people/ask_letter.html", what="confirm", form=form, errors={})


@bp.post("/confirm")
@paced(ASKED)
def ask_confirm() -> Any:
    return _ask("confirm", "people.confirm_sent")


@bp.get("/confirm/sent")
def confirm_sent() -> Any:
    return render_template("people/letter_sent.html", what="confirm")


@bp.get("/confirm/<token>")
def confirm_page(token: str) -> Any:
    """Signed in as that person, the link alone is enough; else the page has a button."""
    facts, someone = _opened("confirm", token), caller.me()
    if not facts:
        return _stale("confirm")
    if someone and [someone.id, someone.email] == facts:
        return confirm_now(token)
    return render_template("people/confirm.html", token=token, email=facts[1])


@bp.post("/confirm/<token>")
def confirm_now(token: str) -> Any:
    facts = _opened("confirm", token)
    if not facts:
        return _stale("confirm")
    try:
        with transaction():
            accounts.confirm(facts[0], facts[1], now=now())
        web.say(_("Your address is confirmed."))
    except accounts.LinkUsed:
        web.say(_("This link has done its work already."))
    return web.see_other(url_for("people.me" if caller.me() else "people.login"))


@bp.get("/me/email/<token>")
def email_page(token: str) -> Any:
    facts = _opened("email", token)
    return render_template("people/change_email.html", token=token, email=facts[2]) if facts else _stale("email")


@bp.post("/me/email/<token>")
def email_now(token: str) -> Any:
    facts = _opened("email", token)
    if not facts:
        return _stale("email")
    try:
        with transaction():
            accounts.change_email(facts[0], old=facts[1], new=facts[2], now=now())
    except accounts.LinkUsed:
        return _stale("email")
    web.say(_("Your new address stands. Sign in with it from now on."))
    return web.see_other(url_for("people.me" if caller.me() else "people.login"))


def _ask(what: str, sent: str) -> Any:
    """The same work whether or not the address has an account: a row for the mail worker, who looks it up."""
    read = Reading(request.form)
    email = read("email", naming.email)
    if email is None:
        return render_template("people/ask_letter.html", what=what, form=request.form, errors=read.errors), 422
    if not mailbox.full(what, email):
        with transaction():
            outbox.tell(email, what, language=web.language())
    return web.see_other(url_for(sent))


def _opened(purpose: str, token: str) -> list[Any] | None:
    try:
        return links.opened(purpose, token, now=now())
    except (links.BadLink, links.LinkLapsed):
        return None


def _reset_stamp(token: str) -> tuple[int, str] | None:
    """The person and their stamp, while the password is still the one that was forgotten."""
    facts = _opened("reset", token)
    return (facts[0], facts[1]) if facts and accounts.stands(facts[0], facts[1]) else None


def _stale(what: str) -> Any:
    return render_template("people/stale_link.html", what=what), 410
