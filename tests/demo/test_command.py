"""`instashow demo` and `instashow import`, as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from instashow.app import create_app
from instashow.cli import demo
from instashow.cli.main import main
from instashow.config import Settings
from instashow.db import db

SHOWS = "id,title,languages,colour\nA,Kadal,ta,blue\nB,Malai,ml,green\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty installation of its own."""
    monkeypatch.setenv("INSTASHOW_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(home: Path, table: str) -> int:
    with create_app(Settings(home=home / "home")).app_context():
        return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_the_demo_is_loaded_once_and_its_sign_ins_are_printed_once(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--size", "small", "--sign-ins"]) == 0
    told = capsys.readouterr().out
    assert "1 theatres with 3 screens" in told
    assert [line.split()[0] for line in told.splitlines() if "@example.com" in line] == [
        "manager",
        "box-office",
        "door",
        "customer",
    ]
    assert rows(home, "people WHERE password LIKE '$argon2%'") == 4
    assert main(["demo", "--size", "small"]) == 1
    assert capsys.readouterr().err == ("instashow: there are theatres already; the demo is for an empty installation\n")


def test_without_being_asked_the_demo_prints_no_password(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--size", "small"]) == 0
    assert "@" not in capsys.readouterr().out
    assert rows(home, "people WHERE password IS NOT NULL") == 0
    app = create_app(Settings(home=home / "home"))
    assert not demo.into_an_empty_one(app)


@pytest.mark.parametrize("words", [["--history", "-1"], ["--history", "x"], ["--size", "huge"]])
def test_a_demo_that_is_not_there_is_refused_in_one_line(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["demo", *words])
    assert refused.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith(f"instashow: argument {words[0]}: ")
    assert said.endswith("; `instashow demo --help` says more\n")
    assert said.count("\n") == 1


def test_a_file_is_imported_and_a_dry_run_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "shows.csv").write_text(SHOWS)
    assert main(["import", "shows", "shows.csv", "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "columns ignored: colour",
        "line 2: no runtime: 120 minutes",
        "line 2: no base price: the installation's",
        "line 3: no runtime: 120 minutes",
        "line 3: no base price: the installation's",
        "shows: 2 added, 0 changed, 0 as they were; a dry run, nothing was written",
    ]
    assert rows(home, "shows") == 0
    assert main(["import", "shows", "shows.csv"]) == 0
    assert rows(home, "shows") == 2
    assert capsys.readouterr().out.endswith("shows: 2 added, 0 changed, 0 as they were\n")


def test_errors_are_told_by_line_and_nothing_is_imported(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "shows.csv").write_text(SHOWS.replace("ml", "malayalam") + "C,,,red\n")
    assert main(["import", "shows", "shows.csv"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "line 3, column languages ('malayalam'): is not an ISO 639 language code such as ta",
        "line 4, column title: is missing",
        "instashow: 2 line(s) cannot be imported, so nothing was imported",
    ]
    assert rows(home, "shows") == 0


def test_bounds_and_what_is_in_the_way_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "theatres.csv").write_text("id,name,city,screens,seats\nT,Roxy,Chennai,1,99999999999\n")
    assert main(["import", "theatres", "theatres.csv"]) == 1
    assert "column seats ('99999999999'): must be from 1 to 150000\n" in capsys.readouterr().err
    (home / "theatres.csv").write_text("id,name,city,screens,seats\nT,Roxy,Chennai,1,99\n")
    (home / "shows.csv").write_text(SHOWS)
    assert main(["import", "theatres", "theatres.csv"]) == main(["import", "shows", "shows.csv"]) == 0
    lines = "id,theatre,show,start\n1,T,A,2190-01-01 18:00\n2,T,B,2190-01-01 19:00\n"
    (home / "screenings.csv").write_text(lines)
    assert main(["import", "screenings", "screenings.csv"]) == 1
    assert "('2190-01-01 19:00'): is when the screen is taken by the screening of line 2\n" in capsys.readouterr().err
    (home / "screenings.csv").write_text(lines.replace("19:00", "22:00"))
    assert main(["import", "screenings", "screenings.csv"]) == 0
    (home / "screenings.csv").write_text(lines.replace("1,T", "3,T").replace("19:00", "23:59"))
    assert main(["import", "screenings", "screenings.csv"]) == 1
    assert "('2190-01-01 18:00'): is when the screen is taken by Kadal, 2190-01-01 18:00\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (None, "instashow: shows.csv: No such file or directory"),
        (b"id,title\nA,\xff\n", "instashow: the file is not UTF-8 (line 2); save it as UTF-8 and try again"),
        (b"id\nA\n", "instashow: the column title is missing"),
        (b"id;title\nA;B\n", "instashow: semicolons stand between the columns; commas must"),
        (
            b'id,title\nA,"B\nC,D\n',
            "instashow: line 2 begins a row that cannot be read: a quotation mark is missing or too many",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(
    home: Path, capsys: pytest.CaptureFixture[str], data: bytes | None, line: str
) -> None:
    if data is not None:
        (home / "shows.csv").write_bytes(data)
    assert main(["import", "shows", "shows.csv"]) == 1
    assert capsys.readouterr().err == line + "\n"
