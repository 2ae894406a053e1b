"""Backup and restore while the house is open."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from instashow import backups, upgrade
from instashow.clock import now
from instashow.config import Settings, settings
from instashow.db import db, transaction
from instashow.upgrade import NewerDatabase
from tests.conftest import both_databases


@pytest.fixture
def made(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a files folder of this test's own."""
    told = dataclasses.replace(app.extensions["instashow"], files=tmp_path / "files")
    monkeypatch.setitem(app.extensions, "instashow", told)
    return settings()


def put(name: str) -> None:
    with transaction():
        row = "INSERT INTO cities (name, native_name, slug, region, country, zone) VALUES (:n, '', :n, '', '', '')"
        db.session.execute(text(row), {"n": name})


def cities() -> set[str]:
    db.session.rollback()
    return set(db.session.execute(text("SELECT name FROM cities")).scalars())


@both_databases
def test_everything_comes_back_as_it_was(app: Flask, made: Settings, tmp_path: Path) -> None:
    put("Madurai")
    poster = made.files_folder / "shows" / "poster.svg"
    poster.parent.mkdir(parents=True)
    poster.write_text("as it was")
    backups.save(tmp_path / "b.tgz", made, now())
    put("Atlantis")
    poster.write_text("spoiled")
    with busy(app):
        assert backups.bring_back(tmp_path / "b.tgz", made) is False
    assert cities() - {"busy"} == {"Madurai"}
    assert poster.read_text() == "as it was"
    put("Pune")
    assert {"Madurai", "Pune"} <= cities()


@contextmanager
def busy(app: Flask) -> Iterator[None]:
    """Others go on reading and writing meanwhile, and none of them fails."""
    ended, failures = threading.Event(), []

    def go_on() -> None:
        with app.app_context():
            while not ended.is_set():
                try:
                    with transaction():
                        db.session.execute(text("UPDATE cities SET region = 'busy' WHERE name = 'nowhere'"))
                    cities()
                except Exception as error:
                    failures.append(error)

    others = [threading.Thread(target=go_on) for _ in range(2)]
    for other in others:
        other.start()
    yield
    ended.set()
    for other in others:
        other.join()
    assert failures == []


def test_only_its_owner_can_read_a_backup(made: Settings, tmp_path: Path) -> None:
    before = os.umask(0)
    backups.save(tmp_path / "b.tgz", made, now())
    os.umask(before)
    assert (tmp_path / "b.tgz").stat().st_mode & 0o777 == 0o600


def test_what_is_taken_away_while_a_backup_is_written_is_left_out(
    made: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("exports/a.csv", "exports/b.csv", "exports/.c.csv.0a1b2c", "shows/poster.svg"):
        (made.files_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (made.files_folder / name).write_text(name)
    copy = tarfile.copyfileobj  # type: ignore[attr-defined]

    def copy_while_others_tidy(source: Any, *words: Any, **named: Any) -> None:
        if str(getattr(source, "name", "")).endswith("a.csv"):
            (made.files_folder / "exports" / "b.csv").unlink()
            shutil.rmtree(made.files_folder / "shows")
        copy(source, *words, **named)

    with monkeypatch.context() as patch:
        patch.setattr(tarfile, "copyfileobj", copy_while_others_tidy)
        backups.save(tmp_path / "b.tgz", made, now())
    with tarfile.open(tmp_path / "b.tgz") as tar:
        assert {name for name in tar.getnames() if name.startswith("files/")} == {"files/exports/a.csv"}
    shutil.rmtree(made.files_folder)
    backups.bring_back(tmp_path / "b.tgz", made)
    assert (made.files_folder / "exports" / "a.csv").read_text() == "exports/a.csv"


def test_a_backup_that_fails_leaves_no_draft(made: Settings, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(IsADirectoryError):
        backups.save(tmp_path / "taken", made, now())
    assert list(tmp_path.glob("*.part")) == []
    backups.save(tmp_path / "b.tgz", made, now())
    assert (tmp_path / "b.tgz").stat().st_size
    assert list(tmp_path.glob("*.part")) == []


def test_a_file_that_cannot_be_read_fails_the_backup(made: Settings, tmp_path: Path) -> None:
    """Not one that was taken away: better no backup than one that misses a file unsaid."""
    made.files_folder.mkdir()
    (made.files_folder / "loop").symlink_to("loop")
    with pytest.raises(OSError, match="symbolic links"):
        backups.save(tmp_path / "b.tgz", made, now())
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


def test_a_damaged_backup_changes_nothing(made: Settings, tmp_path: Path) -> None:
    backups.save(tmp_path / "b.tgz", made, now())
    put("Madurai")
    whole = (tmp_path / "b.tgz").read_bytes()
    for spoiled in (b"", b"no archive", whole[: len(whole) // 2]):
        (tmp_path / "spoiled.tgz").write_bytes(spoiled)
        with pytest.raises(backups.BadBackup):
            backups.bring_back(tmp_path / "spoiled.tgz", made)
    assert cities() == {"Madurai"}


def test_a_newer_versions_backup_is_refused(made: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(upgrade, "current_steps", lambda: {"9999_tomorrow"})
        backups.save(tmp_path / "b.tgz", made, now())
    with pytest.raises(NewerDatabase):
        backups.bring_back(tmp_path / "b.tgz", made)


def test_a_backup_under_another_key_is_refused(made: Settings, tmp_path: Path) -> None:
    backups.save(tmp_path / "b.tgz", dataclasses.replace(made, secret_key="another"), now())
    with pytest.raises(backups.BadBackup, match="another INSTASHOW_SECRET_KEY"):
        backups.bring_back(tmp_path / "b.tgz", made)


def test_the_key_of_the_home_folder_travels_with_the_backup(made: Settings, tmp_path: Path) -> None:
    here = dataclasses.replace(made, secret_key=None, home=made.home)
    backups.save(tmp_path / "b.tgz", here, now())
    with tarfile.open(tmp_path / "b.tgz") as tar:
        kept = tar.extractfile("secret-key")
        assert kept
        assert kept.read().decode() == (made.home / "secret-key").read_text().strip()
    (made.home / "secret-key").write_text("a younger key")
    assert backups.bring_back(tmp_path / "b.tgz", here) is True
    assert (made.home / "secret-key").stat().st_mode & 0o777 == 0o600
    (made.home / "secret-key").unlink()
