"""The page on caching names everything that is kept, and everything that ends it."""

from __future__ import annotations

import re

from tests.house.imports import HOME, modules

NAMED = re.compile(r'\b(?:cached|changed)\(\s*"([a-z-]+)"')
WAITS = re.compile(r"\b(?:cached\(|also=|ended_by = )")
WORD = re.compile(r'f?"([a-z-]+)[:"]')
ENDED = re.compile(r'\bchanged\(\s*"([a-z-]+)"')
ALSO = re.compile(r"also=\(([^)]*)\)")


def test_every_name_is_on_the_page() -> None:
    sources = [path.read_text(encoding="utf-8") for path in modules().values()]
    also = [word for text in sources for found in ALSO.findall(text) for word in re.findall(r'"([a-z-]+)"', found)]
    names = {name for text in sources for name in NAMED.findall(text)} | set(also)
    page = (HOME / "docs" / "caching.md").read_text(encoding="utf-8")
    assert names
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_nothing_is_ended_that_nobody_keeps() -> None:
    sources = [path.read_text(encoding="utf-8") for path in modules().values()]
    ended = {name for text in sources for name in ENDED.findall(text)}
    kept = {name for text in sources for line in text.splitlines() if WAITS.search(line) for name in WORD.findall(line)}
    assert ended >= {"programme", "seats", "show"}
    assert ended - kept == set()
