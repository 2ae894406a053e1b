"""What is said loudly at start, and what stops it: settings that are fine for a try and wrong for a cinema."""

from __future__ import annotations

from instashow.config import BadSetting, Settings

OBVIOUS = ("admin", "password", "instashow", "letmein", "qwerty", "123456", "cinema", "changeme", "secret")
LEAST = 12
"""Characters of an admin's password."""


def of(made: Settings) -> list[str]:
    """The notices, a line each. Raises BadSetting for a weak admin's password where others can reach it."""
    lines = []
    if made.admin_password and weak(made.admin_password):
        lines.append(_about_weak(made))
    if made.limits == "off":
        lines.append("INSTASHOW_LIMITS=off: request, registration and hold limits are lifted; for tests only")
    if made.clock_file:
        lines.append(f"INSTASHOW_CLOCK_FILE={made.clock_file}: the clock is moved by this file; for tests only")
    if not made.loopback and not made.tls_cert and not made.trust_proxy:
        lines.append(
            f"plain http on {made.host}: browsers will neither keep a sign-in nor install the app; "
            "set INSTASHOW_TLS_CERT and INSTASHOW_TLS_KEY, or put a proxy before it and set INSTASHOW_TRUST_PROXY"
        )
    return lines


def weak(password: str) -> bool:
    """Short, of few different characters, or an obvious word with trimmings."""
    rest = plain = password.lower()
    for word in OBVIOUS:
        rest = rest.replace(word, "")
    return len(password) < LEAST or len(set(plain)) < 5 or len(rest) < 8


def _about_weak(made: Settings) -> str:
    if not made.loopback:
        raise BadSetting(
            f"INSTASHOW_ADMIN_PASSWORD is weak; expected {LEAST} characters or more, no obvious word, "
            "where other machines can reach the server"
        )
    return "INSTASHOW_ADMIN_PASSWORD is weak; on any address but loopback the server would not start"
