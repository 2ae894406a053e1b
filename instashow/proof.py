"""The CSRF token as a page shows it: the session's, under a new mask for each answer.

Answers are packed, and packed text tells by its length what it repeats; what never reads the same twice repeats
nothing. (BREACH, 2013; Django and Rails do likewise.)
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, session
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
        own = session.get("csrf_token")
        plain = _signed(current_app.secret_key, own) if own else generate_csrf()
        g.proof = masked(plain, secrets.token_bytes(LONGEST))
    return str(g.proof)


@lru_cache(maxsize=4096)
def _signed(_secret_key: Any, _own: str) -> str:
    """What Flask-WTF makes of the session's token, signed once: it has no end of its own (WTF_CSRF_TIME_LIMIT)."""
    return str(generate_csrf())


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
