"""Whatever an import may find is told in words: no code reaches an operator."""

from __future__ import annotations

import re

import pytest

from instashow import sheet
from instashow.cli import importing
from tests.house.imports import HOME

SOURCES = {
    path: path.read_text(encoding="utf-8")
    for path in (HOME / "instashow").rglob("*.py")
    if "Line" in path.read_text(encoding="utf-8") or path.name in ("sheet.py", "money.py", "wall_time.py", "naming.py")
}
READERS = [text for path, text in SOURCES.items() if path.name in ("sheet.py", "importing.py", "lines.py")]


def said(pattern: str) -> set[str]:
    return {code for text in READERS for code in re.findall(pattern, text)}


def test_every_error_has_its_words() -> None:
    codes = said(r'wrong\([^,]+, "([a-z_]+)"[,)]') | said(r'ValueError\("([a-z_]+)"\)')
    codes |= set(re.findall(r'BadAmount\("([a-z_]+)"', SOURCES[HOME / "instashow/money.py"])) - {"empty"}
    codes |= set(re.findall(r'code = "([a-z_]+_hour)"', SOURCES[HOME / "instashow/screenings/wall_time.py"]))
    codes |= {"unknown", "ambiguous", sheet.Outside.code}
    assert len(codes) > 20
    assert codes - importing.ERRORS.keys() == set()


def test_every_notice_has_its_words() -> None:
    codes = said(r'say\("[a-z_]+", "([a-z_]+)"')
    assert len(codes) >= 8
    assert codes - importing.NOTICES.keys() == set()


def test_every_kind_of_bad_file_has_its_words() -> None:
    assert said(r'Unreadable\("([a-z_0-9]+)"') | set(sheet.NO_COMMAS.values()) == importing.FILES.keys()


@pytest.mark.parametrize(("value", "shown"), [("\x1b[2J", "'\\x1b[2J'"), ("க<b>🎬", "'க<b>🎬'")])
def test_a_cell_is_shown_without_moving_the_terminal(value: str, shown: str) -> None:
    note = importing.Note(3, "name", "characters", value)
    assert importing._error(note) == f"line 3, column name ({shown}): has a character that cannot be kept"
