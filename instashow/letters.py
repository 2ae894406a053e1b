"""Which language a text is in, told by its letters: for a page that is in another one (`lang`)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

WRITTEN = {
    "LATIN": ("en",),
    "DEVANAGARI": ("hi", "mr", "ne", "sa", "kok", "mai", "bho", "doi"),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "MALAYALAM": ("ml",),
    "KANNADA": ("kn",),
    "BENGALI": ("bn", "as"),
    "GUJARATI": ("gu",),
    "GURMUKHI": ("pa",),
    "ORIYA": ("or",),
    "ARABIC": ("ur", "ar", "fa", "ks", "sd"),
}
"""Languages by script, as Unicode begins the names of its letters; the one that most read comes first."""


@lru_cache(maxsize=2048)
def language_of(text: str, among: tuple[str, ...] = ()) -> str | None:
    """The language of most letters' script; of several that are written so the first `among` these, such as a
    show's. None: there are no letters, or they are of a script that is not listed."""
    scripts = Counter(_script(sign) for sign in text if sign.isalpha())
    written = WRITTEN.get(max(scripts, key=lambda script: scripts[script], default=""))
    if written is None:
        return None
    return next((one for one in among if one in written), written[0])


@lru_cache(maxsize=4096)
def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
