"""A booking's reference: eight characters that nobody mistakes for others, read aloud or typed from paper."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable

ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
"""Without 0 and O, 1 and I and L; of 2 and Z, 5 and S, 8 and B, U and V one each."""
LENGTH = 8
MEANT = str.maketrans("ZSBU", "258V")


def draw(below: Callable[[int], int] = secrets.randbelow) -> str:
    """A new reference; `below(n)` draws a number from 0 to n - 1. Some 280 thousand million are possible."""
    return "".join(ALPHABET[below(len(ALPHABET))] for _ in range(LENGTH))


def typed(text: str) -> str | None:
    """The reference that a typed text means, or None; any case, spaces, hyphens, wide letters, look-alikes."""
    wide = unicodedata.normalize("NFKC", text[:64]).upper()
    plain = "".join(sign for sign in wide if not sign.isspace() and sign not in "-‐‑–—_.").translate(MEANT)
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else None
