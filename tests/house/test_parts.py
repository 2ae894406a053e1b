"""Parts that doors answer with: `_seat_map.html` is the element with the id `seat-map`; nothing is inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.imports import HOME, modules

TEMPLATES = HOME / "instashow" / "templates"
PAGES = sorted(
    path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in ("mail", "print")
)
SOURCES = "".join(path.read_text(encoding="utf-8") for path in modules().values())
PARTS = [
    path
    for path in PAGES
    if path.name.startswith("_") and path.parent.name != "errors" and f'"{path.relative_to(TEMPLATES)}"' in SOURCES
]
"""Those that are swapped into a page; what pages only include, and a refusal among the toasts, may be anything."""
FIRST_ELEMENT = re.compile(r"<([a-z][a-z-]*)\b([^>]*)>", re.S)
COMMENTS = re.compile(r"\{#.*?#\}", re.S)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script without src": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a javascript: address": re.compile(r"=[\"']javascript:"),
}


def named(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("part", PARTS, ids=named)
def test_a_part_is_one_element_with_its_own_id(part: Path) -> None:
    text = re.sub(r"\{% macro.*?endmacro %\}", "", COMMENTS.sub("", part.read_text(encoding="utf-8")), flags=re.S)
    first = FIRST_ELEMENT.search(text)
    assert first, "a part without an element"
    wanted = part.stem.removeprefix("_").replace("_", "-")
    assert f'id="{wanted}"' in first[2], f"the root of {named(part)} is <{first[1]}{first[2]}>"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_nothing_is_inline(page: Path) -> None:
    text = COMMENTS.sub("", page.read_text(encoding="utf-8"))
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []
