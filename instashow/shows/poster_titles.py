"""What of a title is set on its poster: the name, the part after a colon, the name in its own script."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 72  # characters; past it a poster says …


class Names(NamedTuple):
    """Three texts for the type, each perhaps empty but the first."""

    head: str
    tail: str
    own: str


def names(title: str, native: str | None) -> Names:
    head, tail = parted(shown(title))
    own = parted(shown(native or ""))[0]
    return Names(head or own or "?", tail, "" if own in ("", head) else own)


def parted(text: str) -> tuple[str, str]:
    """The name and what follows its colon or dash; a numeral or a word of three letters stays with the name."""
    head, _, tail = re.sub(r"\s+[-–—]\s+", ": ", text).partition(": ")
    if not tail:
        return head, ""
    return (f"{head} {tail}", "") if len(tail) <= 3 else (head, tail)


def shown(text: str) -> str:
    """Printable, on one line, without what stands in brackets, at most LONGEST characters, in capitals."""
    printable = "".join(c if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else " " for c in text)
    bare = re.sub(r"\s*[(\[（].*?[)\]）]", "", printable).strip() or printable
    words = " ".join(unicodedata.normalize("NFC", bare).split())
    short = words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0][: LONGEST - 1] + "…"
    return short.upper()
