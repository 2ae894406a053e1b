"""Coming in, for every door that lets people in: the sign-in page, the sign-up page, the till, the staff's door.

sign_in() and sign_up() read a form and do the slow work (no transaction is open); come_in() writes, inside the door's
transaction. Errors are words at their field, in the person's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from flask_babel import gettext as _

from instashow import pace, web
from instashow.config import LANGUAGES
from instashow.people import accounts, known_browsers, naming, security
from instashow.people.common_passwords import uncommon
from instashow.people.naming import BadWord
from instashow.people.security import Known
from instashow.typed import keepable

SIGN_INS = "120 per 5 minutes"
REGISTRATIONS = "30 per hour"
"""From one address, whichever doors it tries."""

Value = TypeVar("Value")


class BadForm(Exception):
    """What is wrong in a form: a sentence at each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class AddressKnown(BadForm):
    """Somebody signs up with the address of an account."""


@dataclass(frozen=True)
class Newcomer:
    """A sign-up form that can be taken."""

    email: str
    password_hash: str
    username: str | None
    name: str
    language: str
    evening: bool


def asked(form: Mapping[str, str]) -> Known | Newcomer:
    """What the part people/_sign_in.html sent: `who` is "new" or "in". Raises BadForm, TooManyRequests."""
    return sign_up(form) if form.get("who") == "new" else sign_in(form)


def sign_in(form: Mapping[str, str]) -> Known:
    """Who this is, from `email` (or user name) and `password`. Raises BadForm, TooManyRequests."""
    pace.keep(SIGN_INS, "sign in", known_browsers.or_address())
    identity, password = form.get("email", ""), form.get("password", "")
    missing = {name: said("missing") for name in ("email", "password") if not form.get(name, "").strip()}
    if missing:
        raise BadForm(missing)
    if not keepable(identity):
        raise BadForm({"email": said("characters")})
    try:
        return security.known(identity, password)
    except security.NotTogether:
        raise _not_together() from None
    except security.Suspended:
        raise BadForm({"email": _("This account is closed. The theatre can tell you why.")}) from None


def sign_up(form: Mapping[str, str]) -> Newcomer:
    """A newcomer, from `email`, `password`, and if they like `username`, `name`, `evening`.

    Raises BadForm, TooManyRequests.
    """
    pace.keep(REGISTRATIONS, "sign up", pace.address())
    read = Reading(form)
    email = read("email", naming.email)
    username = read("username", naming.username)
    name = read("name", naming.name)
    password = read("password", lambda typed: uncommon(typed, own=(email, username, name)))
    language = form.get("language") or web.language()
    if language not in LANGUAGES:
        read.errors["language"] = _("Choose one of these.")
    read.finish()
    evening = form.get("evening") == "1"
    return Newcomer(email or "", security.hashed(password or ""), username, name or "", language, evening)


def come_in(who: Known | Newcomer, at: datetime) -> int:
    """Sign this browser in, a newcomer with a new account; the person's id. In a transaction. Raises BadForm."""
    if isinstance(who, Newcomer):
        who = Known(_registered(who, at))
    try:
        security.enter(who, at)
    except security.NotTogether:
        raise _not_together() from None
    return who.id


def _not_together() -> BadForm:
    return BadForm({"password": _("This e-mail or user name and this password do not go together.")})


def _registered(who: Newcomer, at: datetime) -> int:
    try:
        return accounts.register(
            who.email,
            who.password_hash,
            username=who.username,
            name=who.name,
            language=who.language,
            evening_reminder=who.evening,
            now=at,
        )
    except accounts.EmailTaken:
        raise AddressKnown({"email": _("This address has an account: sign in.")}) from None
    except accounts.UsernameTaken:
        raise BadForm({"username": said("taken")}) from None


class Reading:
    """Reads a form's fields one by one, and at the end says everything that is wrong at once."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self.errors: dict[str, str] = {}

    def __call__(self, field: str, read: Callable[[str], Value]) -> Value | None:
        try:
            return read(self._form.get(field, ""))
        except BadWord as bad:
            self.errors[field] = said(bad.code, bad.field)
            return None

    def finish(self) -> None:
        """Raises BadForm where something is wrong."""
        if self.errors:
            raise BadForm(self.errors)


def said(code: str, field: str = "") -> str:
    """What is wrong with one field, in the person's language."""
    if (field, code) == ("password", "too_short"):
        return str(_("A password has %(least)d letters or more.", least=naming.PASSWORD_LEAST))
    if (field, code) == ("username", "characters"):
        return str(_("A user name has letters, digits, dots and dashes, in any script, and no spaces."))
    words = {
        "missing": _("Please write something here."),
        "too_long": _("This is longer than we can keep."),
        "not_email": _("This does not look like an e-mail address."),
        "characters": _("There is a character in it that we cannot keep."),
        "taken": _("Somebody else has this name."),
        "common": _("Many people use this password: it is guessed first. Choose another one."),
        "own": _("This is your own name or address: it is guessed first. Choose another one."),
    }
    return str(words.get(code) or _("This cannot be right."))
