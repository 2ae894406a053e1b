"""My account: another password, another address, my data, closing it. Each asks for the password again."""

from __future__ import annotations

from typing import Any

from flask import json, make_response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from instashow import outbox, web
from instashow.clock import now
from instashow.db import transaction
from instashow.pace import paced
from instashow.people import accounts, caller, common_passwords, mailbox, naming, roles, security
from instashow.people.caller import signed_in
from instashow.people.entering import BadForm, Reading
from instashow.people.security import Known
from instashow.people.sessions import SignedIn
from instashow.people.views import bp, me
from instashow.reports import personal

CHANGES = "30 per hour"
LETTERS = "10 per hour"
"""To new addresses, asked for by one person."""


@bp.post("/me/password")
@signed_in
@paced(CHANGES)
def change_password() -> Any:
    someone, read = _myself(), Reading(request.form)
    try:
        _sure(someone, read)
        own = (someone.email, someone.username, someone.name)
        password = read("new", lambda typed: common_passwords.uncommon(typed, own=own))
        read.finish()
        fresh = security.hashed(password or "")
        with transaction():
            accounts.change_password(someone.id, fresh, stamp=someone.fs_uniquifier, now=now())
            security.enter(Known(someone.id), now())
    except BadForm as bad:
        return me.page("password", bad.errors), 422
    except accounts.LinkUsed:  # changed elsewhere while this one was judged
        return me.page("password", {"current": _("This is not your password.")}), 422
    web.say(_("Your new password stands. Everywhere else you were signed out."))
    return web.see_other(url_for("people.me"))


@bp.post("/me/email")
@signed_in
@paced(LETTERS, lambda: str(caller.person_id()))
def change_email() -> Any:
    """The same answer whoever has the new address: the mail worker looks it up."""
    someone, read = _myself(), Reading(request.form)
    try:
        _sure(someone, read)
        new = read("email", naming.email)
        read.finish()
    except BadForm as bad:
        return me.page("email", bad.errors), 422
    if not mailbox.full("email", new or ""):
        with transaction():
            outbox.tell(new or "", "email_change", person=someone.id, old=someone.email, language=web.language())
    web.say(_("A letter is on its way to %(email)s. Your address changes when its link is opened.", email=new or ""))
    return web.see_other(url_for("people.me"))


@bp.get("/me/data")
@signed_in
def my_data() -> Response:
    answer = make_response(json.dumps(personal.download(caller.person_id(), now=now()), indent=2, ensure_ascii=False))
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@bp.post("/me/deletion")
@signed_in
@paced(CHANGES)
def close_account() -> Any:
    someone, read = _myself(), Reading(request.form)
    try:
        _sure(someone, read)
        read.finish()
        with transaction():
            personal.erase(someone.id, now=now())
            security.forget()
    except BadForm as bad:
        return me.page("deletion", bad.errors), 422
    except roles.LastAdmin:
        return me.page("deletion", {"current": _("You are the last admin. Appoint another one first.")}), 409
    web.say(_("Your account is closed. Your bookings stay, without your name."))
    return web.see_other(url_for("shows.home"))


def _myself() -> SignedIn:
    return caller.me() or web.found(None)


def _sure(someone: SignedIn, read: Reading) -> None:
    """Whether it is really they who sit at the browser; the throttle on guessing holds here too."""
    try:
        security.known(someone.email, request.form.get("current", ""))
    except (security.NotTogether, security.Suspended):
        read.errors["current"] = _("This is not your password.")
