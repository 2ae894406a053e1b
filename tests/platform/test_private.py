"""What is kept is people's: nobody else on the machine can read it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from instashow import files
from instashow.cli import notices
from instashow.config import Settings
from tests.platform.running import Browser, command, serving, soon


@pytest.fixture(autouse=True)
def as_machines_are() -> Iterator[None]:
    """What a process writes can be read by all, unless it says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [str(one) for one in (folder, *folder.rglob("*")) if one.exists() and one.stat().st_mode & 0o077]


def test_all_that_a_server_writes_is_its_own(tmp_path: Path) -> None:
    house = tmp_path / "house"
    with serving(tmp_path, "--workers", "1", HOME=str(house)) as running:
        person = Browser()
        assert person.ask(running, "/register")[0] == 200
        assert person.ask(running, "/register", email="anbu@example.com", password="seven lamps for gopal")[0] == 303
        assert soon(lambda: list(house.glob("outbox/*.eml")))
        names = {one.name for one in house.iterdir()}
        assert {"instashow.db", "instashow.db-wal", "queue.db", "outbox", "secret-key"} <= names
        assert open_to_others(house) == []


@pytest.mark.parametrize("words", [("migrate",), ("demo", "--size", "small"), ("doctor",)])
def test_all_that_a_command_writes_is_its_own(tmp_path: Path, words: tuple[str, ...]) -> None:
    kept, house = tmp_path / "files", tmp_path / "house"
    command(tmp_path, *words, HOME=str(house), FILES=str(kept))
    assert (house / "instashow.db").exists()
    assert open_to_others(house) == []
    assert not kept.exists() or open_to_others(kept) == []


def test_a_command_leaves_the_process_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from instashow.cli.main import main

    monkeypatch.setenv("INSTASHOW_HOME", str(tmp_path / "house"))
    assert main(["migrate"]) == 0
    assert os.umask(0o022) == 0o022


def test_the_folder_of_files_is_made_for_nobody_else(app: Flask, tmp_path: Path) -> None:
    before = app.extensions["instashow"]
    app.extensions["instashow"] = dataclasses.replace(before, files=tmp_path / "kept")
    try:
        files.keep("tickets/7Q/one.pdf", b"%PDF")
    finally:
        app.extensions["instashow"] = before
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("mode", "noted"), [(0o755, True), (0o700, False), (0o750, False)])
def test_a_home_that_others_can_look_into_is_noted(tmp_path: Path, mode: int, noted: bool) -> None:
    tmp_path.chmod(mode)
    said = "\n".join(notices.of_any(Settings(home=tmp_path)))
    assert ("others on this machine can look into" in said) == noted
