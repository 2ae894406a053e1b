"""The page for whoever begins: its own files come in, and it tells the columns as they are."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import time_machine

from instashow.cli.main import main
from tests.house.imports import HOME

PAGE = (HOME / "docs" / "first-steps.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(\w+)\.csv`[^\n]*:\n```csv\n(.*?)```", PAGE, re.M | re.S))
KINDS = ("theatres", "shows", "screenings")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, with the page's files, a month before the page's screenings."""
    monkeypatch.chdir(tmp_path)
    for kind, text in FILES.items():
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def typed() -> list[list[str]]:
    """The page's commands, all but the one that goes on until it is ended."""
    lines = re.findall(r"^    instashow (.+)$", PAGE, re.M)
    found = [re.findall(r'"[^"]+"|\S+', line) for line in lines]
    return [[word.strip('"') for word in words] for words in found if words[0] != "serve"]


def room(kind: str) -> Any:
    return import_module(f"instashow.{kind}.importing")


@time_machine.travel("2030-02-01 06:00 +00:00")
def test_the_pages_own_commands_and_files_fill_a_cinema(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(words) for words in typed()] == [0] * 7
    said = capsys.readouterr().out
    assert "you@example.com is an administrator; password " in said
    for kind in KINDS:
        assert f"{kind}: 3 added, 0 changed, 0 as they were\n" in said
    assert "anbu@example.com is manager at Lakshmi Talkies; password " in said
    assert [main(["import", kind, f"{kind}.csv"]) for kind in KINDS] == [0, 0, 0]
    assert capsys.readouterr().out.count("0 added, 0 changed, 3 as they were\n") == 3


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_and_the_help_tell_the_columns_as_they_are(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    table = PAGE.split(f"`{kind}.csv`", 1)[1].split("\n\n|", 1)[1].split("\n\n", 1)[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    assert sorted(re.findall(r"\w+", " ".join(cells))) == sorted(room(kind).COLUMNS)
    assert sorted(re.findall(r"\*\*(\w+)\*\*", " ".join(cells))) == sorted(room(kind).NEEDED)
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert f"{kind}: {', '.join(room(kind).NEEDED)} must be there" in told
    assert "docs/first-steps.md" in told


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("screen,id", "instashow: the columns theatre, show, start are missing\n"),
        ("id,theatre,show", "instashow: the column start is missing\n"),
    ],
)
def test_all_columns_that_lack_are_named_at_once(
    home: Path, capsys: pytest.CaptureFixture[str], header: str, told: str
) -> None:
    (home / "screenings.csv").write_text(f"{header}\n1,2,3\n")
    assert main(["import", "screenings", "screenings.csv"]) == 1
    assert capsys.readouterr().err == told
    (home / "screenings.csv").write_text(FILES["screenings"])
    assert main(["import", "theatres", "theatres.csv"]) == 0
