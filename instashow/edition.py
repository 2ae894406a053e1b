"""Which edition of the program this is: a word that is another one whenever anything that it prints may be.

What is kept for a while (a page in the cache) is found under this word, so that no other edition ever reads it: neither
the next version's process, nor one whose cinema has another name or currency by now.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

from instashow import __version__
from instashow.config import Settings

HOME = Path(__file__).resolve().parent
PRINTED = ("name", "logo", "accent", "currency", "timezone", "language", "base_url")
"""Settings that stand on pages."""
KINDS = {".py", ".html", ".svg", ".css", ".js", ".json", ".mo", ".csv"}
BENEATH = ("sqlalchemy", "flask", "babel", "jinja2")
"""Libraries whose shapes are kept, or whose words are printed."""


def edition(made: Settings) -> str:
    """Twelve letters."""
    said = "\n".join((_program(), *(repr(getattr(made, name)) for name in PRINTED)))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


@cache
def _program() -> str:
    """A fingerprint of our own files and of the libraries beneath; the same on every machine that runs them."""
    print_of = hashlib.sha256("\n".join((__version__, *map(metadata.version, BENEATH))).encode())
    for path in sorted(HOME.rglob("*")):
        if path.suffix in KINDS and path.is_file():
            print_of.update(str(path.relative_to(HOME)).encode())
            print_of.update(path.read_bytes())
    return print_of.hexdigest()
