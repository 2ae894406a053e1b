"""What cities, tags and experiences are called in the languages of the pages: lists that ship beside their rooms.

Names are data and no strings of a catalogue: a list has a column a language, and what it does not hold is said as it
was written. A column `also` holds names of old, separated by ";", by which people still search.
"""

from __future__ import annotations

import csv
import unicodedata
from functools import lru_cache
from pathlib import Path

from instashow.spelling import fold

HERE = Path(__file__).parent
LISTS = {
    "city": HERE / "theatres" / "city_names.csv",
    "experience": HERE / "theatres" / "experience_names.csv",
    "tag": HERE / "shows" / "tag_names.csv",
}
SCRIPTS = {"hi": "DEVANAGARI", "ta": "TAMIL"}
"""The script of a language, as Unicode begins the names of its letters."""


@lru_cache(4096)  # a chain of cinemas stands in hundreds of cities, and home names them all
def called(what: str, name: str, language: str, *, own: str = "") -> str:
    """A "city", "experience" or "tag" in a language; `own`: its name in its own script, said where that is the script
    of the language and no list knows better."""
    listed = _list(what).get(fold(name), {}).get(language)
    return listed or (own if own and _written_in(own, language) else name)


def spellings(what: str, name: str) -> list[str]:
    """Every other name by which it is searched."""
    row = _list(what).get(fold(name), {})
    return [one for column, text in row.items() if column != "name" for one in text.split(";") if one]


@lru_cache
def _list(what: str) -> dict[str, dict[str, str]]:
    with LISTS[what].open(encoding="utf-8", newline="") as file:
        return {fold(row["name"]): row for row in csv.DictReader(file)}


def _written_in(text: str, language: str) -> bool:
    letter = next((sign for sign in text if sign.isalpha()), "x")
    return language in SCRIPTS and unicodedata.name(letter, "").startswith(SCRIPTS[language])
