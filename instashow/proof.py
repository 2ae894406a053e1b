"""The CSRF token as a page shows it: the session's, under a new mask for each answer.

Answers are packed, and packed text tells by its length what it repeats; what never reads the same twice repeats
nothing. (BREACH, 2013; Django and Rails do likewise.)
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import Flask, g
from flask_wtf.csrf import CSRFProtect, generate_csrf

LONGEST = 255
"""Bytes of a token; Flask-WTF's has 91."""
MASKED = "~"


class Proof(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's protection, which takes tokens with a mask and without."""

    def init_app(self, app: Flask) -> None:
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = token  # for macros
        app.context_processor(lambda: {"csrf_token": token})

    def _get_csrf_token(self) -> str | None:
        sent = super()._get_csrf_token()
        return unmasked(sent) if sent else sent


def token() -> str:
    """This session's token for a form or a header, the same throughout one answer."""
    if "proof" not in g:
        g.proof = masked(generate_csrf(), secrets.token_bytes(LONGEST))
    return str(g.proof)


def masked(plain: str, mask: bytes) -> str:
    """The text under the mask, which goes with it. The mask is at least as long."""
    told = plain.encode()
    pad = mask[: len(told)]
    return MASKED + urlsafe_b64encode(pad + _xor(told, pad)).decode()


def unmasked(sent: str) -> str:
    """The text that was masked; what never was comes back as it is."""
    try:
        both = urlsafe_b64decode(sent.removeprefix(MASKED)) if sent.startswith(MASKED) else b""
        half, odd = divmod(len(both), 2)
        return _xor(both[:half], both[half:]).decode() if both and not odd else sent
    except ValueError:
        return sent


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))
