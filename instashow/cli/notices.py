"""What is said loudly at start, and what stops it: settings that are fine for a try and wrong for a cinema."""

from __future__ import annotations

import dataclasses
import sys
from difflib import get_close_matches

from instashow import config
from instashow.config import BadSetting, Settings

OBVIOUS = ("admin", "password", "instashow", "letmein", "qwerty", "123456", "cinema", "changeme", "secret")
LEAST = 12
"""Characters of an admin's password."""
LEAST_KEY = 32
"""Characters of a secret key."""


def of(made: Settings) -> list[str]:
    """The notices, a line each. Raises BadSetting for a weak admin's password where others can reach it."""
    lines = of_any(made)
    if made.admin_password and weak(made.admin_password):
        lines.append(_about_weak(made))
    if made.limits == "off":
        lines.append("INSTASHOW_LIMITS=off: request, registration and hold limits are lifted; for tests only")
    if made.clock_file:
        there = "" if made.clock_file.exists() else "; there is no such file, so nothing moves until there is"
        lines.append(f"INSTASHOW_CLOCK_FILE={made.clock_file}: the clock is moved by this file; for tests only{there}")
    if not made.loopback and not made.tls_cert and not made.trust_proxy:
        lines.append(
            f"plain http on {made.host}: browsers will neither keep a sign-in nor install the app; "
            "set INSTASHOW_TLS_CERT and INSTASHOW_TLS_KEY, or put a proxy before it and set INSTASHOW_TRUST_PROXY"
        )
    return lines


def tell(lines: list[str]) -> None:
    """Say them where whoever starts a process looks."""
    for line in lines:
        print(f"NOTE: {line}", file=sys.stderr)


def of_any(made: Settings) -> list[str]:
    """What concerns every process and the doctor too, a line each."""
    lines = [_about_unknown(name) for name in config.unknown()]
    if made.secret_key and len(made.secret_key) < LEAST_KEY:
        lines.append(
            f"INSTASHOW_SECRET_KEY is shorter than {LEAST_KEY} characters and can be guessed: whoever does signs in as "
            "anybody and prints tickets; a new installation that leaves it out gets a long one"
        )
    if made.home.exists() and made.home.stat().st_mode & 0o007:
        lines.append(f"others on this machine can look into {made.home}; `chmod -R go= {made.home}` ends that")
    return lines


def _about_unknown(name: str) -> str:
    known = [one.metadata["variable"] for one in dataclasses.fields(Settings)]
    near = get_close_matches(name, known, n=1, cutoff=0.8)
    return f"{name} is no setting and does nothing" + (f"; {near[0]} is one" if near else "")


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
