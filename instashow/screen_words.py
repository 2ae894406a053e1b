"""What a screen is called in the page's language."""

from __future__ import annotations

import re

from flask_babel import gettext


def screen(name: str) -> str:
    """ "screen 4" of one that has a number alone, "Screen 4" ("स्क्रीन 4") of one called so; else its own name."""
    if name.isdigit():
        return str(gettext("screen %(name)s", name=name))
    numbered = re.fullmatch(r"Screen (\d+)", name)
    return str(gettext("Screen %(name)s", name=numbered[1])) if numbered else name
