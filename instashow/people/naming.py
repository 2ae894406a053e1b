"""What a person types about themselves, cleaned and judged: e-mail, user name, name, password.

Lengths are counted in UTF-16 units, as an HTML `maxlength` counts them, so page and server agree.
"""

from __future__ import annotations

import re
import unicodedata

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from instashow.typed import keepable

SPECIAL_USE_DOMAIN_NAMES.clear()  # a cinema's own network may well have mailboxes at .local or .home.arpa

EMAIL_MOST = 254
USERNAME_MOST = 40
NAME_MOST = 100
PASSWORD_LEAST, PASSWORD_MOST = 8, 128

JOINERS = "\u200c\u200d"
"""Indic and Persian words need them; they make no new name."""


class BadWord(ValueError):
    """What was typed cannot be taken; `code` says why: missing, too_long, too_short, not_email, characters."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def email(typed: str) -> str:
    """The address as it is kept: domain in lower case, a local part beyond ASCII case folded. Raises BadWord."""
    text = typed.strip()
    if not text:
        raise BadWord("email", "missing")
    if _units(text) > EMAIL_MOST:
        raise BadWord("email", "too_long")
    if not keepable(text):
        raise BadWord("email", "characters")
    try:
        found = validate_email(text, check_deliverability=False, globally_deliverable=False, test_environment=True)
    except (EmailNotValidError, UnicodeError):
        raise BadWord("email", "not_email") from None
    if "." not in found.domain:
        raise BadWord("email", "not_email")
    local = found.local_part if found.local_part.isascii() else found.local_part.casefold()
    return f"{local}@{found.domain}"


def username(typed: str) -> str | None:
    """The user name as it is shown, NFKC; None where none was typed. Letters of any script, digits, `.`, `_`, `-`;
    never an `@`, so that it is no e-mail. Raises BadWord."""
    text = unicodedata.normalize("NFKC", typed.strip())
    if not text:
        return None
    if _units(text) > USERNAME_MOST:
        raise BadWord("username", "too_long")
    if not all(_fits_username(one) for one in text) or not username_key(text):
        raise BadWord("username", "characters")
    return text


def username_key(shown: str) -> str:
    """The user name as it is looked up: NFKC, case folded, without joiners."""
    bare = unicodedata.normalize("NFKC", shown).translate({ord(one): None for one in JOINERS})
    return unicodedata.normalize("NFKC", bare.casefold())


def name(typed: str) -> str:
    """What a person wants to be called, on one line; may be empty. Raises BadWord."""
    text = re.sub(r"\s+", " ", typed).strip()
    if _units(text) > NAME_MOST:
        raise BadWord("name", "too_long")
    if not keepable(text):
        raise BadWord("name", "characters")
    return text


def password(typed: str, field: str = "password") -> str:
    """The password as it is hashed, NFKC; spaces count. Raises BadWord."""
    if not typed:
        raise BadWord(field, "missing")
    if _units(typed) < PASSWORD_LEAST:
        raise BadWord(field, "too_short")
    if _units(typed) > PASSWORD_MOST:
        raise BadWord(field, "too_long")
    if not keepable(typed):
        raise BadWord(field, "characters")
    return unicodedata.normalize("NFKC", typed)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fits_username(one: str) -> bool:
    return one in "._-" + JOINERS or unicodedata.category(one)[0] in "LMN"
