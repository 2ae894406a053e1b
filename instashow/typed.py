"""What people type: which characters can be kept. Letters of every script, emoji and right-to-left marks can."""

from __future__ import annotations

import unicodedata

LOST = "\ufffd"
"""Stands for a character that was lost on the way, as in a browser's own pages."""
LINES = "\n\r\t"
LARGEST_ID = 2**31 - 1
"""No row has a greater number: such a one is told so, and never asked of PostgreSQL, which would refuse it."""


def keepable(text: str, *, but: str = "") -> bool:
    """Whether a text has no control character (`but` some), no half of a pair and no lost character."""
    return not any(unicodedata.category(one) in ("Cc", "Cs") or one == LOST for one in text if one not in but)
