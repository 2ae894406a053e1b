"""Languages as ISO 639 codes."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale


class UnknownLanguage(ValueError):
    """A code that names no language."""


def checked(code: str) -> str:
    """The code in small letters. Raises UnknownLanguage."""
    plain = code.strip().lower()
    if not re.fullmatch(r"[a-z]{2,3}", plain) or plain not in _known():
        raise UnknownLanguage(code)
    return plain


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages)
