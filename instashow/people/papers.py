"""The letters about an account. Links are made when the letter is written, so no message row holds a key.

A letter to an address that has no account (any more) is not written: None. That is how a request stays silent about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale, get_locale, ngettext
from flask_babel import gettext as _

from instashow.alerts.letters import Addressee, Letter, Note
from instashow.alerts.papers import Noter, Writer, letter
from instashow.clock import now
from instashow.config import settings
from instashow.db import db
from instashow.outbox import Message
from instashow.people import accounts, links
from instashow.people.models import Person


def welcome(to: Addressee, _facts: dict[str, Any]) -> Letter | None:
    """To a newcomer, with the link that confirms the address."""
    person = db.session.get(Person, to.person_id) if to.person_id else None
    if person is None or person.confirmed_at:
        return None
    return _letter(
        _("Welcome to %(house)s", house=settings().name),
        [
            _("Your account is ready. Until you confirm this address it gets only your tickets and account letters."),
            _("Once it is confirmed we may tell you in the evening what is on. One tap ends that."),
        ],
        way=(_("Confirm my address"), _confirm_link(person)),
        after=_days("confirm") + " " + _("If you did not sign up, do nothing: the address stays unconfirmed."),
    )


def confirm(to: Addressee, _facts: dict[str, Any]) -> Letter | None:
    """The link again, for whoever asked on the page."""
    person = accounts.by_email(to.email)
    if person is None or person.confirmed_at or not person.active:
        return None
    with force_locale(person.language or to.language):
        return _letter(
            _("Confirm your address"),
            [_("Here is the link that you asked for.")],
            way=(_("Confirm my address"), _confirm_link(person)),
            after=_days("confirm") + " " + _("If you did not ask for it, do nothing."),
        )


def reset(to: Addressee, _facts: dict[str, Any]) -> Letter | None:
    """The link to a new password."""
    person = accounts.by_email(to.email)
    if person is None or not person.active:
        return None
    with force_locale(person.language or to.language):
        return _letter(
            _("A new password"),
            [_("Somebody asked for a new password for your account, we hope you. The link works once.")],
            way=(_("Choose a new password"), _link("reset", "/reset/", [person.id, person.fs_uniquifier])),
            after=_days("reset") + " " + _("If it was not you, do nothing: your password stays as it is."),
        )


def password_changed(_to: Addressee, _facts: dict[str, Any]) -> Letter:
    """Said after every change, so that a stranger's is noticed."""
    return _letter(
        _("Your password was changed"),
        [_("Your account has a new password, and every browser and program was signed out.")],
        way=(_("It was not me"), f"{settings().public_url}/reset"),
        after=_("If it was you, there is nothing to do."),
    )


def email_change(to: Addressee, facts: dict[str, Any]) -> Letter | None:
    """To the new address: the link that changes it. Silent where the address has an account already."""
    person = db.session.get(Person, facts["person"])
    if person is None or not person.active or person.email != facts["old"] or accounts.by_email(to.email):
        return None
    with force_locale(person.language or to.language):
        return _letter(
            _("Your new address"),
            [_("Open the link, and your account has this address: tickets come here, and you sign in with it.")],
            way=(_("Use this address"), _link("email", "/me/email/", [person.id, person.email, to.email])),
            after=_days("email") + " " + _("If you did not ask for it, do nothing."),
        )


def email_changed(to: Addressee, facts: dict[str, Any]) -> Letter | None:
    """To the old address, so that a stranger's change is noticed."""
    person = db.session.get(Person, facts["person"])
    with force_locale(person.language if person and person.language else to.language):
        return _letter(
            _("Your address was changed"),
            [_("Your account has another address now: %(address)s.", address=_veiled(facts["new"]))],
            after=_("If it was not you, tell the theatre at once."),
        )


def _letter(subject: str, said: Sequence[str], *, after: str, way: tuple[str, str] | None = None) -> Letter:
    return letter("people_letter", subject, lang=get_locale().language, said=said, way=way, after=after)


def _confirm_link(person: Person) -> str:
    return _link("confirm", "/confirm/", [person.id, person.email])


def _link(purpose: str, path: str, facts: list[Any]) -> str:
    return f"{settings().public_url}{path}{links.link(purpose, facts, now=now())}"


def _days(purpose: str) -> str:
    """How long the link works, in words."""
    lasts = links.LASTS[purpose]
    if lasts.days:
        return str(ngettext("The link works for %(num)d day.", "The link works for %(num)d days.", lasts.days))
    hours = lasts.seconds // 3600
    return str(ngettext("The link works for %(num)d hour.", "The link works for %(num)d hours.", hours))


def _veiled(email: str) -> str:
    """Enough of an address to know one's own."""
    local, _at, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"


def _noted(messages: Sequence[Message]) -> dict[int, Note]:
    lines = {
        "welcome": Note(_("Welcome"), _("A letter with a link confirms your address."), "/me"),
        "password_changed": Note(_("Your password was changed"), _("Every other browser was signed out."), "/me"),
    }
    return {one.id: lines[one.kind] for one in messages}


writers: dict[str, Writer] = {
    "welcome": welcome,
    "confirm": confirm,
    "reset": reset,
    "password_changed": password_changed,
    "email_change": email_change,
    "email_changed": email_changed,
}
notes: dict[str, Noter] = {"welcome": _noted, "password_changed": _noted}
